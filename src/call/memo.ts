import { type AnyMachineSnapshot, type AnyStateMachine, initialTransition, transition } from 'xstate';
import type { AppletCommand } from '../core/command.ts';
import type { CallEvent } from '../core/event.ts';
import { type Ms, ms } from '../core/ids.ts';
import { BrokenInvariant } from '../core/problem.ts';

/** A timer a machine began: XState's own id is the event that comes back; `event` is what the log says. */
export type TimerSet = { id: string; ms: Ms; event: Extract<CallEvent, { type: 'timer.set' }> };

/** What a machine does on one class of stimulus: shared by every call that meets it. */
export type Edge = {
  readonly to: MachineState;
  readonly commands: readonly AppletCommand[];
  /** What `turn.ts` has made of the commands. */
  acts: readonly unknown[] | undefined;
  readonly set: readonly TimerSet[];
  readonly cancel: readonly string[];
  /** Does it say what became of a key? */
  readonly key: boolean;
};

/** A state of a machine, with the edges already asked for. Without `edges`, the memo is full and XState answers each time. */
export type MachineState = { readonly snapshot: AnyMachineSnapshot; readonly edges: Map<string, Edge> | undefined };

export type Memo = {
  start(): Edge;
  follow(from: MachineState, stimulus: string): Edge;
  /** Questions answered from memory, and questions put to XState. */
  readonly stats: { hits: number; misses: number; states: number };
};

/** The one place that looks into XState's actions: their shapes are not part of its types. */
type RawAction = { type: string; params?: { event?: { type: string }; id?: string; delay?: number; sendId?: string } };

function toEdge(raw: readonly RawAction[], to: MachineState, where: string): Edge {
  const commands: AppletCommand[] = [];
  const set: TimerSet[] = [];
  const cancel: string[] = [];
  for (const { type, params } of raw) {
    if (type === 'xstate.emit' && params?.event) commands.push(params.event as AppletCommand);
    else if (type === 'xstate.raise' && params?.event && typeof params.delay === 'number')
      set.push(toTimer(params.event.type, params.delay));
    else if (type === 'xstate.cancel' && params?.sendId !== undefined) cancel.push(params.sendId);
    else throw new BrokenInvariant(`${where}: a machine may only emit, assign and wait, not "${type}"`);
  }
  return { to, commands, acts: undefined, set, cancel, key: commands.some((command) => command.type === 'key') };
}

function toTimer(id: string, delay: number): TimerSet {
  const name = id.slice(id.lastIndexOf('.') + 1);
  return { id, ms: ms(delay), event: { type: 'timer.set', timer: name, ms: ms(delay) } };
}

/**
 * Remembers what a machine answered: a graph whose nodes are its states and whose edges are stimulus classes. Machines see
 * classes and nothing else, so an edge is exact. Past `cap` states plain XState answers.
 */
export function createMemo(machine: AnyStateMachine, where: string, cap = 4096): Memo {
  const states = new Map<string, MachineState>();
  const stats = { hits: 0, misses: 0, states: 0 };
  let first: Edge | undefined;

  function stateOf(snapshot: AnyMachineSnapshot): MachineState {
    if (snapshot.status === 'error') throw new BrokenInvariant(`${where}: the machine failed: ${String(snapshot.error)}`);
    const name = JSON.stringify([snapshot.value, snapshot.context]);
    const known = states.get(name);
    if (known) return known;
    if (states.size >= cap) return { snapshot, edges: undefined };
    const state = { snapshot, edges: new Map<string, Edge>() };
    states.set(name, state);
    stats.states = states.size;
    return state;
  }

  function ask(from: MachineState, stimulus: string): Edge {
    stats.misses++;
    const [snapshot, actions] = guarded(where, () => transition(machine, from.snapshot, { type: stimulus }));
    return toEdge(actions as unknown as RawAction[], stateOf(snapshot), where);
  }

  return {
    stats,
    start() {
      if (first) return first;
      const [snapshot, actions] = guarded(where, () => initialTransition(machine));
      first = toEdge(actions as unknown as RawAction[], stateOf(snapshot), where);
      return first;
    },
    follow(from, stimulus) {
      const known = from.edges?.get(stimulus);
      if (known) {
        stats.hits++;
        return known;
      }
      const edge = ask(from, stimulus);
      from.edges?.set(stimulus, edge);
      return edge;
    },
  };
}

function guarded<T>(where: string, question: () => T): T {
  try {
    return question();
  } catch (error) {
    throw new BrokenInvariant(`${where}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
