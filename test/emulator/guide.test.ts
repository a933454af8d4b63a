import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { SETTING_NAMES } from '../../src/commands/config-table.ts';
import type { Ready } from '../../src/commands/serve-banner.ts';
import { describeServe } from '../../src/commands/serve-options.ts';
import { BIN, firstLine } from '../kit/cli.ts';
import { type Server, serve } from '../kit/server.ts';
import { ROOT } from '../source-files.ts';

const guide = readFileSync(join(ROOT, 'docs/emulator.md'), 'utf8');

const hasCurl = spawnSync('curl', ['--version']).status === 0;
if (!hasCurl)
  process.stderr.write('\n!!! SKIPPED: the commands of docs/emulator.md were not tried, because curl is not installed.\n\n');

const blocks = [...guide.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, text = '']) => text);
const variables = blocks.find((text) => text.startsWith('API=')) ?? '';
const commands = [
  ...blocks.filter((text) => text.startsWith('curl ')),
  ...[...guide.matchAll(/^\| `(curl [^`]+)` \|/gm)].map(([, text = '']) => text),
];

describe('docs/emulator.md', () => {
  it('has every option of press9 serve, and no other', () => {
    const [, section = ''] = guide.split('\n## Options\n');
    const told = new Set(section.split('\n## ')[0]?.match(/--[a-z][a-z-]+/g));
    const options = describeServe().options.flatMap(({ long }) => long ?? []);
    expect([...told].toSorted()).toEqual([...new Set([...options, '--config'])].toSorted());
  });

  it('has every setting of the emulator', () => {
    for (const name of SETTING_NAMES.filter((one) => one.startsWith('emulator.'))) expect(guide).toContain(`| \`${name}\` |`);
  });
});

describe.runIf(hasCurl)('the commands of docs/emulator.md', () => {
  let press9: ChildProcess;
  let ready: Ready;
  let app: Server;
  let call = '';

  const ask = async <T>(method: string, path: string, body: unknown = {}): Promise<T> => {
    const init = method === 'GET' ? {} : { body: JSON.stringify(body) };
    const response = await fetch(`${ready.control}${path}`, { method, ...init });
    return (await response.json()) as T;
  };

  /** Asks for a call to whoever lets it ring. */
  async function connect(): Promise<string> {
    const { url, sid, key, token, flows } = ready;
    const response = await fetch(`${url}/v1/Accounts/${sid}/Calls/connect.json`, {
      method: 'POST',
      headers: { authorization: `Basic ${btoa(`${key}:${token}`)}` },
      body: new URLSearchParams({
        From: '9876500002',
        CallerId: '08047112345',
        Url: flows[0]?.url ?? '',
        StatusCallback: app.url,
      }),
    });
    return ((await response.json()) as { Call: { Sid: string } }).Call.Sid;
  }

  beforeAll(async () => {
    app = await serve((_request, response) => response.end());
    const args = [BIN, 'serve', '--port', '0', '--json', '--quiet', '--tls', '--tls-port', '0', '--clock', 'virtual'];
    press9 = spawn(process.execPath, [...args, '--store', 'memory:'], { cwd: ROOT, stdio: ['ignore', 'pipe', 'ignore'] });
    const line = await firstLine(press9);
    ready = JSON.parse(line) as Ready;
    await ask('POST', '/seed', { people: [{ number: '9876500002', does: 'manual' }] });
  }, 60_000);

  afterAll(async () => {
    press9.kill();
    await app.close();
  });

  beforeEach(async () => {
    call = await connect();
    await ask('POST', '/clock/advance', { by: '2s' });
  });

  afterEach(async () => {
    await ask('PUT', '/account', { standing: 'active' });
    await ask('POST', '/reset');
  });

  /** As somebody who pastes it behind the variables; fails where the emulator says no. */
  async function shell(text: string): Promise<{ code: number; out: string }> {
    const curl = `curl() { command curl -sS --fail-with-body "$@"; }`;
    const here = variables
      .replaceAll('http://127.0.0.1:4010', ready.url)
      .replace('@127.0.0.1:4010', `@${new URL(ready.url).host}`);
    const script = `set -e\n${here}CALL=${call}\nID=${call}-callback-end\n${curl}\n${text}`;
    // A group of its own, so that a stream without an end can be stopped.
    const child = spawn('bash', ['-c', script], { cwd: ROOT, detached: true });
    let out = '';
    child.stdout.setEncoding('utf8').on('data', (piece: string) => {
      out += piece;
      if (out.startsWith(': press9') && child.pid !== undefined) process.kill(-child.pid);
    });
    child.stderr.setEncoding('utf8').on('data', (piece: string) => {
      out += piece;
    });
    const [code] = (await once(child, 'close')) as [number | null];
    return { code: code ?? 0, out };
  }

  it.each(commands)('%s', async (text) => {
    if (text.includes('$ID')) {
      await ask('POST', `/calls/${call}/decline`);
      await ask('POST', '/clock/run');
    }
    const { code, out } = await shell(text);
    expect(out).not.toMatch(/"error":"|RestException/);
    expect(code, out).toBe(0);
    expect(out).not.toBe('');
  });
});
