import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { ROOT } from './source-files.ts';

const run = promisify(execFile);

describe('examples/node: a clinic tests its application against press9/emulator', () => {
  it('passes, as it is installed', async () => {
    const file = join(ROOT, 'examples/node/clinic.test.mjs');
    const { stdout } = await run(process.execPath, ['--test', file], { env: { ...process.env, NO_COLOR: '1' } });
    expect(stdout).toMatch(/pass 4/);
    expect(stdout).toMatch(/fail 0/);
  });
});
