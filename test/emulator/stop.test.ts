import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { press9 } from '../kit/cli.ts';
import { crashCall, crashOptions, type Listeners, openListeners } from '../kit/crash-stage.ts';
import { killAll, type ServeProcess, serveProcess, until } from '../kit/serve-process.ts';

let folder: string;
let listeners: Listeners;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'press9-stop-'));
  listeners = await openListeners();
});
afterEach(async () => {
  await killAll();
  await listeners.close();
  rmSync(folder, { recursive: true });
});

async function askForCall({ url }: ServeProcess, i: number): Promise<void> {
  const headers = { authorization: `Basic ${Buffer.from('press9key:press9token').toString('base64')}` };
  const there = `${url}/v1/Accounts/press9/Calls/connect.json`;
  const response = await fetch(there, { method: 'POST', headers, body: crashCall(i, listeners) });
  expect(response.status).toBe(200);
}

/** Five calls whose callbacks go to the server that never answers. */
const SILENT = [10, 11, 12, 13, 14];

describe('press9 serve', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)('%s ends it with 0, calls under way and a callback unanswered', async (signal) => {
    const server = await serveProcess(crashOptions(folder, listeners), { PRESS9_EMULATOR_CALLBACK_TIMEOUT: '4h' });
    for (const i of SILENT) await askForCall(server, i);
    await until(() => listeners.of.silent.requests.length > 0);
    const ended = await server.kill(signal);
    expect(ended).toEqual({ code: 0, signal: null });
    expect(server.log()).not.toMatch(/TROUBLE|bug/);
    listeners.heal();
    const again = await serveProcess(crashOptions(folder, listeners));
    await until(async () => {
      const { callbacks } = (await again.control('callbacks')) as { callbacks: readonly { state: string }[] };
      return callbacks.length > SILENT.length && callbacks.every(({ state }) => state === 'delivered');
    });
    expect(again.log()).toContain('left over from an earlier run');
  });

  it('refuses a store on which another one runs, and goes on when that is gone', async () => {
    const options = crashOptions(folder, listeners);
    const first = await serveProcess(options);
    const { code, err } = await press9(['serve', '--port', '0', ...options]);
    expect(code).toBe(2);
    expect(err).toBe(
      `press9: Another emulator is running on ${join(folder, 'emulator.db')}, or another program holds it.\n        Stop that one, or name another file; memory: keeps nothing.\n`,
    );
    await askForCall(first, 0);
    await first.kill('SIGKILL');
    const third = await serveProcess(options);
    await askForCall(third, 1);
  });
});
