import type { Goal, Measured } from '../benchmark.ts';
import { builtProgram, timeOf } from '../built.ts';
import { interleaved } from '../measure.ts';

/* From the start of the built program to its end, when it only says its version. */
export const name = 'cli-start';
export const goal: Goal = { ratio: 2.5, sense: 'at-most' };

/** One repetition is the middle one of so many starts. */
const STARTS = 9;

export async function run(): Promise<readonly Measured[]> {
  const commands = { ours: [builtProgram(), '--version'], node: ['-e', '0'] };
  const { ours, node } = await interleaved(['ours', 'node'], async (program) => timeOf(commands[program], STARTS));
  return [{ against: 'node -e 0', unit: 'ms', ours, theirs: node, judged: true }];
}
