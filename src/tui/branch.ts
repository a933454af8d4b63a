import { fold, viewOf } from '../call/fold.ts';
import type { Logged } from '../core/event.ts';
import { showClock } from '../core/time.ts';
import type { Branch, PhoneState } from './phone-state.ts';
import type { PhoneCall, PhoneSession, Simulation, SimulationStart } from './session.ts';

type Ears = { heard(logged: Logged): void; changed(): void };

let made = 0;

/** A branch that hears its call. */
export function followBranch(
  phone: PhoneCall,
  about: Pick<Branch, 'name' | 'from' | 'recorded'> & { simulation?: Simulation },
  ears: Ears,
): Branch {
  const view = viewOf(phone.call.log);
  const { simulation } = about;
  const stop = phone.call.subscribe((logged) => {
    fold(view, logged);
    ears.heard(logged);
    ears.changed();
  });
  const deaf = simulation?.onQuestion(ears.changed);
  const leave = () => {
    stop();
    deaf?.();
    simulation?.close();
  };
  return { ...about, id: ++made, phone, view, held: false, past: undefined, leave };
}

/**
 * The simulation that leaves a branch after so many events, and what it is called. Servers answer in it as they did in the
 * branch, and then as in the call that the branch itself leaves.
 */
export function forkOf(
  { id, phone, from, recorded = [], simulation }: Branch,
  events: number,
  what: string,
): { start: SimulationStart; about: Pick<Branch, 'name' | 'from'> } {
  const { call, flows } = phone;
  const log = call.log.slice(0, events);
  const since = (log.at(-1)?.at ?? 0) - (log[0]?.at ?? 0);
  const real = simulation ? Math.min(events, realEvents({ from })) : events;
  return {
    start: { log, flows, recorded: [...call.log, ...elsewhere(recorded.slice(from?.events ?? 0))] },
    about: { name: `${what} at ${showClock(since)}`, from: { branch: id, events, real } },
  };
}

/** How many events of a simulation are those of the real call: they really happened. */
export const realEvents = ({ from }: { from?: Branch['from'] | undefined }): number => from?.real ?? from?.events ?? 0;

const FAR = 1_000_000;

/** Web requests of another call and their answers, numbered so that they are taken for nobody else's. */
const elsewhere = (log: readonly Logged[]): readonly Logged[] =>
  log.flatMap((logged): Logged[] => {
    const { e } = logged;
    if (e.type === 'command' && e.command.type === 'fetch')
      return [{ ...logged, e: { ...e, command: { ...e.command, id: e.command.id + FAR } } }];
    if (e.type === 'input' && (e.input.type === 'fetch.answered' || e.input.type === 'fetch.failed'))
      return [{ ...logged, e: { ...e, input: { ...e.input, id: e.input.id + FAR } } }];
    return [];
  });

/** The place in a log at which a web request got its answer; -1 when it has none. */
export const answerIndex = (log: readonly Logged[], id: number): number =>
  log.findIndex(
    ({ e }) => e.type === 'input' && (e.input.type === 'fetch.answered' || e.input.type === 'fetch.failed') && e.input.id === id,
  );

/**
 * Time goes on in the branch that is shown, unless somebody looks at its past, or at something else; and in a real call
 * that is over, which may still have something to deliver.
 */
export function keepTime({ branches, current, speed, window }: PhoneState, away: boolean): void {
  branches.forEach(({ phone, view, simulation, past, held }, i) => {
    const { clock } = phone;
    const watched = i === current && past === undefined && !held && !window && !away && !simulation?.question();
    const runs = view.endedAt === undefined ? watched : !simulation;
    if (clock.speed() !== speed) clock.setSpeed(speed);
    if (runs === clock.paused()) runs ? clock.resume() : clock.pause();
  });
}

/** Ends the real call if it is still under way, and forgets the others. */
export function letGo(branches: readonly Branch[]): void {
  for (const { phone, view, leave, simulation } of branches) {
    if (!simulation && view.endedAt === undefined) {
      phone.clock.resume();
      if (view.answeredAt === undefined) phone.decline();
      else phone.call.hangUp();
    }
    leave();
  }
}

/** A call that nobody waits for any more. */
export function abandon(dialled: Awaited<ReturnType<PhoneSession['dial']>>): void {
  if (dialled.placed) dialled.phone.call.hangUp();
}
