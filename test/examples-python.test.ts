import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { BIN } from './kit/cli.ts';
import { hasPython, sayWithoutPython } from './kit/python.ts';
import { ROOT } from './source-files.ts';

const env = { ...process.env, NO_COLOR: '1', PRESS9: `"${process.execPath}" "${BIN}"`, PYTHONDONTWRITEBYTECODE: '1' };

function python(...args: readonly string[]): ChildProcess {
  return spawn('python3', args, { cwd: join(ROOT, 'examples/python'), env, stdio: ['ignore', 'pipe', 'pipe'] });
}

/** A test that has started press9, and waits until it is stopped itself. */
const WAITS = `
import signal
from press9 import Press9
print(Press9().child.pid, flush=True)
signal.pause()
`;

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

sayWithoutPython('examples/python was not tried');

describe.skipIf(!hasPython)('examples/python: a clinic tests its application against press9 serve', () => {
  it('passes', async () => {
    const child = python('-W', 'error', '-m', 'unittest');
    let says = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      says += text;
    });
    const [code] = await once(child, 'close');
    expect(says).toMatch(/Ran 3 tests[\s\S]*OK/);
    expect(code).toBe(0);
  }, 60_000);

  it.each(['SIGINT', 'SIGTERM'] as const)(
    'takes press9 with it when it is stopped by %s',
    async (signal) => {
      const child = python('-c', WAITS);
      const [pid] = (await once(child.stdout as NonNullable<typeof child.stdout>, 'data')) as [Buffer];
      expect(isAlive(Number(pid))).toBe(true);
      child.kill(signal);
      await once(child, 'close');
      expect(isAlive(Number(pid))).toBe(false);
    },
    60_000,
  );
});
