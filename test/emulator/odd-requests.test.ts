import { afterEach, describe, expect, it } from 'vitest';
import { ASHA, ask, type Bed, basic, bed, closeAll, LINE, overSocket, sidIn } from '../kit/emulator.ts';

/* What clients in the field get wrong, and what nobody should send: a documented answer each, and nothing leaks. */

afterEach(closeAll);

const multipart = (fields: Readonly<Record<string, string>>, boundary = 'press9'): string =>
  `${Object.entries(fields)
    .map(([name, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`)
    .join('')}--${boundary}--\r\n`;

const wish = async (emulator: Bed) => ({ From: ASHA, CallerId: LINE, Url: await emulator.flowUrl('hello') });
const asForm = (fields: Readonly<Record<string, string>>): string => new URLSearchParams(fields).toString();

/** No place in our sources, no stack, no name of a folder of this machine. */
const LEAK = /\bat \S+ \(|\.ts:\d|node_modules|\/work\/|\/home\/|\/root\/|Error:/;

describe('a body that is labelled as something else', () => {
  it.each([
    ['multipart labelled JSON', multipart, 'application/json'],
    ['multipart labelled as a form', multipart, 'application/x-www-form-urlencoded'],
    ['JSON labelled as a form', JSON.stringify, 'application/x-www-form-urlencoded'],
    ['JSON labelled as text', JSON.stringify, 'text/plain'],
    ['a form labelled JSON', asForm, 'application/json'],
    ['a form labelled multipart', asForm, 'multipart/form-data'],
    ['a form without a label', asForm, ''],
    ['multipart with another boundary than it has', multipart, 'multipart/form-data; boundary=other'],
  ])('is read as what it is: %s', async (_what, write, type) => {
    const emulator = await bed();
    const answer = await emulator.post('Calls/connect.json', write(await wish(emulator)), { 'content-type': type });
    expect(answer).toMatchObject({ status: 200, json: { Call: { From: ASHA, Status: 'in-progress' } } });
  });

  it.each([
    ['JSON that is none', '{"From":', 'application/json'],
    ['a JSON list', '[1]', 'application/json'],
    [
      'multipart that breaks off',
      '--x\r\nContent-Disposition: form-data; name="From"\r\n\r\n098',
      'multipart/form-data; boundary=x',
    ],
    ['multipart that is empty', '--x--', 'multipart/form-data; boundary=x'],
  ])('is refused when nothing can be made of it: %s', async (_what, body, type) => {
    const emulator = await bed();
    const answer = await emulator.post('Calls/connect.json', body, { 'content-type': type });
    expect(answer).toMatchObject({ status: 400, json: { RestException: { Status: 400, Message: 'Invalid Parameters' } } });
    expect(answer.text).not.toMatch(LEAK);
  });
});

describe('a path', () => {
  it.each([
    '/v1/accounts/SID/calls/connect.json',
    '/V1/Accounts/SID/CALLS/Connect.JSON',
    '/v1/Accounts/SID/Calls/connect.json/',
    '//v1//Accounts//SID/Calls//connect.json//',
    '/v1/Accounts/SID/Calls/connect/.json',
    '/v1/Accounts/SID/Calls/connect/',
  ])('is known in this spelling: %s', async (path) => {
    const emulator = await bed();
    const url = `${emulator.url}${path.replace('SID', emulator.sid)}`;
    const answer = await ask('POST', url, await wish(emulator), { authorization: basic(emulator.sid, emulator.token) });
    expect(answer.status).toBe(200);
    expect(answer.type).toBe(`application/${/json/i.test(path) ? 'json' : 'xml'}; charset=utf-8`);
  });

  it('may have .json before the CallSid, behind it, or at both places', async () => {
    const emulator = await bed();
    const sid = await emulator.call();
    for (const path of [`Calls.json/${sid}`, `Calls/${sid}.json`, `Calls.json/${sid}.json`, `calls/${sid}.JSON/`])
      expect(await emulator.get(path)).toMatchObject({ status: 200, json: { Call: { Sid: sid } } });
    expect(await emulator.get(`Calls/${sid}`)).toMatchObject({ status: 200, type: 'application/xml; charset=utf-8' });
  });

  it('may have .json on the other resources too', async () => {
    const emulator = await bed();
    const sent = await emulator.post('SMS/send.json', { From: LINE, To: ASHA, Body: 'Your slot is at 3 PM.' });
    for (const path of [
      `Sms/Messages/${sidIn(sent)}.json`,
      `SMS/messages/${sidIn(sent)}.json`,
      'Numbers/09876543210.json',
      'CustomerWhitelist/09876543210.json',
      'IncomingPhoneNumbers.json',
      'Calls.json',
      'Calls/.json',
    ])
      expect([path, await emulator.get(path)]).toMatchObject([path, { status: 200, type: 'application/json; charset=utf-8' }]);
  });

  it('that nobody knows is a RestException, whatever is in it', async () => {
    const emulator = await bed();
    for (const path of ['Campaigns', 'Calls/%E0%A4', '..%2f..%2fetc/passwd', `Calls/${'9'.repeat(2000)}`, 'Calls/%00', '%']) {
      const answer = await emulator.get(path);
      expect([path, answer]).toMatchObject([path, { type: 'application/xml; charset=utf-8' }]);
      expect(answer.status, path).toBeGreaterThanOrEqual(400);
      expect(answer.status, path).toBeLessThan(500);
      expect(answer.text).not.toMatch(LEAK);
    }
  });
});

describe('names and values', () => {
  it('that nobody knows are passed over and named in the log, without the numbers in them', async () => {
    const emulator = await bed();
    await emulator.call({ CallerType: 'trans', 'X-9876543211': '1' });
    expect(emulator.log).toContainEqual('request CallerType is taken and has no effect here');
    expect(emulator.log.join('\n')).not.toContain('9876543211');
  });

  it('count with their case', async () => {
    const emulator = await bed();
    const { From, ...rest } = await wish(emulator);
    expect(await emulator.post('Calls/connect.json', { ...rest, from: From })).toMatchObject({ status: 400 });
    expect(emulator.log.join('\n')).toContain('The request has from: names count with their case');
  });

  it('may all stand in the address', async () => {
    const emulator = await bed();
    const answer = await emulator.post(`Calls/connect.json?${asForm(await wish(emulator))}`);
    expect(answer.status).toBe(200);
  });

  it('of a body and an address count as the body has them', async () => {
    const emulator = await bed();
    const answer = await emulator.post(`Calls/connect.json?From=09876500000&CallerId=${LINE}`, await wish(emulator));
    expect(answer.json).toMatchObject({ Call: { From: ASHA } });
  });

  it('may be almost a megabyte long', async () => {
    const emulator = await bed();
    const field = 'x'.repeat(1_000_000);
    const sid = await emulator.call({ CustomField: field });
    expect((await emulator.calls()).find((one) => one.sid === sid)?.facts.customField).toBe(field);
    const form = await emulator.post(
      'Calls/connect.json',
      multipart({ ...(await wish(emulator)), From: '09876500001', CustomField: field }),
      {
        'content-type': 'multipart/form-data; boundary=press9',
      },
    );
    expect(form.status).toBe(200);
  });

  it('that are longer altogether are too large', async () => {
    const emulator = await bed();
    const answer = await emulator.post('Calls/connect.json', { ...(await wish(emulator)), CustomField: 'x'.repeat(1_048_576) });
    expect(answer).toMatchObject({ status: 413, json: { RestException: { Status: 413, Message: 'Request Entity Too Large' } } });
  });

  it('may be ten thousand numbers for the whitelist', async () => {
    const emulator = await bed();
    const numbers = Array.from({ length: 10_000 }, (_, i) => `98765${String(i).padStart(5, '0')}`);
    const answer = await emulator.post('CustomerWhitelist.json', { VirtualNumber: LINE, Number: numbers.join(',') });
    expect(answer.json).toMatchObject({ Result: { Total: 10_000, Succeeded: 10_000, Failed: 0 } });
    expect(await emulator.messages()).toHaveLength(10_000);
  });

  it('may be a link to anything but a web page, and are refused', async () => {
    const emulator = await bed();
    for (const url of [
      'file:///etc/passwd',
      'ftp://app.example/x',
      'javascript:alert(1)',
      'data:text/plain,x',
      '//app.example/x',
      'http://',
    ])
      for (const name of ['StatusCallback', 'Url']) {
        const answer = await emulator.post('Calls/connect.json', { ...(await wish(emulator)), [name]: url });
        expect([name, url, answer.status]).toEqual([name, url, 400]);
      }
    expect(await emulator.calls()).toEqual([]);
  });
});

describe('whoever asks', () => {
  it('may have sid or key as name, and no other name or token', async () => {
    const emulator = await bed();
    const url = `${emulator.url}/v1/Accounts/${emulator.sid}/Calls.json`;
    const { sid, key, token } = emulator;
    const statuses = await Promise.all(
      [basic(sid, token), basic(key, token), basic(key, 'wrong'), basic('', token), 'Bearer x', 'Basic', 'Basic %%%', ''].map(
        async (authorization) => (await ask('GET', url, undefined, { authorization })).status,
      ),
    );
    expect(statuses).toEqual([200, 200, 401, 401, 401, 401, 401, 401]);
  });

  it('is told why as the vendor tells it, and how to do better', async () => {
    const emulator = await bed();
    const answer = await overSocket(
      emulator.url,
      `GET /v1/Accounts/${emulator.sid}/Calls HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`,
    );
    expect(answer).toMatch(/^HTTP\/1.1 401 .*www-authenticate: Basic realm="Exotel"/s);
    expect(answer).toContain('<RestException><Status>401</Status><Message>Unauthorized</Message></RestException>');
  });

  it('sees no other account', async () => {
    const emulator = await bed();
    const answer = await ask('GET', `${emulator.url}/v1/Accounts/other/Calls.json`, undefined, {
      authorization: basic(emulator.key, emulator.token),
    });
    expect(answer.status).toBe(401);
  });
});

it('five hundred who ask at once are all answered', async () => {
  const emulator = await bed({ rateLimit: 0 });
  const url = await emulator.flowUrl('hello');
  const asked = Array.from({ length: 500 }, (_, i) => emulator.call({ From: `098765${String(i).padStart(5, '0')}`, Url: url }));
  expect(new Set(await Promise.all(asked)).size).toBe(500);
  await emulator.run();
  expect(new Set((await emulator.calls()).map(({ status }) => status))).toEqual(new Set(['completed']));
});

it('the log has no whole phone number, whatever was asked and however it was spelled', async () => {
  const emulator = await bed({ seed: { dnc: ['9876543210'] } });
  for (const path of [
    'Numbers/98765-43210',
    'Numbers/+91%2098765%2043210',
    'CustomerWhitelist/(098765)43210.json',
    'Nobody/9876543210',
  ])
    await emulator.get(path);
  await emulator.call();
  await emulator.post('CustomerWhitelist', { VirtualNumber: LINE, Number: '98765 43210, 98765-4321' });
  await emulator.post('Sms/send', { From: LINE, To: '98765 43210', Body: 'Hello 98765 43210' });
  await emulator.post('Calls/connect', {
    From: '98765 432',
    CallerId: '98765-43210',
    Url: 'http://my.exotel.com/exoml/start/9876543210',
  });
  await emulator.run();
  expect(emulator.log.length).toBeGreaterThan(8);
  expect(
    emulator.log
      .join('\n')
      .replace(/\b[\da-z]{32}\b/g, '')
      .replace(/%20|[^\da-z\n]/gi, ''),
  ).not.toMatch(/9876543210|919876543/);
});
