import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { ROOT } from './source-files.ts';

const run = promisify(execFile);
const env = { ...process.env, NO_COLOR: '1' };
const folder = join(ROOT, 'examples/testing');

describe('press9/testing, as it is installed', () => {
  it('serves tests under vitest, with matchers of its own', async () => {
    const vitest = join(ROOT, 'node_modules/vitest/vitest.mjs');
    const { stdout } = await run(process.execPath, [vitest, 'run', '--root', join(folder, 'vitest')], { env });
    expect(stdout).toMatch(/Tests +2 passed/);
  });

  it('serves tests under node:test', async () => {
    const { stdout } = await run(process.execPath, ['--test', join(folder, 'node-test/appointment.test.js')], { env });
    expect(stdout).toMatch(/pass 2/);
    expect(stdout).toMatch(/fail 0/);
  });
});
