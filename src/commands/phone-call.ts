import type { SystemClock } from '../adapters/clock-system.ts';
import type { BreakableClient } from '../adapters/http-breakable.ts';
import type { PhoneLine } from '../adapters/line-phone.ts';
import type { LiveCall } from '../call/run.ts';
import type { FlowSet } from '../flow/model.ts';
import type { PhoneCall, PhoneClock } from '../tui/session.ts';

/** A call with the knobs of its world. `breakable` is what its requests go through, `line` what rings. */
export function phoneCall(
  call: LiveCall,
  flows: FlowSet,
  clock: PhoneClock,
  line: Pick<PhoneLine, 'answer' | 'decline'>,
  breakable: Pick<BreakableClient, 'next' | 'pending'>,
): PhoneCall {
  let current = flows;
  return {
    call,
    get flows() {
      return current;
    },
    clock,
    answer: () => void line.answer(),
    decline: () => void line.decline(),
    breakNext: (gives) => breakable.next(gives),
    broken: () => breakable.pending(),
    adopt(others) {
      const same = call.adopt(others);
      if (same) current = others;
      return same;
    },
  };
}

/** A system clock that knows how its knobs stand. */
export function phoneClock(clock: SystemClock): PhoneClock {
  let paused = false;
  let speed = 1;
  return {
    now: () => clock.now(),
    pause() {
      paused = true;
      clock.pause();
    },
    resume() {
      paused = false;
      clock.resume();
    },
    setSpeed(wanted) {
      speed = wanted;
      clock.setSpeed(wanted);
    },
    paused: () => paused,
    speed: () => speed,
  };
}
