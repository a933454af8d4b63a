import { setTimeout as wait } from 'node:timers/promises';
import type { Goal, Measured } from '../benchmark.ts';
import { withLoopingPhone } from '../looping-phone.ts';
import { median } from '../measure.ts';
import { processorOf } from '../terminal.ts';

/* Processor time of the phone in a call at normal speed, in which something moves all the time, against the wall's. */
export const name = 'phone-cpu';
export const goal: Goal = { ratio: 0.15, sense: 'at-most' };

const SETTLE_MS = 3000;
const SPAN_MS = 5000;
const SPANS = 5;

export async function run(): Promise<readonly Measured[]> {
  const used = await withLoopingPhone('', async (pid) => {
    await wait(SETTLE_MS);
    const spans: number[] = [];
    for (let i = 0; i < SPANS; i++) {
      const [before, begun] = [processorOf(pid), performance.now()];
      await wait(SPAN_MS);
      spans.push(((processorOf(pid) - before) * SPAN_MS) / (performance.now() - begun));
    }
    return median(spans);
  });
  return [{ against: 'the wall clock', unit: 'ms', ours: used, theirs: SPAN_MS, judged: true }];
}
