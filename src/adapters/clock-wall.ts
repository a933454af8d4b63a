import { type Ms, ms } from '../core/ids.ts';
import { AlarmHeap } from './alarm-heap.ts';
import type { SystemClock } from './clock-system.ts';

/** Time that passes when somebody says so, and any number of clocks with knobs that follow it. */
export type Wall = {
  /** A clock like the system's: it can be paused, and run at another speed. */
  clock(start: Ms): SystemClock;
  /** Lets time pass on the wall, alarm by alarm on every clock that runs; stands still while something real is under way. */
  advance(by: Ms): Promise<void>;
};

type Hand = SystemClock & {
  /** Milliseconds of the wall until its next alarm. */
  next(): number;
  move(by: number): void;
  ring(): void;
};

const A_LITTLE = 1e-6;

export function createWall(): Wall {
  const hands: Hand[] = [];
  let holds = 0;
  let waiting: PromiseWithResolvers<void> | undefined;

  const wake = () => {
    waiting?.resolve();
    waiting = undefined;
  };
  const hold = (begins: boolean) => {
    holds += begins ? 1 : -1;
    if (!begins) wake();
  };

  function ring(): void {
    for (let due = hands.filter((hand) => hand.next() <= 0); due.length > 0; due = hands.filter((hand) => hand.next() <= 0))
      for (const hand of due) hand.ring();
  }

  async function advance(by: Ms): Promise<void> {
    for (let left: number = by; ; ) {
      ring();
      if (holds > 0) {
        waiting ??= Promise.withResolvers<void>();
        await waiting.promise;
        continue;
      }
      if (left <= 0) return;
      const step = Math.min(left, ...hands.map((hand) => hand.next()));
      for (const hand of hands) hand.move(step);
      left -= step;
    }
  }

  return {
    clock(start) {
      const hand = createHand(start, hold, wake);
      hands.push(hand);
      return hand;
    },
    advance,
  };
}

function createHand(start: Ms, held: (begins: boolean) => void, wake: () => void): Hand {
  const alarms = new AlarmHeap();
  let exact: number = start;
  let speed = 1;
  let paused = false;

  const now = () => ms(Math.floor(exact + A_LITTLE));
  const alarm: SystemClock['alarm'] = (at, ring) => {
    const cancel = alarms.arm(ms(Math.max(at, now())), ring);
    wake();
    return cancel;
  };
  const next = () => {
    const due = paused ? undefined : alarms.first()?.due;
    return due === undefined ? Number.POSITIVE_INFINITY : Math.max(0, due - exact) / speed;
  };

  return {
    now,
    alarm,
    hold() {
      held(true);
      return (cost, then) => {
        held(false);
        if (cost > 0) alarm(ms(now() + cost), then);
        else then();
      };
    },
    pause: () => {
      paused = true;
    },
    resume: () => {
      paused = false;
    },
    setSpeed(wanted) {
      speed = wanted;
    },
    next,
    move(by) {
      if (paused) return;
      const due = alarms.first()?.due;
      exact += by * speed;
      if (due !== undefined && Math.abs(exact - due) < A_LITTLE) exact = due;
    },
    ring() {
      const first = alarms.first();
      if (next() <= 0 && first) alarms.take(first)();
    },
  };
}
