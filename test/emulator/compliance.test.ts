import { afterEach, describe, expect, it } from 'vitest';
import { ASHA, app, type Bed, bed, closeAll, fieldsOfPost, flowOf, LINE } from '../kit/emulator.ts';

/* What Exotel refuses, what it lets through and our rules would not, and what follows from a call. */

afterEach(closeAll);

const DND = { people: [{ number: ASHA, dnd: true }] };
const NDNC = `Call to [${ASHA}] cannot be made because of TRAI NDNC regulations`;

const asked = async (emulator: Bed, more: Readonly<Record<string, string>> = {}) =>
  emulator.post('Calls/connect.json', { From: ASHA, CallerId: LINE, Url: await emulator.flowUrl('hello'), ...more });
const codes = (emulator: Bed) => emulator.violations().flatMap(({ reasons }) => reasons.map(({ code }) => code));

it('a call between two that Exotel refuses for the first is no violation for the second', async () => {
  const emulator = await bed({ seed: { ...DND, dnc: ['09876500003'] } });
  const both = { From: ASHA, To: '09876500003', CallerId: LINE };
  expect(await emulator.post('Calls/connect.json', both)).toMatchObject({ status: 403 });
  expect(emulator.violations()).toEqual([]);
});

describe('a call to a registered number', () => {
  it('is refused until the number is whitelisted, and again once its owner gave a missed call', async () => {
    const emulator = await bed({ seed: DND });
    expect(await asked(emulator)).toMatchObject({ status: 403, json: { RestException: { Status: 403, Message: NDNC } } });
    await emulator.post('CustomerWhitelist', { VirtualNumber: LINE, Number: ASHA });
    expect((await emulator.get(`CustomerWhitelist/${ASHA}.json`)).json).toMatchObject({
      Result: { Status: 'Whitelist', Type: 'API' },
    });
    expect((await asked(emulator)).status).toBe(200);
    await emulator.control('POST', 'missed-calls', { from: ASHA, to: LINE });
    expect((await emulator.get(`CustomerWhitelist/${ASHA}.json`)).json).toMatchObject({ Result: { Status: 'Blacklist' } });
    expect(await asked(emulator)).toMatchObject({ status: 403, json: { RestException: { Message: NDNC } } });
    expect(await emulator.calls()).toHaveLength(1);
    expect(emulator.violations()).toEqual([]);
  });

  it('is refused in XML too, makes no call, and posts no callback', async () => {
    const server = await app();
    const emulator = await bed({ seed: DND });
    const fields = { From: ASHA, CallerId: LINE, Url: await emulator.flowUrl('hello'), StatusCallback: server.url };
    const answer = await emulator.post('Calls/connect', fields);
    expect(answer.text).toBe(
      `<?xml version="1.0" encoding="UTF-8"?><TwilioResponse><RestException><Status>403</Status><Message>${NDNC}</Message></RestException></TwilioResponse>`,
    );
    await emulator.run();
    expect([server.requests, await emulator.calls(), await emulator.callbacks()]).toEqual([[], [], []]);
  });

  it('is refused when every number that begins so was registered', async () => {
    const emulator = await bed({ seed: { people: [{ number: '98765*', dnd: true }] } });
    expect(await asked(emulator)).toMatchObject({ status: 403, json: { RestException: { Message: NDNC } } });
    expect((await asked(emulator, { From: '09811100000' })).status).toBe(200);
  });

  it('is refused when it is the second of two, by its own number', async () => {
    const emulator = await bed({ seed: DND });
    const answer = await emulator.post('Calls/connect.json', { From: '09876500001', To: ASHA, CallerId: LINE });
    expect(answer).toMatchObject({ status: 403, json: { RestException: { Message: NDNC } } });
  });

  it('goes out when they called us before, and the metadata of the number tells that it is registered', async () => {
    const emulator = await bed({ seed: { ...DND, called: [ASHA] } });
    expect((await asked(emulator)).status).toBe(200);
    expect((await emulator.get(`Numbers/${ASHA}.json`)).json).toMatchObject({ Numbers: { PhoneNumber: ASHA, DND: 'Yes' } });
    expect((await emulator.get('Numbers/09876500001.json')).json).toMatchObject({ Numbers: { DND: 'No' } });
  });
});

describe('a call to a number on our own list', () => {
  it('goes out as it would at Exotel, and is a violation that fails the test that forgot it', async () => {
    const emulator = await bed({ seed: { dnc: [ASHA] } });
    const sid = await emulator.call();
    expect(emulator.violations()).toMatchObject([{ call: sid, channel: 'voice', verdict: 'block', number: '+919876543210' }]);
    expect((await emulator.control('GET', 'violations')).json).toMatchObject({ count: 1, violations: [{ call: sid }] });
    expect(emulator.log).toContainEqual(
      expect.stringMatching(/^violation a call to \+91 98xxxxx210 that should not go out: DNC_/),
    );
    await expect(emulator.close()).rejects.toThrow(/^1 violation: Exotel would have let it through/);
  });

  it('is refused when the rules are enforced, in words that are not Exotel’s', async () => {
    const emulator = await bed({ seed: { dnc: [ASHA] }, enforce: true });
    const answer = await asked(emulator);
    expect(answer).toMatchObject({
      status: 403,
      json: { RestException: { Message: expect.stringMatching(/^Refused by press9 --enforce: /) } },
    });
    expect(answer.text).not.toMatch(/9876543210/);
    expect([emulator.violations(), await emulator.calls()]).toEqual([[], []]);
  });
});

it('pressing 9 puts the caller on the list, tells the webhook, and makes the next call a violation', async () => {
  const server = await app();
  const menu = `<IvrMenu id="menu" noInput="bye" invalid="bye"><Say>Press 9.</Say><Key digit="9" next="out"/></IvrMenu>
<OptOut id="out" scope="all" url="${server.url}/opt-outs" next="bye" failed="bye"/><Hangup id="bye"/>`;
  const emulator = await bed({ flows: { menu } });
  const sid = await emulator.call();
  await emulator.press(sid, '9');
  await emulator.run();
  expect(server.requests.map(({ method, path }) => [method, path])).toEqual([['POST', '/opt-outs']]);
  expect(server.requests[0]?.body).toContain(sid);
  expect(await emulator.callbacks()).toMatchObject([{ what: 'webhook', state: 'delivered', call: sid }]);
  expect(emulator.violations()).toEqual([]);
  await emulator.advance('2h');
  const next = await emulator.call();
  expect(emulator.violations()).toMatchObject([{ call: next }]);
  expect(codes(emulator)).toContain('OPTED_OUT');
});

it('who wrote STOP is refused as who gave a missed call to the whitelist’s line', async () => {
  const emulator = await bed();
  const heard = await emulator.control('POST', 'messages', { from: ASHA, text: 'stop' });
  expect(heard.json).toMatchObject({ ok: true, heard: 'stop', says: expect.stringContaining('it is on the list now') });
  expect(await asked(emulator)).toMatchObject({ status: 403, json: { RestException: { Message: NDNC } } });
});

it('a call in the night goes out, and is a violation', async () => {
  const emulator = await bed({ at: '2026-01-05T23:00' });
  await emulator.call();
  expect(emulator.violations()).toMatchObject([{ verdict: 'defer' }]);
});

describe('an SMS to a registered number', () => {
  const send = async (emulator: Bed, more: Readonly<Record<string, string>>) => {
    const server = await app();
    const answer = await emulator.post('Sms/send.json', {
      From: LINE,
      To: ASHA,
      Body: 'Hello',
      StatusCallback: server.url,
      ...more,
    });
    expect(answer).toMatchObject({
      status: 200,
      json: { SMSMessage: { Status: 'queued', DetailedStatus: 'PENDING_TO_OPERATOR' } },
    });
    await emulator.run();
    const [request] = server.requests;
    expect(request?.headers['content-type']).toBe('application/x-www-form-urlencoded');
    return Object.fromEntries(new URLSearchParams(request?.body));
  };
  const failed = { Status: 'failed_dnd', DetailedStatus: 'FAILED_REJECTED_DND', DetailedStatusCode: '23005', To: ASHA };

  it('is accepted, and its callback says later that it failed', async () => {
    const emulator = await bed({ seed: DND });
    expect(await send(emulator, { SmsType: 'promotional', CustomField: 'order-7' })).toMatchObject({
      ...failed,
      CustomField: 'order-7',
    });
    const [message] = await emulator.messages();
    expect((await emulator.get(`Sms/Messages/${message?.sid}.json`)).json).toMatchObject({
      SMSMessage: { Status: 'failed_dnd', DetailedStatusCode: 23005 },
    });
  });

  it('that is transactional fails too, or is sent, as the switch has it', async () => {
    expect(await send(await bed({ seed: DND, dndSms: 'all' }), {})).toMatchObject(failed);
    expect(await send(await bed({ seed: DND, dndSms: 'promotional' }), {})).toMatchObject({
      Status: 'sent',
      DetailedStatusCode: '20005',
    });
    expect(await send(await bed({ dndSms: 'all' }), {})).toMatchObject({ Status: 'sent' });
  });

  it('ends as the seed says of its number', async () => {
    const emulator = await bed({ seed: { people: [{ number: '98765*', sms: 23035 }] } });
    expect(await send(emulator, {})).toMatchObject({ Status: 'failed', DetailedStatus: 'FAILED_SUBSCRIBER_UNAVAILABLE' });
  });
});

describe('the vendor refuses every call and SMS', () => {
  const sms = { From: LINE, To: ASHA, Body: 'Hello' };

  it.each([
    ['no-credit', 402, 'Payment Required', 403, 'Insufficient balance to send the SMS'],
    ['inactive', 403, 'Account is not active', 403, 'Account is not active'],
    ['expired', 403, 'Account validity has expired', 403, 'Account validity has expired'],
  ])('of an account that is %s, until it is active again', async (standing, status, says, smsStatus, smsSays) => {
    const emulator = await bed();
    await emulator.control('PUT', 'account', { standing });
    expect(await asked(emulator)).toMatchObject({ status, json: { RestException: { Status: status, Message: says } } });
    expect(await emulator.post('Sms/send.json', sms)).toMatchObject({
      status: smsStatus,
      json: { RestException: { Message: smsSays } },
    });
    expect((await emulator.get('Calls.json')).status).toBe(200);
    await emulator.control('PUT', 'account', { standing: 'active' });
    expect((await asked(emulator)).status).toBe(200);
  });

  it('beyond the limit of a minute, each on its own, and takes them again when the minute is over', async () => {
    const emulator = await bed({ rateLimit: 2 });
    const statuses = async () => (await asked(emulator, { From: `098765${Math.floor(10_000 + tries++)}` })).status;
    let tries = 0;
    expect([await statuses(), await statuses(), await statuses()]).toEqual([200, 200, 429]);
    expect((await asked(emulator)).json).toEqual({ RestException: { Status: 429, Message: 'Too Many Requests' } });
    expect((await emulator.post('Sms/send.json', sms)).status).toBe(200);
    await emulator.advance('1m');
    expect(await statuses()).toBe(200);
  });
});

it('a flow that breaks the law of its class is told of for both phones of a call between two', async () => {
  const emulator = await bed({ seed: { dnc: ['09876500001'] } });
  await emulator.call({ To: '09876500001' });
  expect(emulator.violations()).toMatchObject([{ number: '+919876500001' }]);
});

it('a flow that writes to the customer after the call is kept, and posts nothing', async () => {
  const sms = '<Sms id="text" next="bye">See you at 3 PM.</Sms><Hangup id="bye"/>';
  const emulator = await bed({ flows: { sms } });
  const sid = await emulator.call();
  await emulator.run();
  expect(await emulator.messages()).toMatchObject([{ to: '+919876543210', text: 'See you at 3 PM.', status: 'sent', call: sid }]);
  expect(flowOf('sms', sms)).toContain('service-implicit');
  expect(await emulator.callbacks()).toEqual([]);
});

it('whoever calls us needs no leave, and may be called back though registered', async () => {
  const server = await app();
  const emulator = await bed({ seed: DND });
  await emulator.callIn(ASHA);
  await emulator.run();
  await emulator.advance('2h');
  const sid = await emulator.call({ StatusCallback: server.url });
  await emulator.run();
  const [request] = server.requests;
  expect(request && (await fieldsOfPost(request))).toMatchObject({ CallSid: sid, Status: 'completed' });
});
