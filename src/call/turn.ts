import type { AppletCommand } from '../core/command.ts';
import type { CallEvent, EndReason } from '../core/event.ts';
import { type Ms, ms } from '../core/ids.ts';
import type { CallInput, Digit } from '../core/input.ts';
import { BrokenInvariant } from '../core/problem.ts';
import type { Leg } from '../core/stage.ts';
import type { Flow, Target } from '../flow/model.ts';
import type { Edge } from './memo.ts';
import { type Stand, standOf } from './runtime.ts';
import type { CallState, Plan, Timer } from './state.ts';

/** Does one thing that a machine asked for. */
export type Act = (turn: Turn) => void;

/** One step under way: a private copy of the state, and what happened so far. */
export type Turn = {
  readonly plan: Plan;
  readonly at: Ms;
  readonly s: CallState;
  readonly events: CallEvent[];
  /** What a machine asks, made ready to be done. */
  readonly bind: (command: AppletCommand) => Act;
  /** The key this step is about, while it is. */
  key: Digit | undefined;
  /** Set by a command that ends the applet; acted on after the machine's other commands. */
  next: (() => void) | undefined;
  /** Set by the command that leaves the applet, like `next`: most applets end so. */
  exit: string | undefined;
  /** The caller has gone: the applet may finish, nothing new begins. */
  leaving: boolean;
};

/** Applets entered at one instant, before the call is taken for a loop that no caller can hear. */
const MOST_AT_ONCE = 100;
export const TIME_LIMIT = 'time-limit';

export const log = (turn: Turn, event: CallEvent): void => {
  turn.events.push(event);
};

/** Does what an edge of the machine says: new state, timers, commands, and then the exit if there is one. */
export function apply(turn: Turn, edge: Edge): void {
  const { s } = turn;
  s.machine = edge.to;
  if (edge.cancel.length > 0) s.timers = without(s.timers, edge.cancel);
  for (const act of actsOf(edge, turn.bind)) {
    act(turn);
    if (s.phase === 'ended') return;
  }
  for (const { id, ms: wait, event } of edge.set) setTimer(turn, { timer: event.timer, id, due: ms(turn.at + wait) }, event);
  const { exit, next } = turn;
  if (exit !== undefined) {
    turn.exit = undefined;
    leave(turn, exit);
  } else if (next) {
    turn.next = undefined;
    next();
  } else if (s.forwarded !== undefined) deliverForwarded(turn, s.forwarded);
}

const without = (timers: readonly Timer[], ids: readonly string[]): readonly Timer[] =>
  timers.filter((timer) => !ids.includes(timer.id));

/** The commands of an edge are looked up once, when it is first followed. */
function actsOf(edge: Edge, bind: Turn['bind']): readonly Act[] {
  edge.acts ??= edge.commands.map(bind);
  return edge.acts as readonly Act[];
}

export function setTimer(turn: Turn, timer: Timer, event: CallEvent): void {
  turn.s.timers = [...turn.s.timers, timer];
  log(turn, event);
}

/** Hands an input to the machine of the applet that stands now. */
export function feed(turn: Turn, input: CallInput): Edge | undefined {
  const { stand, machine } = turn.s;
  if (!stand || !machine) return undefined;
  const edge = stand.memo.follow(machine, stand.applet.classify(input, stand.settings));
  apply(turn, edge);
  return edge;
}

/** A key that ended a greeting goes to the first applet that would do something with it. */
function deliverForwarded(turn: Turn, digit: Digit): void {
  const { stand, machine } = turn.s;
  if (!stand?.applet.takesKeys || !machine || turn.s.phase !== 'talking') return;
  const edge = stand.memo.follow(machine, stand.applet.classify({ type: 'digit', digit }, stand.settings));
  if (!edge.key) return;
  turn.s.forwarded = undefined;
  turn.key = digit;
  apply(turn, edge);
}

/** Begins an applet of the current flow. */
export function enter(turn: Turn, target: Target): void {
  const { s } = turn;
  const node = s.flow.nodes.get(target as never);
  if (!node) throw new BrokenInvariant(`flow "${s.flow.name}": "${target}" is no applet of it`);
  if (goesRound(turn, node.id)) return;
  const stand = standOf(s.flow, node, turn.plan.oracle);
  log(turn, stand.entered);
  if (node.goal !== undefined) log(turn, { type: 'goal.reached', name: node.goal });
  begin(turn, stand);
}

/** Starts a stand's machine: on entering, and when a server's answer changed the settings. */
export function begin(turn: Turn, stand: Stand): void {
  turn.s.stand = stand;
  turn.s.typed = '';
  turn.s.awaited = 0;
  apply(turn, stand.memo.start());
}

/** Counts an applet of this instant; ends the call when too many stand in a row without time passing. */
export function goesRound(turn: Turn, node: Stand['node']['id']): boolean {
  const { s, at } = turn;
  const before = s.instant;
  if (before.at !== at) {
    s.instant = { at, entered: [node] };
    return false;
  }
  const entered = [...before.entered, node];
  s.instant = { at, entered };
  if (entered.length <= MOST_AT_ONCE) return false;
  const lap = entered.slice(entered.lastIndexOf(node, -2), -1);
  end(turn, { by: 'loop', nodes: lap });
  return true;
}

const isApplets = (timer: Timer): boolean => timer.id !== TIME_LIMIT;

export function leave(turn: Turn, exit: string): void {
  const { s } = turn;
  const stand = s.stand;
  if (!stand) throw new BrokenInvariant(`exit "${exit}" without an applet`);
  const { event, target } = stand.way(exit);
  log(turn, event);
  if (s.timers.some(isApplets)) s.timers = s.timers.filter((timer) => !isApplets(timer));
  s.playing = false;
  s.stand = undefined;
  s.machine = undefined;
  if (turn.leaving) return;
  if (target === undefined) end(turn, { by: 'unwired', node: stand.node.id, exit });
  else if (target === 'return' || target.startsWith('return:')) comeBack(turn, stand, target.slice('return:'.length));
  else enter(turn, target);
}

/** Goes on in another flow from its start. */
export function goTo(turn: Turn, flow: Flow): void {
  turn.s.flow = flow;
  enter(turn, flow.start);
}

/** Back to the Subflow that called; a flow that nobody called ends the call. */
function comeBack(turn: Turn, from: Stand, name: string): void {
  const { s } = turn;
  const frame = s.frames.at(-1);
  if (!frame) {
    end(turn, { by: 'flow', node: from.node.id });
    return;
  }
  s.frames = s.frames.slice(0, -1);
  s.flow = frame.flow;
  s.stand = frame.stand;
  s.machine = frame.machine;
  ownInput(turn, { type: 'flow.returned', ...(name && { name }) });
}

/** An answer the call gives itself: logged like any input, then handed to the machine. */
export function ownInput(turn: Turn, input: CallInput): void {
  log(turn, { type: 'input', input });
  feed(turn, input);
}

export function end(turn: Turn, why: EndReason): void {
  const { s } = turn;
  if (s.playing) {
    s.playing = false;
    log(turn, { type: 'command', command: { type: 'stop' } });
  }
  hangUpLegs(turn, why.by === 'caller' ? 2 : 1);
  s.legs = s.legs.map((leg) => putDown(leg, turn.at));
  s.phase = 'ended';
  s.timers = [];
  s.stand = undefined;
  s.machine = undefined;
  s.dialling = undefined;
  log(turn, { type: 'ended', why });
}

/** Puts down every phone that is up or ringing, from leg `first` on. The others are left alone. */
export function hangUpLegs(turn: Turn, first: number): void {
  const { s, at } = turn;
  s.legs = s.legs.map((leg) => {
    if (leg.leg < first || leg.endedAt !== undefined) return leg;
    log(turn, { type: 'command', command: { type: 'hangUpLeg', leg: leg.leg } });
    return putDown(leg, at);
  });
}

const putDown = (leg: Leg, at: Ms): Leg =>
  leg.endedAt === undefined ? { ...leg, state: leg.state === 'answered' ? 'completed' : 'canceled', endedAt: at } : leg;
