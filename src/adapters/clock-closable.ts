import type { Cancel } from '../core/ports.ts';
import type { SystemClock } from './clock-system.ts';

export interface ClosableClock extends SystemClock {
  /** While it waits for somebody it stands too, whatever `pause` and `resume` say. */
  wait(on: boolean): void;
  /** Stands for good: nothing rings any more, nothing that was held goes on, and the process may end. */
  close(): void;
}

/** Another clock, for a world that somebody will put away while things are under way in it. */
export function createClosableClock(clock: SystemClock): ClosableClock {
  const alarms = new Set<Cancel>();
  let [paused, waiting, closed] = [false, false, false];

  const settle = () => (paused || waiting || closed ? clock.pause() : clock.resume());

  return {
    now: () => clock.now(),
    alarm(at, ring) {
      if (closed) return () => {};
      const cancel = clock.alarm(at, () => {
        alarms.delete(forget);
        ring();
      });
      const forget = () => {
        alarms.delete(forget);
        cancel();
      };
      alarms.add(forget);
      return forget;
    },
    hold() {
      const release = clock.hold();
      return (cost, then) =>
        release(cost, () => {
          if (!closed) then();
        });
    },
    pause() {
      paused = true;
      settle();
    },
    resume() {
      paused = false;
      settle();
    },
    setSpeed: (speed) => clock.setSpeed(speed),
    wait(on) {
      waiting = on;
      settle();
    },
    close() {
      closed = true;
      settle();
      for (const forget of [...alarms]) forget();
    },
  };
}
