import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { CannotMeasure, type Goal, type Measured } from '../benchmark.ts';
import { startListener, startServe } from '../emulator/server.ts';
import { interleaved } from '../measure.ts';

/*
 * 10,000 calls at once on the system clock in one `press9 serve`, with the store in memory. None of their events may be lost:
 * every call that was placed ends, and each of its two callbacks arrives exactly once. What is judged is the 99th percentile of
 * a request for a call, one every 20 ms, while they speak and wait, against the same before there were any; for information,
 * that of the requests that made them, 500 a second.
 */
export const name = 'calls-in-progress';
export const goal: Goal = { ratio: 5, sense: 'at-most' };

const CALLS = 10_000;
/** A run takes more than a minute: calls last as long as calls do. */
const RUNS = 3;
const execute = promisify(execFile);
const CHILD = fileURLToPath(new URL('../children/calls-in-progress.ts', import.meta.url));

type Counted = {
  placed: number;
  most: number;
  during: number;
  kept: number;
  different: number;
  twice: number;
  undelivered: number;
  idle: number;
  busy: number;
  ramp: number;
  bytes: number;
};

export async function run(): Promise<readonly Measured[]> {
  let last: Counted | undefined;
  const medians = await interleaved(
    ['busy', 'idle', 'ramp', 'bytes'],
    async (what) => {
      // One run tells all of them.
      if (what === 'busy') last = await oneRun();
      return (last as Counted)[what];
    },
    RUNS,
  );
  return [
    { against: 'an idle server, p99', unit: 'ms', ours: medians.busy, theirs: medians.idle, judged: true },
    { against: 'an idle server, p99; at 500 a second', unit: 'ms', ours: medians.ramp, theirs: medians.idle, judged: false },
    { against: '10 KiB of resident memory a call', unit: 'bytes', ours: medians.bytes, theirs: 10_240, judged: false },
  ];
}

async function oneRun(): Promise<Counted> {
  const [server, listener] = await Promise.all([startServe('memory:'), startListener()]);
  try {
    const { stdout } = await execute(process.execPath, [CHILD, server.url, String(server.pid), listener.url, String(CALLS)]);
    const counted = JSON.parse(stdout) as Counted;
    check(counted);
    return counted;
  } finally {
    await Promise.all([server.stop(), listener.stop()]);
  }
}

function check({ placed, most, kept, different, twice, undelivered }: Counted): void {
  if (most < CALLS * 0.95)
    throw new CannotMeasure(`only ${most} calls were under way at once; this machine places them too slowly.`);
  if (kept !== placed || different !== 2 * placed || twice > 0 || undelivered > 0)
    throw new CannotMeasure(
      `events were lost: ${placed} calls were placed and ${kept} kept; of ${2 * placed} callbacks ${different} arrived, ${twice} of them more than once, and ${undelivered} are not delivered.`,
    );
}
