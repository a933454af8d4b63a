import { afterEach, describe, expect, it } from 'vitest';
import { ASHA, app, ask, type Bed, bed, closeAll, LINE, MENU } from '../kit/emulator.ts';

/* The control plane, over HTTP as programs in other languages use it. */

afterEach(closeAll);

const MANUAL = { people: [{ number: ASHA, does: 'manual' }] };
const statusOf = async (emulator: Bed, sid: string) => (await emulator.fetchCall(sid))['Status'];

describe('a call', () => {
  it.each([
    ['answer', 'completed'],
    ['decline', 'busy'],
    ['ignore', 'no-answer'],
    ['machine', 'completed'],
  ])('that rings does as it is told: %s', async (act, status) => {
    const emulator = await bed({ seed: MANUAL });
    const sid = await emulator.call();
    await emulator.advance('2s');
    expect(await statusOf(emulator, sid)).toBe('ringing');
    expect((await emulator.control('POST', `calls/${sid}/${act}`, {})).json).toEqual({ ok: true });
    await emulator.control('POST', 'clock/run');
    expect(await statusOf(emulator, sid)).toBe(status);
    expect((await emulator.control('POST', `calls/${sid}/${act}`, {})).status).toBe(404);
  });

  it('is pressed in, heard and hung up', async () => {
    const emulator = await bed({ flows: { menu: MENU } });
    const sid = await emulator.call();
    await emulator.control('POST', `calls/${sid}/press`, { keys: '1' });
    await emulator.control('POST', 'clock/run');
    const { json } = await emulator.control('GET', `calls/${sid}`);
    expect(json).toMatchObject({ call: { sid, status: 'completed', digits: '1' } });
    expect(JSON.stringify(json)).toContain('Press 1 or 9.');
    const other = await emulator.call({ From: '09876500001' });
    await emulator.advance('4s');
    await emulator.control('POST', `calls/${other}/hang-up`, {});
    await emulator.control('POST', 'clock/run');
    expect(await statusOf(emulator, other)).toBe('completed');
  });

  it('has an agent who takes it, and puts it down', async () => {
    const agent = '09876500001';
    const emulator = await bed({
      seed: {
        people: [
          { number: ASHA, does: 'answer:1s' },
          { number: agent, does: 'manual' },
        ],
      },
    });
    const sid = await emulator.call({ To: agent });
    await emulator.advance('5s');
    expect((await emulator.control('POST', `calls/${sid}/hang-up`, { leg: 2 })).json).toEqual({
      error: 'phone 2 is not on the call',
    });
    expect((await emulator.control('POST', `calls/${sid}/answer`, { leg: 3 })).json).toEqual({ error: 'phone 3 does not ring' });
    await emulator.control('POST', `calls/${sid}/answer`, { leg: 2 });
    await emulator.advance('7s');
    await emulator.control('POST', `calls/${sid}/hang-up`, { leg: 2 });
    await emulator.control('POST', 'clock/run');
    expect((await emulator.calls())[0]).toMatchObject({ status: 'completed', legs: [{}, { state: 'completed' }] });
  });

  it('comes in from a customer, who may press at once', async () => {
    const emulator = await bed({ flows: { menu: MENU } });
    const answer = await emulator.control('POST', 'calls', { from: '98765 43210', keys: '1' });
    expect(answer.json).toMatchObject({ ok: true, call: { facts: { direction: 'inbound' }, from: '+919876543210' } });
    await emulator.control('POST', 'clock/run');
    expect((await emulator.control('GET', 'calls?limit=1')).json).toMatchObject({
      total: 1,
      calls: [{ status: 'completed', digits: '1' }],
    });
  });

  it.each([
    [{ from: 'Asha' }, 400, /^from is no phone number: /],
    [{ from: ASHA, to: '12' }, 400, /^to is no phone number: /],
    [{ from: ASHA, flow: 'nowhere' }, 400, /"nowhere" is not there$/],
    [{ from: ASHA, keys: 'x' }, 400, /^keys: "x" is no key/],
    [{}, 400, /^from: /],
    [[], 400, /^the body: /],
  ])('that cannot come in is told why: %j', async (body, status, error) => {
    const emulator = await bed();
    expect(await emulator.control('POST', 'calls', body)).toMatchObject({
      status,
      json: { error: expect.stringMatching(error) },
    });
  });
});

describe('the clock', () => {
  it('tells its time, and is moved', async () => {
    const emulator = await bed();
    await emulator.call();
    expect((await emulator.control('GET', 'clock')).json).toMatchObject({
      ist: '2026-01-05T10:00:00.000+05:30',
      kind: 'virtual',
      underWay: 1,
    });
    expect((await emulator.control('POST', 'clock/advance', { by: '90m' })).json).toMatchObject({
      ist: '2026-01-05T11:30:00.000+05:30',
      underWay: 0,
    });
  });

  it.each([{ by: 'soon' }, { by: '-5s' }, { by: 5 }, {}, { by: '5s', more: 1 }])('cannot be moved by %j', async (body) => {
    const emulator = await bed();
    expect((await emulator.control('POST', 'clock/advance', body)).status).toBe(400);
  });

  it('that is real cannot be moved', async () => {
    const emulator = await bed({ clock: 'real' });
    expect(await emulator.control('POST', 'clock/run')).toMatchObject({
      status: 409,
      json: { error: expect.stringMatching(/^the clock is real/) },
    });
  });

  it('does not have to be moved for a callback that is delivered by hand', async () => {
    const server = await app();
    const emulator = await bed();
    await emulator.call({ StatusCallback: server.url });
    await emulator.run();
    const { json } = await emulator.control('GET', 'callbacks');
    const [{ id }] = (json as { callbacks: [{ id: string }] }).callbacks;
    const answer = await emulator.control('POST', `callbacks/${id}/redeliver`);
    expect(answer.json).toMatchObject({ id, state: 'delivered', attempts: [{ ok: true }, { ok: true }] });
    expect(server.requests).toHaveLength(2);
    expect((await emulator.control('POST', 'callbacks/nobody/redeliver')).status).toBe(404);
  });
});

describe('faults', () => {
  it('make requests fail as often as ordered, on the paths that were named', async () => {
    const emulator = await bed();
    await emulator.control('POST', 'faults', { on: 'api', does: 'status', status: 503, times: 2, path: '*/Calls*' });
    expect((await emulator.get('IncomingPhoneNumbers.json')).status).toBe(200);
    expect((await emulator.get('Calls.json')).json).toEqual({ RestException: { Status: 503, Message: 'Service Unavailable' } });
    expect((await emulator.get('calls')).status).toBe(503);
    expect((await emulator.get('Calls.json')).status).toBe(200);
    expect((await emulator.control('GET', 'faults')).json).toEqual({ faults: [] });
  });

  it('drop a connection, and slow one down', async () => {
    const emulator = await bed();
    await emulator.control('POST', 'faults', { on: 'api', does: 'drop' });
    await expect(emulator.get('Calls.json')).rejects.toThrow('fetch failed');
    await emulator.control('POST', 'faults', { on: 'api', does: 'slow', by: '20ms' });
    expect((await emulator.get('Calls.json')).status).toBe(200);
  });

  it('are forgotten', async () => {
    const emulator = await bed();
    await emulator.control('POST', 'faults', { on: 'api', does: 'status', status: 429, times: 9 });
    await emulator.control('DELETE', 'faults');
    expect((await emulator.get('Calls.json')).status).toBe(200);
  });

  it.each([
    {},
    { on: 'api', does: 'explode' },
    { on: 'api', does: 'status', status: 200 },
    { on: 'callbacks', does: 'delay', by: 'x' },
  ])('that mean nothing are refused: %j', async (fault) => {
    const emulator = await bed();
    expect((await emulator.control('POST', 'faults', fault)).status).toBe(400);
  });

  it('let the callbacks of a call come in another order', async () => {
    const server = await app();
    const emulator = await bed();
    await emulator.control('POST', 'faults', { on: 'callbacks', does: 'reorder', url: `${server.url}*` });
    await emulator.call({
      StatusCallback: server.url,
      StatusCallbackEvents: 'ringing,terminal',
      StatusCallbackContentType: 'application/json',
    });
    await emulator.run();
    expect(server.requests.map(({ body }) => JSON.parse(body)['EventType'])).toEqual(['terminal', 'ringing']);
  });
});

describe('a reset', () => {
  it('forgets calls, messages, callbacks, violations and faults, and what was under way goes nowhere', async () => {
    const server = await app((_request, response) => response.writeHead(500).end());
    const emulator = await bed({ seed: { dnc: ['09876500001'] }, callbackRetries: ['5m'] });
    await emulator.call({ StatusCallback: server.url });
    await emulator.run().then(() => emulator.call({ From: '09876500001', StatusCallback: server.url }));
    await emulator.post('Sms/send', { From: LINE, To: ASHA, Body: 'Hello', StatusCallback: server.url });
    await emulator.control('POST', 'faults', { on: 'api', does: 'drop', path: '*/Nobody' });
    await emulator.control('PUT', 'account', { standing: 'expired' });
    await emulator.advance('4s');
    const before = server.requests.length;
    await emulator.control('POST', 'reset');
    await emulator.run();
    expect(server.requests.length).toBe(before);
    expect([await emulator.calls(), await emulator.messages(), await emulator.callbacks(), emulator.violations()]).toEqual([
      [],
      [],
      [],
      [],
    ]);
    expect((await emulator.control('GET', 'faults')).json).toEqual({ faults: [] });
    expect((await emulator.control('GET', 'clock')).json).toMatchObject({ underWay: 0 });
    await emulator.call({ From: '09876500001' });
    expect(emulator.violations()).toHaveLength(1);
  });
});

describe('the stream of events', () => {
  it('tells of everything as it happens, until the watcher leaves', async () => {
    const emulator = await bed();
    const watching = new AbortController();
    const response = await fetch(`${emulator.url}/_press9/events`, { signal: watching.signal });
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    await emulator.call({ StatusCallback: 'http://u:secret@127.0.0.1:9/' });
    await emulator.post('Sms/send', { From: LINE, To: ASHA, Body: 'Hello' });
    await emulator.run();
    let heard = '';
    for await (const piece of response.body ?? []) {
      heard += new TextDecoder().decode(piece);
      if (
        ['call', 'event', 'message', 'post'].every((type) => heard.includes(`event: ${type}\ndata: {`)) &&
        heard.includes('"type":"ended"')
      )
        break;
    }
    watching.abort();
    expect(heard).toMatch(/^: press9\n\n/);
    expect(heard).not.toContain('secret');
  });
});

it('the stream ends with the emulator, and keeps nobody from ending it', async () => {
  const emulator = await bed();
  const response = await fetch(`${emulator.url}/_press9/events`);
  const rest = response.text();
  await emulator.close();
  expect(await rest).toBe(': press9\n\n');
});

it('is described by a document that names every route', async () => {
  const emulator = await bed();
  const { json } = await emulator.control('GET', 'openapi.json');
  const { paths, openapi } = json as { openapi: string; paths: Record<string, Record<string, { operationId: string }>> };
  expect(openapi).toBe('3.1.0');
  const operations = Object.values(paths).flatMap((path) => Object.values(path).map(({ operationId }) => operationId));
  expect(new Set(operations).size).toBe(operations.length);
  const others = ['/_press9/events', '/_press9/certificate'];
  expect(Object.keys(paths)).toEqual(expect.arrayContaining(others));
  for (const path of Object.keys(paths).filter((one) => paths[one]?.['get'] && !one.includes('{') && !others.includes(one)))
    expect([path, (await ask('GET', `${emulator.url}${path}`)).status]).toEqual([path, 200]);
  expect((await emulator.control('GET', '')).json).toMatchObject({
    sid: 'press9',
    clock: { kind: 'virtual' },
    openapi: '/_press9/openapi.json',
  });
  expect(await emulator.control('GET', 'nowhere')).toMatchObject({ status: 404, json: { error: 'No matching results' } });
});

it('a seed may be said at any time, and is refused as a whole', async () => {
  const emulator = await bed();
  const bad = await emulator.control('POST', 'seed', { people: [{ number: '09876500001', does: 'dance' }], dnc: [ASHA, 'x'] });
  expect(bad).toMatchObject({
    status: 400,
    json: { error: expect.stringMatching(/people\.0\.does: .*dnc\.1: "x" is no phone number/) },
  });
  await emulator.call();
  expect(emulator.violations()).toEqual([]);
  expect((await emulator.control('POST', 'seed', { people: [{ number: ASHA, does: 'busy' }] })).json).toMatchObject({
    people: [{ number: '+919876543210' }],
  });
  expect((await emulator.control('GET', 'people')).json).toMatchObject({ people: [{ number: '+919876543210' }] });
});

it('a request that is nearly right is told what is wrong with it', async () => {
  const emulator = await bed({ exophones: [LINE] });
  expect(await emulator.control('GET', 'clock/run')).toMatchObject({
    status: 405,
    json: { error: 'this takes POST, not GET; curl sends it with -X POST' },
  });
  expect(await emulator.control('POST', 'account', { standing: 'active' })).toMatchObject({
    status: 405,
    json: { error: 'this takes PUT, not POST' },
  });
  const wrong = async (fault: unknown) => ((await emulator.control('POST', 'faults', fault)).json as { error: string }).error;
  expect(await wrong({ on: 'api', does: 'explode' })).toMatch(/^does: /);
  expect(await wrong({ on: 'callbacks', does: 'status' })).toMatch(/^does: /);
  expect(await wrong({ on: 'api', does: 'slow', by: '2' })).toMatch(/^by: /);
  expect(await wrong({ does: 'slow' })).toMatch(/^on: /);
  expect(await emulator.control('POST', 'calls', { from: ASHA, to: '08011111111' })).toMatchObject({
    status: 400,
    json: { error: 'to: 08011111111 is no ExoPhone of this account; the seed names them' },
  });
});

it('the log says why a request was refused', async () => {
  const emulator = await bed();
  const { url, sid } = emulator;
  const get = (account: string, headers: Record<string, string>) =>
    ask('GET', `${url}/v1/Accounts/${account}/Calls`, undefined, headers);
  await get('othr', {});
  await get(sid, {});
  await get(sid, { authorization: `Basic ${btoa(`${sid}:wrong`)}` });
  await emulator.post('Calls/connect.json', '{"From":"098",}', { 'content-type': 'application/json' });
  const log = emulator.log.map((line) => line.replace(/ \d+ ms/, ''));
  expect(log).toEqual(
    expect.arrayContaining([
      'request GET /v1/Accounts/othr/Calls 401: the account here is press9',
      'request GET /v1/Accounts/press9/Calls 401: it has no credentials',
      "request GET /v1/Accounts/press9/Calls 401: its key or token is not the account's",
      'request POST /v1/Accounts/press9/Calls/connect.json 400: the body calls itself JSON and is none',
    ]),
  );
});
