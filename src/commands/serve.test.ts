import { existsSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ASHA, ask, basic, flowOf, HELLO, MENU } from '../../test/kit/emulator.ts';
import { type ServeFolder, type Serving, serveFolder } from '../../test/kit/serving.ts';
import { UserError } from '../core/problem.ts';
import type { Ready } from './serve-banner.ts';

let folder: ServeFolder;

beforeEach(() => {
  folder = serveFolder();
  folder.write('flows/hello/flow.xml', flowOf('hello', HELLO));
});
afterEach(() => folder.remove());

const readyOf = (serving: Serving): Ready => JSON.parse(serving.out().split('\n')[0] ?? '');
const json = async (...args: string[]) => {
  const serving = await folder.serve(['--json', ...args]);
  return { ...serving, ready: readyOf(serving) };
};

async function connect({ url, sid, key, token, flows, exophone }: Ready, more: Readonly<Record<string, string>> = {}) {
  const fields = { From: ASHA, CallerId: exophone, Url: flows[0]?.url ?? '', ...more };
  return ask('POST', `${url}/v1/Accounts/${sid}/Calls/connect.json`, fields, { authorization: basic(key, token ?? '') });
}

const refusal = async (args: readonly string[]): Promise<string> => {
  const error = await folder.serve(args).catch((thrown: unknown) => thrown);
  if (error instanceof UserError) return `${error.message}${error.advice ? ` ${error.advice}` : ''}`;
  return error instanceof Error ? error.message : 'nothing is wrong with it';
};

describe('press9 serve', () => {
  it('prints what an application needs, with a curl to copy', async () => {
    const serving = await folder.serve();
    const banner = serving.out();
    const url = /API {6}(\S+)/.exec(banner)?.[1] ?? '';
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    for (const line of [
      'sid      press9',
      'key      press9key',
      'token    press9token',
      `page     ${url}/`,
      'clock    real',
      'exoml/start_voice/',
      "curl 'http://press9key:press9token@",
    ])
      expect(banner).toContain(line);
    expect((await ask('GET', url)).text).toContain('No calls yet.');
    expect(await serving.stop()).toBe(0);
  });

  it('prints one line of JSON for programs, and its log to standard error', async () => {
    const { ready, out, err } = await json();
    expect(ready).toEqual({
      press9: expect.any(String),
      url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      sid: 'press9',
      key: 'press9key',
      token: 'press9token',
      control: `${ready.url}/_press9`,
      exophone: expect.stringMatching(/^0\d{10}$/),
      flows: [
        {
          app: expect.stringMatching(/^\d{6}$/),
          name: 'hello',
          url: expect.stringContaining('http://my.exotel.com/press9/exoml/start_voice/'),
        },
      ],
      clock: { kind: 'real', ist: expect.stringMatching(/\+05:30$/) },
      store: expect.any(String),
      pid: process.pid,
    });
    expect((await connect(ready)).status).toBe(200);
    expect(out().split('\n')).toHaveLength(2);
    expect(err()).toMatch(/^\d\d:\d\d:\d\d request {2}POST \/v1\/Accounts\/press9\/Calls\/connect\.json 200 \d+ ms$/m);
  });

  it('ends with 1 when something was violated, and says so', async () => {
    folder.write('seed.yaml', `dnc: ["${ASHA}"]\n`);
    const serving = await json('--seed', 'seed.yaml');
    await connect(serving.ready);
    expect(await serving.stop()).toBe(1);
    expect(serving.err()).toContain('VIOLATION a call to +91 98xxxxx210 that should not go out');
    expect(serving.err()).toMatch(/press9: 1 violation: what went out would have been stopped by your rules\.\n$/);
  });

  it('refuses what the rules stop with --enforce, and says only what matters with --quiet', async () => {
    folder.write('seed.yaml', `dnc: ["${ASHA}"]\n`);
    const serving = await json('--seed', 'seed.yaml', '--enforce', '--quiet');
    expect((await connect(serving.ready)).text).toContain('Refused by press9 --enforce');
    expect(await serving.stop()).toBe(0);
    expect(serving.err()).toBe('');
  });

  it('has a clock that stands where it was told to, until it is moved', async () => {
    const { ready } = await json('--clock', 'virtual', '--at', '2026-11-22T10:00');
    expect(ready.clock).toEqual({ kind: 'virtual', ist: '2026-11-22T10:00:00.000+05:30' });
    await connect(ready);
    const moved = await ask('POST', `${ready.control}/clock/run`);
    expect(moved.json).toMatchObject({ kind: 'virtual', underWay: 0 });
  });

  it('speaks TLS too, and is known by names that were allowed', async () => {
    const { ready } = await json('--tls', '--tls-port', '0', '--allow-host', 'press9.test');
    expect(ready.tlsUrl).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/);
    expect((await ask('GET', ready.url)).status).toBe(200);
  });

  it('keeps calls beside its store', async () => {
    const first = await json('--store', 'store.db', '--clock', 'virtual', '--at', '2026-11-22T10:00');
    await connect(first.ready);
    await first.stop();
    expect(existsSync(`${folder.cwd}/emulator.db`)).toBe(true);
    const second = await json('--store', 'store.db', '--clock', 'virtual', '--at', '2026-11-22T10:00');
    expect(second.err()).toContain('left over from an earlier run: 1 call under way then have failed');
    expect((await ask('GET', `${second.ready.control}/calls`)).json).toMatchObject({ total: 1, calls: [{ status: 'failed' }] });
  });

  it('serves the examples of press9 where there are no flows', async () => {
    const elsewhere = serveFolder();
    const serving = await elsewhere.serve(['--json']);
    expect(readyOf(serving).flows.map(({ name }) => name)).toContain('appointment-reminder');
    await elsewhere.remove();
  });
});

describe('a seed file', () => {
  it('names account, ExoPhones and people', async () => {
    folder.write(
      'seed.yaml',
      `account: { sid: clinic, key: k, token: secret }\nexophones: [08047119999]\npeople:\n  - { number: "98765*", does: busy }\n`,
    );
    const { ready, out, err } = await json('--seed', 'seed.yaml');
    expect(ready).toMatchObject({ sid: 'clinic', key: 'k', exophone: '08047119999' });
    expect(ready).not.toHaveProperty('token');
    expect((await connect({ ...ready, token: 'secret' })).status).toBe(200);
    expect((await connect({ ...ready, token: 'secret' }, { CallerId: '08047110000' })).status).toBe(400);
    expect(out() + err()).not.toContain('secret');
  });

  it.each([
    [
      'exophones:\n  - { number: "08047112345", flow: helo }\n',
      'seed.yaml:2:36: exophones.0.flow: there is no flow "helo". Did you mean "hello"?',
    ],
    ['people:\n  - number: 9876543210\n    does: dance\n', 'seed.yaml:3:11: people.0.does: a callee cannot "dance"'],
    ['dnc:\n  - 9876543210\n  - x\n', 'seed.yaml:3:5: dnc.1: "x" is no phone number'],
    ['exophones: [08047112345, "12"]\n', 'seed.yaml:1:26: exophones.1: "12" is no phone number'],
    ['people:\n  - does: busy\n', 'seed.yaml:2:5: people.0.number: '],
    ['poeple: []\n', 'seed.yaml:1:1: the seed: Unrecognized key: "poeple"'],
    ['account:\n  sid: "a/b"\n', 'seed.yaml:2:8: account.sid: letters, digits, - and _'],
    ['people: [\n', 'seed.yaml:2:1: the seed is no YAML: '],
    ['a: &a [*b]\n', 'seed.yaml:1:1: the seed is no YAML: '],
    ['hello\n', 'seed.yaml:1:1: the seed: '],
  ])('with a mistake is refused at its place: %j', async (text, says) => {
    folder.write('seed.yaml', text);
    expect(await refusal(['--seed', 'seed.yaml'])).toContain(says);
  });

  it('that is not there is refused', async () => {
    expect(await refusal(['--seed', 'nowhere.yaml'])).toBe('The seed nowhere.yaml cannot be read: there is no such file.');
    expect(await refusal(['--seed', 'flows'])).toBe('The seed flows cannot be read: it is a folder.');
  });
});

describe('what cannot be', () => {
  it.each([
    [['--host', '0.0.0.0'], '--host 0.0.0.0 lets others reach the emulator: it needs a --token.'],
    [['--at', '2026-11-22T10:00'], '--at is for the virtual clock. Add --clock virtual.'],
    [['--clock', 'virtual', '--speed', '2'], '--speed is for the real clock.'],
    [['--at', 'soon', '--clock', 'virtual'], 'Use an instant such as 2026-11-22T10:00.'],
    [['--port', '70000'], 'Use a number from 0 to 65535'],
    [['--speed', '0'], 'Use a number above 0, 1000 at most.'],
    [['--callback-retries', '5m,x'], 'Use durations such as 5m,15m.'],
    [['--country', 'ZZ'], '--country ZZ is no country code. Use two letters, such as IN.'],
    [['--token', 'SECRET'], '--token is for a --host that others can reach.'],
    [['--tls-port', '4444'], '--tls-port is for TLS. Add --tls.'],
    [['--route', 'https://clinic.example'], 'route: "https://clinic.example" does not say from where to where. Write https://'],
    [['--route', 'clinic.example=http://localhost'], 'route: "clinic.example" is no server such as https://clinic.example'],
    [['--route', 'https://a.example/x=http://localhost'], 'route: "https://a.example/x" is no server'],
    [
      ['--route', 'https://a.example=http://localhost', '--route', 'https://A.example/=http://localhost:1'],
      'route: https://a.example has a route already.',
    ],
    [['--flows', 'nowhere'], 'There is no file or folder nowhere.'],
    [['--host', '203.0.113.1', '--token', 't'], '--host 203.0.113.1 is no address of this machine.'],
    [['--store', 'flows'], 'flows is a folder, not a store.'],
    [['--store', 'flows/hello/flow.xml'], 'flow.xml'],
  ])('is refused before anything begins: %j', async (args, says) => {
    expect(await refusal(args)).toContain(says);
  });

  it('is a port that is taken, and nothing is left open', async () => {
    const other = createServer();
    await new Promise<void>((open) => other.listen(0, '127.0.0.1', open));
    const { port } = other.address() as AddressInfo;
    expect(await refusal(['--port', String(port)])).toBe(
      `Port ${port} is taken: another program listens there. Name another with --port; 0 takes any that is free.`,
    );
    expect(await refusal(['--tls', '--tls-port', String(port)])).toContain('Name another with --tls-port');
    await new Promise((closed) => other.close(closed));
  });
});

describe('open to others, with a token', () => {
  it('the control plane and the page want it, however their address is spelled; the API has its own credentials', async () => {
    const { ready } = await json('--host', '0.0.0.0', '--token', 'hush');
    expect(ready.token).not.toBe('press9token');
    const url = ready.url.replace('0.0.0.0', '127.0.0.1');
    for (const path of [
      '/_press9',
      '//_press9/clock',
      '/%5fpress9/clock',
      '/_PRESS9/Clock',
      '/',
      '//',
      '/?token=wrong',
      '/_press9/events',
    ])
      expect([path, (await ask('GET', `${url}${path}`)).status]).toEqual([path, 401]);
    expect((await ask('POST', `${url}//_press9/reset`)).json).toEqual({ error: expect.stringContaining('--token as a bearer') });
    expect((await ask('GET', `${url}/_press9/clock`, undefined, { authorization: 'Bearer hush' })).status).toBe(200);
    expect((await ask('GET', `${url}/?token=hush`)).status).toBe(200);
    expect((await connect({ ...ready, url })).status).toBe(200);
  });
});

it('a menu that is named in the list of flows takes a call by its name too', async () => {
  folder.write('flows/menu/flow.xml', flowOf('menu', MENU));
  const { ready } = await json();
  expect(ready.flows.map(({ name }) => name)).toEqual(['hello', 'menu']);
  expect((await connect(ready, { Url: 'http://my.exotel.com/exoml/start/menu' })).status).toBe(200);
});

describe('with a store file', () => {
  const VIRTUAL = ['--store', 'dnc.db', '--clock', 'virtual', '--at'] as const;

  it('calls to one number that are asked for at once are judged one after the other', async () => {
    const { ready } = await json('--enforce', ...VIRTUAL, '2026-01-05T10:00');
    const answers = await Promise.all(Array.from({ length: 8 }, () => connect(ready)));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, ...Array(7).fill(403)]);
  });

  it('virtual time never begins before what the store tells of', async () => {
    const { ready, stop } = await json(...VIRTUAL, '2030-01-01T10:00');
    const sms = { From: 'CLINIC', To: '09876500009', Body: 'Hello' };
    await ask('POST', `${ready.url}/v1/Accounts/press9/Sms/send.json`, sms, { authorization: basic('press9key', 'press9token') });
    await ask('POST', `${ready.control}/clock/advance`, JSON.stringify({ by: '30s' }));
    await stop();
    const again = await json(...VIRTUAL, '2026-01-01T10:00');
    expect(again.ready.clock.ist).toMatch(/^2030-01-01T10:00:0[1-9]/);
  });
});
