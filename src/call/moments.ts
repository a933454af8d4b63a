import type { CallEvent, Logged } from '../core/event.ts';
import { isOwnInput } from '../core/input.ts';

/** What reaches a call from outside, as against what it makes of it. */
export const isStimulus = (e: CallEvent): boolean =>
  e.type === 'started' || e.type === 'timer.fired' || (e.type === 'input' && !isOwnInput(e.input));

/**
 * The moments of a call, at which everything that something set off has happened: each as the number of events until then.
 * The last is the whole log.
 */
export function momentsOf(log: readonly Logged[]): readonly number[] {
  const counts: number[] = [];
  for (let i = 1; i < log.length; i++) if (isStimulus((log[i] as Logged).e)) counts.push(i);
  if (log.length > 0) counts.push(log.length);
  return counts;
}
