import type { Clock } from '../core/ports.ts';

/**
 * A clock that stands still but while somebody waits for something: between two lines of a test no time passes, and
 * whatever belongs to an instant has happened before the next line.
 */
export type Pace = {
  /** The same time, for whoever works on it. */
  clock: Clock;
  /** Lets time pass until `done` says so, or until nothing is left that could happen. Asked whenever something has. */
  until(done: () => boolean): Promise<void>;
  /** Something has happened. */
  look(): void;
};

/** @param run lets the clock run until nothing is left to happen. */
export function keepPace(inner: Clock, run: () => Promise<void>): Pace {
  type Watch = { done: () => boolean; wake: PromiseWithResolvers<void> };
  let watch: Watch | undefined;
  let stopped: ReturnType<Clock['hold']> | undefined = inner.hold();
  /** Works of others that time waits for. */
  let open = 0;
  const running = run().then(
    () => watch?.wake.resolve(),
    (error: unknown) => {
      watch?.wake.reject(error);
      throw error;
    },
  );
  running.catch(() => {});

  function look(): void {
    if (!watch || open > 0 || !watch.done()) return;
    stopped ??= inner.hold();
    watch.wake.resolve();
    watch = undefined;
  }

  return {
    look,
    clock: {
      now: () => inner.now(),
      alarm: (at, ring) =>
        inner.alarm(at, () => {
          ring();
          look();
        }),
      hold() {
        open++;
        const release = inner.hold();
        return (cost, then) =>
          release(cost, () => {
            open--;
            then();
            look();
          });
      },
    },
    async until(done) {
      const wake = Promise.withResolvers<void>();
      watch = { done, wake };
      const go = stopped;
      stopped = undefined;
      go?.(0 as never, look);
      await Promise.race([wake.promise, running]);
    },
  };
}
