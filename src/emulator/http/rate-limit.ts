import type { Ms } from '../../core/ids.ts';

const MINUTE = 60_000;

/** So many in any minute. */
export type RateLimit = { take(at: Ms): boolean; clear(): void };

/** @param most a minute; 0 for any number. */
export function createRateLimit(most: number): RateLimit {
  /** The last so many instants, as a ring. */
  let taken: Ms[] = [];
  let next = 0;
  return {
    take(at) {
      if (most === 0) return true;
      const oldest = taken.length < most ? undefined : taken[next];
      if (oldest !== undefined && at - oldest < MINUTE) return false;
      taken[next] = at;
      next = (next + 1) % most;
      return true;
    },
    clear() {
      taken = [];
      next = 0;
    },
  };
}
