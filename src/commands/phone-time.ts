import { createSystemClock, type SystemClock } from '../adapters/clock-system.ts';
import type { Wall } from '../adapters/clock-wall.ts';
import { machineNow } from '../adapters/machine-now.ts';
import { every } from '../adapters/ticker.ts';
import { type Ms, ms } from '../core/ids.ts';
import type { PhoneSession } from '../tui/session.ts';

/** The time that a phone lives in. */
export type PhoneTime = {
  now(): Ms;
  /** A clock with knobs, for one call. */
  clock(start: Ms): SystemClock;
  every: PhoneSession['every'];
};

export const realTime: PhoneTime = { now: machineNow, clock: (start) => createSystemClock({ start }), every };

/** Time that passes when somebody says so. */
export function timeOn(wall: Wall, start: Ms): PhoneTime {
  const hand = wall.clock(start);
  return {
    now: hand.now,
    clock: wall.clock,
    every(wait, tick) {
      const again = () => {
        cancel = hand.alarm(ms(hand.now() + wait), again);
        tick();
      };
      let cancel = hand.alarm(ms(hand.now() + wait), again);
      return () => cancel();
    },
  };
}
