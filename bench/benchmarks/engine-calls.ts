import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type { Goal, Measured } from '../benchmark.ts';
import { interleaved } from '../measure.ts';
import { PROGRAMS, type Program } from '../programs.ts';

/*
 * Complete appointment calls a second, gate, clock, phone and log included. Every call has a customer of its own. The
 * store of opt-outs answers at once, by a promise, for all programs; nothing is read or written.
 */
export const name = 'engine-calls';
export const goal: Goal = { ratio: 10, sense: 'at-least' };

const WARM_UP_MS = 2000;
const REPETITION_MS = 600;

export async function run(): Promise<readonly Measured[]> {
  const script = new URL('../children/calls.ts', import.meta.url);
  const children = new Map<Program, ChildProcess>(PROGRAMS.map((program) => [program, fork(script, [program])]));
  const speed = (program: Program, forMs: number) => askChild(children.get(program) as ChildProcess, forMs);
  try {
    for (const program of PROGRAMS) await speed(program, WARM_UP_MS);
    const { ours, actor, table } = await interleaved(PROGRAMS, (program) => speed(program, REPETITION_MS));
    return [
      { against: 'live XState actors', unit: 'calls/s', ours, theirs: actor, judged: true },
      { against: 'hand-written table (the ceiling)', unit: 'calls/s', ours, theirs: table, judged: false },
    ];
  } finally {
    for (const child of children.values()) child.kill();
  }
}

async function askChild(child: ChildProcess, forMs: number): Promise<number> {
  const ended = once(child, 'exit').then(() => Promise.reject(new Error('A program of the benchmark ended before its time.')));
  ended.catch(() => {});
  child.send(forMs);
  const [speed] = (await Promise.race([once(child, 'message'), ended])) as [number];
  return speed;
}
