import { afterEach, describe, expect, it } from 'vitest';
import { ASHA, app, bed, closeAll } from '../kit/emulator.ts';

/* Flows that ask the user's own server, which is a real one: reference/exotel.md, section 1. */

afterEach(closeAll);

const menu = (
  url: string,
  more = '',
) => `<IvrMenu id="menu" noInput="bye" invalid="bye"><Say>Press 1.</Say><Key digit="1" next="tell"/></IvrMenu>
<Passthru id="tell" url="${url}" ${more}><On status="200" next="yes"/><On status="302" next="no"/></Passthru>
<Greeting id="yes" next="bye"><Say>Yes.</Say></Greeting><Greeting id="no" next="bye"><Say>No.</Say></Greeting><Hangup id="bye"/>`;

const said = async (emulator: Awaited<ReturnType<typeof bed>>, sid: string): Promise<string> =>
  JSON.stringify(((await emulator.control('GET', `calls/${sid}`)).json as { transcript: unknown }).transcript);

describe('a Passthru', () => {
  it('asks with the recorded parameters, in their order, by GET', async () => {
    const server = await app();
    const emulator = await bed({ flows: { tell: menu(`${server.url}/tell`) }, seed: { people: [{ number: ASHA, keys: '1' }] } });
    const sid = await emulator.call({ CustomField: 'order-7' });
    await emulator.run();
    const [request] = server.requests;
    expect([request?.method, request?.path]).toEqual(['GET', '/tell']);
    expect([...(request?.query ?? [])]).toEqual([
      ['CallSid', sid],
      ['CallFrom', ASHA],
      ['CallTo', '08047112345'],
      ['CallStatus', 'in-progress'],
      ['Direction', 'outbound-dial'],
      ['Created', 'Mon, 05 Jan 2026 10:00:00'],
      ['DialCallDuration', '0'],
      ['StartTime', '2026-01-05 10:00:00'],
      ['EndTime', '1970-01-01 05:30:00'],
      ['CallType', 'call-attempt'],
      ['DialWhomNumber', ''],
      ['flow_id', expect.stringMatching(/^\d{6}$/)],
      ['tenant_id', expect.stringMatching(/^\d+$/)],
      ['From', ASHA],
      ['To', '08047112345'],
      ['CurrentTime', '2026-01-05 10:00:04'],
      ['digits', '"1"'],
      ['CustomField', 'order-7'],
    ]);
  });

  it('of a customer who calls has their direction and no CustomField', async () => {
    const server = await app();
    const emulator = await bed({ flows: { tell: menu(server.url) } });
    const sid = await emulator.callIn(ASHA);
    await emulator.press(sid, '1');
    await emulator.run();
    const query = Object.fromEntries(server.requests[0]?.query ?? []);
    expect(query).toMatchObject({ Direction: 'incoming', ForwardedFrom: 'null', CallFrom: ASHA, digits: '"1"' });
    expect(query).not.toHaveProperty('CustomField');
    expect(await emulator.fetchCall(sid)).toMatchObject({ Direction: 'inbound', From: ASHA, Status: 'completed' });
  });

  it.each([
    [200, 'Yes.'],
    [302, 'No.'],
    [404, 'No.'],
    [500, 'No.'],
  ])('answered %i leads to "%s", and a redirect is an answer that is not followed', async (status, hears) => {
    const elsewhere = await app();
    const server = await app((_request, response) => response.writeHead(status, { location: `${elsewhere.url}/there` }).end());
    const emulator = await bed({ flows: { tell: menu(server.url) }, seed: { people: [{ number: ASHA, keys: '1' }] } });
    const sid = await emulator.call();
    await emulator.run();
    expect(await said(emulator, sid)).toContain(hears);
    expect(elsewhere.requests).toEqual([]);
  });

  it('that is asynchronous asks likewise, and the caller does not wait for the answer', async () => {
    const server = await app((_request, response) => response.writeHead(500).end());
    const flow = `<IvrMenu id="menu" noInput="bye" invalid="bye"><Say>Press 1.</Say><Key digit="1" next="tell"/></IvrMenu>
<Passthru id="tell" url="${server.url}/tell" async="true" next="yes"/><Greeting id="yes" next="bye"><Say>Yes.</Say></Greeting><Hangup id="bye"/>`;
    const emulator = await bed({ flows: { tell: flow }, seed: { people: [{ number: ASHA, keys: '1' }] } });
    const sid = await emulator.call();
    await emulator.run();
    expect(Object.fromEntries(server.requests[0]?.query ?? [])).toMatchObject({
      CallSid: sid,
      CallFrom: ASHA,
      CallTo: '08047112345',
      Direction: 'outbound-dial',
      EndTime: '1970-01-01 05:30:00',
      CallType: 'call-attempt',
      digits: '"1"',
    });
    expect(await said(emulator, sid)).toContain('Yes.');
    expect(await emulator.fetchCall(sid)).toMatchObject({ Status: 'completed' });
  });

  it('whose server answers ten megabytes goes the way of a refusal', async () => {
    const server = await app((_request, response) => response.end('x'.repeat(10_000_000)));
    const emulator = await bed({ flows: { tell: menu(server.url) }, seed: { people: [{ number: ASHA, keys: '1' }] } });
    const sid = await emulator.call();
    await emulator.run();
    expect(await said(emulator, sid)).toContain('No.');
    expect(await emulator.fetchCall(sid)).toMatchObject({ Status: 'completed' });
  });

  it('whose server never answers costs the caller its time-out, and no more', async () => {
    const server = await app(() => {});
    const emulator = await bed({
      flows: { tell: menu(server.url, 'timeout="200ms"') },
      seed: { people: [{ number: ASHA, keys: '1' }] },
    });
    const sid = await emulator.call();
    await emulator.run();
    expect(await said(emulator, sid)).toContain('No.');
    expect(await emulator.fetchCall(sid)).toMatchObject({ Status: 'completed' });
  });
});

describe('a Gather that asks its address', () => {
  const gather = (primary: string, fallback?: string) =>
    `<Gather id="slot" url="${primary}"${
      fallback === undefined ? '' : ` fallbackUrl="${fallback}"`
    } next="yes" noInput="bye"/><Greeting id="yes" next="bye"><Say>Yes.</Say></Greeting><Hangup id="bye"/>`;
  const menuJson = JSON.stringify({
    gather_prompt: { text: 'Press 1' },
    max_input_digits: 1,
    finish_on_key: '#',
    input_timeout: 6,
  });

  it('asks with the header of its version', async () => {
    const server = await app((_request, response) =>
      response.writeHead(200, { 'content-type': 'application/json' }).end(menuJson),
    );
    const emulator = await bed({
      flows: { slot: gather(`${server.url}/primary`) },
      seed: { people: [{ number: ASHA, keys: '1' }] },
    });
    const sid = await emulator.call();
    await emulator.run();
    expect(server.requests[0]?.headers['exotel-version']).toBe('1.0');
    expect(Object.fromEntries(server.requests[0]?.query ?? [])).toMatchObject({ CallSid: sid, From: ASHA });
    expect(await said(emulator, sid)).toContain('Yes.');
  });

  it.each([
    ['is dead', 500, 'application/json', menuJson],
    ['is not there', 404, 'application/json', menuJson],
    ['answers no JSON', 200, 'text/html', '<Response/>'],
  ])('asks the other address when the first %s', async (_what, status, type, body) => {
    const server = await app((request, response) => {
      if (request.path === '/primary') response.writeHead(status, { 'content-type': type }).end(body);
      else response.writeHead(200, { 'content-type': 'application/json' }).end(menuJson);
    });
    const flows = { slot: gather(`${server.url}/primary`, `${server.url}/fallback`) };
    const emulator = await bed({ flows, seed: { people: [{ number: ASHA, keys: '1' }] } });
    const sid = await emulator.call();
    await emulator.run();
    expect(server.requests.map(({ path }) => path)).toEqual(['/primary', '/fallback']);
    expect(Object.fromEntries(server.requests[1]?.query ?? [])).toMatchObject({ CallSid: sid });
    expect(await said(emulator, sid)).toContain('Yes.');
  });

  it('drops the call when there is no other, and the callback says it was completed', async () => {
    const server = await app((request, response) => response.writeHead(request.path === '/primary' ? 503 : 200).end());
    const emulator = await bed({ flows: { slot: gather(`${server.url}/primary`) }, callbackProfile: 'documented' });
    const sid = await emulator.call({ StatusCallback: `${server.url}/status`, StatusCallbackContentType: 'application/json' });
    await emulator.run();
    expect(server.requests.map(({ path }) => path)).toEqual(['/primary', '/status']);
    expect(JSON.parse(server.requests[1]?.body ?? '')).toEqual({
      CallSid: sid,
      Status: 'completed',
      RecordingUrl: '',
      DateUpdated: '2026-01-05 10:00:03',
    });
  });
});

describe('a server for callbacks', () => {
  it('that never answers is given up after the time for it, and holds up no other call', async () => {
    const silent = await app(() => {});
    const prompt = await app();
    const emulator = await bed({ callbackTimeout: '100ms', callbackRetries: ['1s'] });
    const first = await emulator.call({ StatusCallback: silent.url });
    await emulator.call({ StatusCallback: prompt.url, From: '09876500002' });
    await emulator.run();
    expect(prompt.requests).toHaveLength(1);
    const posts = await emulator.callbacks();
    expect(posts.find(({ call }) => call === first)).toMatchObject({
      state: 'given-up',
      attempts: [{ result: 'timeout' }, { result: 'timeout' }],
    });
  });

  it('that answers ten megabytes, or redirects, is read no further', async () => {
    const large = await app((_request, response) => response.end('x'.repeat(10_000_000)));
    const moved = await app((_request, response) => response.writeHead(307, { location: large.url }).end());
    const emulator = await bed();
    await emulator.call({ StatusCallback: large.url });
    await emulator.call({ StatusCallback: moved.url, From: '09876500002' });
    await emulator.run();
    const results = Object.fromEntries(
      (await emulator.callbacks()).map(({ url, state, attempts }) => [url, [state, attempts[0]?.result]]),
    );
    expect(results).toEqual({ [large.url]: ['delivered', 200], [moved.url]: ['given-up', 307] });
    expect(large.requests).toHaveLength(1);
  });

  it('hears of every callback again on schedule until it takes them, with the same body', async () => {
    let down = 2;
    const server = await app((_request, response) => response.writeHead(down-- > 0 ? 503 : 200).end());
    const emulator = await bed({ callbackRetries: ['5m', '15m'] });
    await emulator.call({ StatusCallback: server.url });
    await emulator.run();
    expect(server.requests).toHaveLength(3);
    expect(new Set(server.requests.map(({ body }) => body)).size).toBe(1);
    const [post] = await emulator.callbacks();
    expect(post?.attempts.map(({ at }) => Math.round((at - (post?.at ?? 0)) / 60_000))).toEqual([0, 5, 20]);
  });
});
