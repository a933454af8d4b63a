import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { get } from 'node:https';
import { afterEach, expect, it } from 'vitest';
import type { Ready } from '../../src/commands/serve-banner.ts';
import { BIN, firstLine } from '../kit/cli.ts';
import { ROOT } from '../source-files.ts';

let press9: ChildProcess | undefined;
afterEach(() => void press9?.kill());

it('press9 serve --tls answers for api.exotel.com to whoever trusts its certificate', async () => {
  const args = [BIN, 'serve', '--tls', '--tls-port', '0', '--port', '0', '--json', '--store', 'memory:'];
  press9 = spawn(process.execPath, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] });
  const line = await firstLine(press9);
  const { control, tlsUrl = '', sid, key, token } = JSON.parse(line) as Ready;
  const port = Number(new URL(tlsUrl).port);
  const ca = await (await fetch(`${control}/certificate`)).text();
  const path = `/v1/Accounts/${sid}/Calls.json`;
  const asked = get({ host: '127.0.0.1', port, servername: 'api.exotel.com', ca, path, auth: `${key}:${token}`, agent: false });
  const [response] = await once(asked, 'response');
  expect(response.statusCode).toBe(200);
  response.destroy();
});
