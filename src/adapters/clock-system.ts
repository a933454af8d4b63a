import { type Ms, ms } from '../core/ids.ts';
import type { Clock } from '../core/ports.ts';
import { type Alarm, AlarmHeap } from './alarm-heap.ts';

export interface SystemClock extends Clock {
  /** Stops time: nothing rings until `resume`. */
  pause(): void;
  resume(): void;
  /** 2 is twice as fast as the wall's clock. Must be above 0. */
  setSpeed(speed: number): void;
}

/** The longest delay that `setTimeout` understands; a longer one would ring at once. */
const LONGEST = 2 ** 31 - 1;

/**
 * The wall's clock, or one that starts elsewhere, runs at another speed and can be paused. Its alarms keep the process
 * alive, also while paused: a call is under way.
 * @param options `start` is the instant it begins with (the present one unless told).
 */
export function createSystemClock(options: { start?: Ms; speed?: number } = {}): SystemClock {
  const alarms = new AlarmHeap();
  let speed = checkSpeed(options.speed ?? 1);
  let paused = false;
  let anchor: number = options.start ?? Date.now();
  let since = performance.now();
  let timer: NodeJS.Timeout | undefined;
  /** What the timer is set for. */
  let awaited: Alarm | undefined;
  let last = Math.floor(anchor);

  const exact = () => (paused ? anchor : anchor + (performance.now() - since) * speed);
  const now = (): Ms => {
    last = Math.max(last, Math.floor(exact()));
    return ms(last);
  };

  /** From here on, time runs by new rules. */
  function change(rule: () => void): void {
    anchor = exact();
    since = performance.now();
    rule();
    arm();
  }

  function arm(): void {
    clearTimeout(timer);
    const next = alarms.first();
    awaited = next;
    if (next === undefined) return;
    const delay = paused ? LONGEST : Math.ceil((next.due - exact()) / speed);
    timer = setTimeout(ring, Math.min(Math.max(delay, 0), LONGEST));
  }

  /** Of ten thousand alarms most come and go without being the next one. */
  function armAnew(): void {
    if (alarms.first() !== awaited) arm();
  }

  function ring(): void {
    // Alarms that are set while ringing are not due before this instant has passed, so this ends.
    const instant = now();
    try {
      for (let next = alarms.first(); !paused && next !== undefined && next.due <= instant; next = alarms.first()) {
        alarms.take(next)();
      }
    } finally {
      arm();
    }
  }

  return {
    now,
    alarm(at, wanted) {
      const due = ms(Math.max(at, now()));
      const cancel = alarms.arm(due, wanted);
      armAnew();
      return () => {
        cancel();
        armAnew();
      };
    },
    hold: () => (_cost, then) => then(),
    pause() {
      change(() => {
        paused = true;
      });
    },
    resume() {
      change(() => {
        paused = false;
      });
    },
    setSpeed(wanted) {
      change(() => {
        speed = checkSpeed(wanted);
      });
    },
  };
}

function checkSpeed(speed: number): number {
  if (!(speed > 0) || !Number.isFinite(speed)) throw new RangeError(`a clock cannot run at speed ${speed}`);
  return speed;
}
