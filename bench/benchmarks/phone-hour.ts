import { setTimeout as wait } from 'node:timers/promises';
import type { Goal, Measured } from '../benchmark.ts';
import { withLoopingPhone } from '../looping-phone.ts';
import { median } from '../measure.ts';
import { residentOf } from '../terminal.ts';

/*
 * Memory of the phone in a call that goes round for an hour at 20 times speed: the last five minutes against the second
 * five, medians of resident megabytes. The first five are start-up, in which V8 sizes its heap.
 */
export const name = 'phone-hour';
export const goal: Goal = { ratio: 1.25, sense: 'at-most' };

const SPEED = 20;
const MINUTES = 60;
const FIVE = 5;
const SAMPLE_MS = 500;

export async function run(): Promise<readonly Measured[]> {
  const { early, late } = await withLoopingPhone('+++++', async (pid) => {
    const sample = async (from: number, to: number): Promise<number> => {
      const samples: number[] = [];
      for (let at = from * 60_000; at < to * 60_000; at += SAMPLE_MS * SPEED) {
        samples.push(residentOf(pid));
        await wait(SAMPLE_MS);
      }
      return median(samples);
    };
    await sample(0, FIVE);
    const early = await sample(FIVE, FIVE * 2);
    await sample(FIVE * 2, MINUTES - FIVE);
    return { early, late: await sample(MINUTES - FIVE, MINUTES) };
  });
  return [{ against: 'its minutes 5 to 10', unit: 'MB', ours: late, theirs: early, judged: true }];
}
