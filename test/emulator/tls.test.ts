import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { get } from 'node:https';
import { connect } from 'node:tls';
import { afterEach, expect, it } from 'vitest';
import type { Ready } from '../../src/commands/serve-banner.ts';
import { BIN, firstLine } from '../kit/cli.ts';
import { ROOT } from '../source-files.ts';

let press9: ChildProcess | undefined;
afterEach(() => void press9?.kill());

/** What somebody gets who saves the certificate of the port, as docs/emulator.md has it. */
async function certificateOf(port: number): Promise<string> {
  const socket = connect({ host: '127.0.0.1', port, rejectUnauthorized: false });
  await once(socket, 'secureConnect');
  const { raw } = socket.getPeerCertificate();
  socket.destroy();
  return `-----BEGIN CERTIFICATE-----\n${raw.toString('base64')}\n-----END CERTIFICATE-----\n`;
}

it('press9 serve --tls answers for api.exotel.com to whoever trusts its certificate', async () => {
  const args = [BIN, 'serve', '--tls', '--tls-port', '0', '--port', '0', '--json', '--store', 'memory:'];
  press9 = spawn(process.execPath, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] });
  const line = await firstLine(press9);
  const { tlsUrl = '', sid, key, token } = JSON.parse(line) as Ready;
  const port = Number(new URL(tlsUrl).port);
  const ca = await certificateOf(port);
  const path = `/v1/Accounts/${sid}/Calls.json`;
  const asked = get({ host: '127.0.0.1', port, servername: 'api.exotel.com', ca, path, auth: `${key}:${token}`, agent: false });
  const [response] = await once(asked, 'response');
  expect(response.statusCode).toBe(200);
  response.destroy();
});
