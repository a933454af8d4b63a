import { type Ms, ms } from '../core/ids.ts';
import type { Clock } from '../core/ports.ts';
import { BrokenInvariant } from '../core/problem.ts';
import { AlarmHeap } from './alarm-heap.ts';

export interface VirtualClock extends Clock {
  /**
   * Lets time pass, alarm by alarm, until nothing is left to ring, or up to `until`. While something real is under way
   * (`hold`) time stands still and only alarms of the present instant ring; without holds it is all done before
   * `run` returns.
   */
  run(until?: Ms): Promise<void>;
  /** `run` for a while. */
  advance(by: Ms): Promise<void>;
}

/** A clock that jumps from alarm to alarm: hours of calls in no time, the same way every time. */
export function createVirtualClock(start: Ms): VirtualClock {
  const alarms = new AlarmHeap();
  let now = start;
  let holds = 0;
  let waiting: PromiseWithResolvers<void> | undefined;

  const wake = () => {
    waiting?.resolve();
    waiting = undefined;
  };

  function alarm(at: Ms, ring: () => void) {
    const due = at > now ? at : now;
    const cancel = alarms.arm(due, ring);
    if (waiting !== undefined && due === now) wake();
    return cancel;
  }

  function hold() {
    holds++;
    let open = true;
    return (cost: Ms, then: () => void) => {
      if (!open) throw new BrokenInvariant('A hold of the virtual clock was released twice.');
      open = false;
      holds--;
      alarm(ms(now + cost), then);
      wake();
    };
  }

  function ringUpTo(until: number): void {
    for (let next = alarms.first(); next !== undefined; next = alarms.first()) {
      if (next.due > (holds > 0 ? now : until)) return;
      now = next.due;
      alarms.take(next)();
    }
  }

  async function run(until?: Ms): Promise<void> {
    const limit = until ?? Number.POSITIVE_INFINITY;
    ringUpTo(limit);
    while (holds > 0) {
      waiting ??= Promise.withResolvers<void>();
      await waiting.promise;
      ringUpTo(limit);
    }
    if (until !== undefined && until > now) now = until;
  }

  return { now: () => now, alarm, hold, run, advance: (by) => run(ms(now + by)) };
}
