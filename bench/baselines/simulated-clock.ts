export type Alarm = { due: number; ring: (() => void) | undefined };

/**
 * The baselines' own clock, in the shape XState wants (`setTimeout`, `clearTimeout`). A call has three or four alarms at a
 * time, so a sorted array is the fastest there is: cheaper than our own heap on purpose. Do not slow it.
 */
export class SimulatedClock {
  #now: number;
  /** Latest first: the next to ring is popped off the end. */
  readonly #alarms: Alarm[] = [];
  #holds = 0;

  constructor(start: number) {
    this.#now = start;
  }

  now(): number {
    return this.#now;
  }

  setTimeout(ring: () => void, wait: number): Alarm {
    const alarm: Alarm = { due: this.#now + wait, ring };
    const alarms = this.#alarms;
    let i = alarms.length;
    alarms.push(alarm);
    for (; i > 0; i--) {
      const other = alarms[i - 1] as Alarm;
      if (other.due > alarm.due) break;
      alarms[i] = other;
    }
    alarms[i] = alarm;
    return alarm;
  }

  clearTimeout(alarm: Alarm | undefined): void {
    if (alarm) alarm.ring = undefined;
  }

  /** Time stands still until what was begun is answered. */
  async wait<T>(promise: Promise<T>, then: (value: T) => void): Promise<void> {
    this.#holds++;
    const value = await promise;
    this.#holds--;
    then(value);
  }

  /** Rings what is due up to `until`, or everything; stops where something is waited for. True when nothing is left. */
  run(until = Number.POSITIVE_INFINITY): boolean {
    const alarms = this.#alarms;
    for (let next = alarms.at(-1); next && this.#holds === 0; next = alarms.at(-1)) {
      if (next.due > until) break;
      alarms.pop();
      const { ring } = next;
      if (!ring) continue;
      next.ring = undefined;
      this.#now = next.due;
      ring();
    }
    if (this.#holds === 0 && until < Number.POSITIVE_INFINITY) this.#now = until;
    return this.#holds === 0;
  }
}
