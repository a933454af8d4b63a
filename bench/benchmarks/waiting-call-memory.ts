import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Goal, Measured } from '../benchmark.ts';
import { interleaved } from '../measure.ts';

/* What a call keeps in memory while it waits in a menu with its log drained; see children/waiting.ts. */
export const name = 'waiting-call-memory';
export const goal: Goal = { ratio: 0.5, sense: 'at-most' };

const execute = promisify(execFile);
const script = fileURLToPath(new URL('../children/waiting.ts', import.meta.url));

export async function run(): Promise<readonly Measured[]> {
  const { ours, actor } = await interleaved(['ours', 'actor'], async (program) => {
    const { stdout } = await execute(process.execPath, ['--expose-gc', script, program]);
    return Number(stdout);
  });
  return [{ against: 'live XState actors', unit: 'bytes', ours, theirs: actor, judged: true }];
}
