import { type Ms, ms } from '../core/ids.ts';
import type { Cancel, Clock } from '../core/ports.ts';
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
export const createVirtualClock = (start: Ms): VirtualClock => new JumpingClock(start);

class JumpingClock implements VirtualClock {
  readonly #alarms = new AlarmHeap();
  #now: Ms;
  #holds = 0;
  #waiting: PromiseWithResolvers<void> | undefined;

  constructor(start: Ms) {
    this.#now = start;
  }

  now(): Ms {
    return this.#now;
  }

  alarm(at: Ms, ring: () => void): Cancel {
    const due = at > this.#now ? at : this.#now;
    const cancel = this.#alarms.arm(due, ring);
    if (this.#waiting !== undefined && due === this.#now) this.#wake();
    return cancel;
  }

  hold(): (cost: Ms, then: () => void) => void {
    this.#holds++;
    let open = true;
    return (cost, then) => {
      if (!open) throw new BrokenInvariant('A hold of the virtual clock was released twice.');
      open = false;
      this.#holds--;
      this.alarm(ms(this.#now + cost), then);
      this.#wake();
    };
  }

  async run(until?: Ms): Promise<void> {
    const limit = until ?? Number.POSITIVE_INFINITY;
    this.#ringUpTo(limit);
    while (this.#holds > 0) {
      this.#waiting ??= Promise.withResolvers<void>();
      await this.#waiting.promise;
      this.#ringUpTo(limit);
    }
    if (until !== undefined && until > this.#now) this.#now = until;
  }

  advance(by: Ms): Promise<void> {
    return this.run(ms(this.#now + by));
  }

  #wake(): void {
    this.#waiting?.resolve();
    this.#waiting = undefined;
  }

  #ringUpTo(until: number): void {
    const alarms = this.#alarms;
    for (let next = alarms.first(); next !== undefined; next = alarms.first()) {
      if (next.due > (this.#holds > 0 ? this.#now : until)) return;
      this.#now = next.due;
      alarms.take(next)();
    }
  }
}
