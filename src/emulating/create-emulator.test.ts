import { pathToFileURL } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { ASHA, app, ask, basic, bed, closeAll, flowFolder, HELLO, LINE, MENU, sidIn } from '../../test/kit/emulator.ts';
import { createEmulator } from './create-emulator.ts';
import type { EmulatorOptions } from './test-emulator.ts';

afterEach(closeAll);

const PIN = '<Gather id="pin" digits="4" next="bye" noInput="bye"><Say>Your PIN.</Say></Gather><Hangup id="bye"/>';
const problemOf = (options: EmulatorOptions): Promise<string> =>
  createEmulator({ flows: flowFolder({ hello: HELLO }), ...options }).then(
    () => 'nothing is wrong with it',
    (error: Error) => error.message,
  );

describe('an emulator in a test', () => {
  it('is told where it is, and has the same ids and the same time every time', async () => {
    const [one, two] = [await bed(), await bed()];
    expect(one.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(one.url).not.toBe(two.url);
    expect([one.sid, one.key, one.token, one.tlsUrl]).toEqual(['press9', 'press9key', 'press9token', undefined]);
    expect(await one.call()).toBe(await two.call());
    expect((await one.calls()).map(({ createdAt }) => createdAt)).toEqual((await two.calls()).map(({ createdAt }) => createdAt));
  });

  it('runs beside many others that know nothing of it', async () => {
    const all = await Promise.all(Array.from({ length: 10 }, (_, i) => bed({ seed: { dnc: i === 3 ? [ASHA] : [] } })));
    await Promise.all(all.map((one) => one.call()));
    expect(all.map((one) => one.violations().length)).toEqual([0, 0, 0, 1, 0, 0, 0, 0, 0, 0]);
  });

  it('takes flows by a file: URL, and credentials of its own', async () => {
    const flows = pathToFileURL(flowFolder({ hello: HELLO }));
    const emulator = await createEmulator({ flows, credentials: { sid: 'clinic', key: 'k', token: 't' } });
    expect(await emulator.flowUrl('hello')).toMatch(/^http:\/\/my\.exotel\.com\/clinic\/exoml\/start_voice\/\d{6}$/);
    const url = `${emulator.url}/v1/Accounts/clinic/Calls.json`;
    expect((await ask('GET', url, undefined, { authorization: basic('k', 't') })).status).toBe(200);
    expect((await ask('GET', url, undefined, { authorization: basic('press9key', 'press9token') })).status).toBe(401);
    await emulator.close();
  });

  it('sends what a flow and an application ask of production to a server of the test, and shows it as they wrote it', async () => {
    const clinic = await app((_request, response) => response.end('{"ok":true}'));
    const url = 'https://clinic.example/slots';
    const slots = `<Passthru id="slots" url="${url}"><On status="200" next="menu"/><Else next="bye"/></Passthru>`;
    const menu = MENU.replace('<OptOut id="out"', '<OptOut id="out" url="https://clinic.example/opt-outs"');
    const emulator = await bed({ flows: { slots: slots + menu }, routes: { 'https://clinic.example': clinic.url } });
    await emulator.call({ StatusCallback: 'https://clinic.example/status', 'StatusCallbackEvents[0]': 'terminal' });
    await emulator.press(ASHA, '9');
    await emulator.run();
    expect(clinic.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'GET /slots',
      'POST /opt-outs',
      'POST /status',
    ]);
    expect((await emulator.callbacks()).map((post) => [post.url, post.state])).toEqual([
      ['https://clinic.example/opt-outs', 'delivered'],
      ['https://clinic.example/status', 'delivered'],
    ]);
  });

  it('takes only the ExoPhones that were named, and lets their flows take calls', async () => {
    const emulator = await bed({
      flows: { hello: HELLO, menu: MENU },
      exophones: [LINE, { number: '08047119999', name: 'desk', flow: 'menu' }],
    });
    await expect(emulator.call({ CallerId: '08047110000' })).rejects.toThrow('400');
    await emulator.callIn(ASHA, '08047119999');
    expect((await emulator.calls())[0]?.facts.flow).toBe('menu');
    expect((await emulator.get('IncomingPhoneNumbers.json')).text).toContain('08047119999');
  });

  it('listens with TLS too, under a certificate to be trusted, and takes flow URLs of its own addresses', async () => {
    const emulator = await bed({ tls: true });
    expect(emulator.tlsUrl).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/);
    expect(emulator.certificate).toMatch(/^-----BEGIN CERTIFICATE-----/);
    const app = (await emulator.flowUrl('hello')).split('/').at(-1);
    for (const [i, own] of [emulator.url, emulator.tlsUrl].entries())
      expect(await emulator.call({ From: `0987650000${i}`, Url: `${own}/press9/exoml/start_voice/${app}` })).toMatch(/^\w{32}$/);
  });

  it.each([
    [{ at: 'soon' }, 'at: "soon" is no instant such as 2026-11-22T10:00.'],
    [{ lateBy: 'x' }, 'lateBy: "x" is no duration such as 30s or 5m.'],
    [{ callbackRetries: ['5m', 'y'] }, 'callbackRetries: "y" is no duration such as 30s or 5m.'],
    [{ exophones: ['12'] }, 'exophones.0: "12" is no phone number: '],
    [{ seed: { dnc: ['x'] } }, 'seed: dnc.0: "x" is no phone number: '],
    [{ seed: { poeple: [] } as never }, 'seed: the seed: Unrecognized key: "poeple"'],
    [{ exophone: [LINE] }, 'exophone: there is no such option. Did you mean "exophones"?'],
    [{ callbackProfile: 'documentd' }, 'callbackProfile: '],
    [{ clock: 'fast' }, 'clock: '],
    [{ clock: 'real', at: '2026-11-23T10:00' }, 'at: it is for the virtual clock'],
    [{ callbackRetries: '5m,15m' }, 'callbackRetries: '],
    [{ profile: 'X' }, 'profile: '],
    [{ credentials: { sid: 'a b' } }, 'credentials.sid: letters, digits, - and _'],
    [{ credentials: { secret: 'a' } }, 'credentials.secret: there is no such option'],
    [{ routes: { 'https://a.example': 'ftp://b.example' } }, 'route: "ftp://b.example" is no server'],
    [{ flows: '/nowhere/at/all' }, 'There is no flow /nowhere/at/all'],
  ])('cannot be made of %j', async (options, says) => {
    expect(await problemOf(options as EmulatorOptions)).toContain(says);
  });
});

describe('a caller', () => {
  it('presses once they are asked, by the CallSid or by their number', async () => {
    const emulator = await bed({ flows: { pin: PIN } });
    const sid = await emulator.call();
    await emulator.press(sid, '12');
    await emulator.press('98765 43210', '34');
    await emulator.run();
    expect((await emulator.calls())[0]).toMatchObject({ sid, status: 'completed', digits: '1234' });
  });

  it('cannot press what is no key, where no call is, nor after the end of it', async () => {
    const emulator = await bed({ flows: { menu: MENU } });
    const sid = await emulator.call();
    await expect(emulator.press(sid, 'x')).rejects.toThrow(/^press: "x" is no key/);
    await expect(emulator.press('09876500001', '1')).rejects.toThrow('No call 09876500001 is under way.');
    await expect(emulator.press(sid, '1, 1')).rejects.toThrow(`The call ${sid} was over before all of "1, 1" were pressed.`);
    await expect(emulator.press(sid, '1')).rejects.toThrow(`No call ${sid} is under way.`);
  });

  it('calls in, and the flow takes it', async () => {
    const emulator = await bed({ flows: { menu: MENU } });
    const sid = await emulator.callIn('+919876543210');
    await emulator.press(sid, '1');
    expect((await emulator.calls())[0]).toMatchObject({ sid, digits: '1', facts: { direction: 'inbound' } });
    await expect(emulator.callIn('Asha')).rejects.toThrow(/^callIn: from is no phone number/);
  });

  it('presses on the real clock too', async () => {
    const emulator = await bed({
      clock: 'real',
      flows: { menu: MENU },
      seed: { people: [{ number: ASHA, does: 'answer:1ms' }] },
    });
    const sid = await emulator.call();
    await emulator.press(sid, '!1');
    await emulator.run();
    expect((await emulator.calls())[0]).toMatchObject({ sid, digits: '1' });
  });
});

describe('time', () => {
  it('goes on when it is told to, by words and by milliseconds', async () => {
    const emulator = await bed();
    const sid = await emulator.call();
    await emulator.advance('2s');
    expect(await emulator.fetchCall(sid)).toMatchObject({ Status: 'ringing' });
    await emulator.advance(2000);
    expect(await emulator.fetchCall(sid)).toMatchObject({ Status: 'completed' });
    for (const by of ['soon', -1, Number.NaN])
      await expect(emulator.advance(by)).rejects.toThrow(/^advance: ".*" is no duration/);
  });
});

describe('violations', () => {
  it('fail the end of a test, unless they were expected, by their codes or all of them', async () => {
    const make = async () => {
      const emulator = await bed({ seed: { dnc: [ASHA] } });
      await emulator.call();
      return emulator;
    };
    const [plain, all, right, wrong] = await Promise.all([make(), make(), make(), make()]);
    await expect(plain.close()).rejects.toThrow(
      /^1 violation: .*\n {2}a call to \+91 98xxxxx210 that should not go out: DNC_.*\nIf a test means it: emulator\.expectViolations\(\)\.$/,
    );
    expect(all.expectViolations()).toHaveLength(1);
    const code = right.violations()[0]?.reasons[0]?.code ?? '';
    expect(right.expectViolations(code)).toHaveLength(1);
    expect(wrong.expectViolations('HOURS')).toEqual([]);
    await all.close();
    await right.close();
    await expect(wrong.close()).rejects.toThrow(/^1 violation/);
    await wrong.close();
  });

  it('that come after the expected ones fail all the same', async () => {
    const emulator = await bed({ seed: { dnc: [ASHA, '09876500001'] } });
    await emulator.call();
    emulator.expectViolations();
    await emulator.call({ From: '09876500001' });
    await expect(emulator.close()).rejects.toThrow(/^1 violation/);
  });

  it('are told one by one up to ten, and counted beyond', async () => {
    const emulator = await bed({ at: '2026-01-05T23:00' });
    for (let n = 0; n < 12; n++) await emulator.call({ From: `098765000${10 + n}` });
    await expect(emulator.close()).rejects.toThrow(/^12 violations: (?:.*\n){11} {2}and 2 more\n/);
  });

  it('are forgotten by a reset, which fails for those that were not expected', async () => {
    const emulator = await bed({ seed: { dnc: [ASHA] } });
    await emulator.call();
    await expect(emulator.reset()).rejects.toThrow(/^1 violation/);
    expect([emulator.violations(), await emulator.calls()]).toEqual([[], []]);
    await emulator.call();
    emulator.expectViolations();
    await emulator.reset();
    await emulator.call();
    await expect(emulator.close()).rejects.toThrow(/^1 violation/);
  });
});

it('is gone after it was closed', async () => {
  const emulator = await bed();
  await emulator.close();
  await expect(ask('GET', emulator.url)).rejects.toThrow('fetch failed');
});

it('refuses what the rules stop when told to enforce them, and goes by other rules when told so', async () => {
  const night = { at: '2026-01-05T23:00' } as const;
  const enforced = await bed({ ...night, enforce: true });
  await expect(enforced.call()).rejects.toThrow(/^403 .*Refused by press9 --enforce/);
  const list = await bed({ ...night, profile: 'LIST' });
  expect(sidIn({ text: `"Sid":"${await list.call()}"` })).toMatch(/^\w{32}$/);
  expect(list.violations()).toEqual([]);
});
