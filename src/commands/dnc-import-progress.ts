import type { Ms } from '../core/ids.ts';
import { showClock } from '../core/time.ts';
import type { Io } from './io.ts';

/** A line on a terminal that is written over: how far, how fast, how much longer. */
export type Progress = { tell(bytes: number, rows: number): void; clear(): void };

const EVERY = 200;

/** @param size of the file in bytes, where it is known. @param stopwatch time from any moment. */
export function createProgress(io: Io, size: number | undefined, stopwatch: () => Ms): Progress {
  if (!io.isTTY) return { tell() {}, clear() {} };
  const begun = stopwatch();
  let told = begun;
  let width = 0;
  return {
    tell(bytes, rows) {
      const now = stopwatch();
      if (now - told < EVERY) return;
      told = now;
      const line = progressLine({ bytes, size, rows, took: now - begun });
      io.err(`\r${line.padEnd(width)}`);
      width = line.length;
    },
    clear() {
      if (width > 0) io.err(`\r${' '.repeat(width)}\r`);
      width = 0;
    },
  };
}

export type Pace = { bytes: number; size: number | undefined; rows: number; took: number };

/** `42 %, 410,000 rows, 310,000 a second, 0:02 left`. */
export function progressLine({ bytes, size, rows, took }: Pace): string {
  const count = (n: number) => Math.round(n).toLocaleString('en-US');
  const pace = `${count(rows)} rows, ${count((1000 * rows) / Math.max(1, took))} a second`;
  if (size === undefined || size === 0 || bytes === 0) return pace;
  const left = (took * Math.max(0, size - bytes)) / bytes;
  return `${Math.min(100, Math.floor((100 * bytes) / size))} %, ${pace}, ${showClock(left)} left`;
}
