import type { CallCommand } from '../core/command.ts';
import type { Logged } from '../core/event.ts';
import { BrokenInvariant } from '../core/problem.ts';
import { isStimulus } from './moments.ts';
import { replay } from './replay.ts';
import { type LiveCall, type Ports, Run, type RunOptions, type Standing } from './run.ts';
import type { CallState, Plan, Timer } from './state.ts';

/**
 * Takes up a call where its log ends: the same call from there on, whoever asks. Timers ring when they would have rung; a
 * speech goes on where it was; what has no outcome in the log is asked of the ports once more. Listeners hear what comes
 * after the log.
 * @param ports the clock must not be before the end of the log; the line must know the legs that stand (`standing`).
 * @throws BrokenInvariant when the log does not replay on these flows.
 */
export function resumeCall(plan: Plan, log: readonly Logged[], ports: Ports, options: RunOptions = {}): LiveCall {
  const again = replay(plan, log);
  if (!again.same)
    throw new BrokenInvariant(`The call cannot be taken up: event ${again.difference.index + 1} of its log does not come again.`);
  const run = new Run(plan, again.state, ports, options, log);
  run.goOn(standingOf(log, again.state));
  return run;
}

/** What is under way at the end of a log, in the order in which it began; the timers of an instant before its commands. */
function standingOf(log: readonly Logged[], state: CallState): readonly Standing[] {
  const timers = state.timers.map((timer) => ({ order: setBy(log, timer), standing: { timer } }));
  const isOpen = openIn(log, state);
  const commands = log.flatMap(({ at, e }, order) =>
    e.type === 'command' && isOpen(e.command, order) ? [{ order, standing: { command: e.command, at } }] : [],
  );
  return [...timers, ...commands].sort((a, b) => a.order - b.order).map(({ standing }) => standing);
}

/** The place of the stimulus that set a timer. */
function setBy(log: readonly Logged[], { timer, due }: Timer): number {
  const set = log.findLastIndex(({ at, e }) => e.type === 'timer.set' && e.timer === timer && at + e.ms === due);
  return log.findLastIndex(({ e }, i) => i <= set && isStimulus(e));
}

type IsOpen = (command: CallCommand, index: number) => boolean;

/** Which commands have no outcome yet. */
function openIn(log: readonly Logged[], { legs, playing }: CallState): IsOpen {
  const known = new Set(log.flatMap(({ e }) => (e.type === 'input' && 'id' in e.input ? [e.input.id] : [])));
  const speech = playing ? log.findLastIndex(({ e }) => e.type === 'command' && e.command.type === 'play') : -1;
  const up = new Set(legs.flatMap(({ leg, endedAt }) => (endedAt === undefined ? [leg] : [])));
  return (command, index) => {
    if (command.type === 'play') return index === speech;
    if (command.type === 'dial') return up.has(command.leg);
    return 'id' in command && !known.has(command.id);
  };
}
