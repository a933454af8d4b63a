import { afterEach, describe, expect, it } from 'vitest';
import { ASHA, app, type Bed, bed, closeAll, fieldsOfPost, LINE } from '../kit/emulator.ts';

/* How calls end, by what Exotel was seen to post and to answer: reference/exotel.md, sections 2.2, 2.3 and 2.6. */

afterEach(closeAll);

const ENCODINGS = ['multipart/form-data', 'application/json'] as const;
const AGENT = '09876500001';
const url = expect.stringMatching(/^https:\/\/.*\.mp3$/);

const names = (fields: Record<string, unknown>): readonly string[] => Object.keys(fields);

/** What the callback of a call to this flow says when its customer does so; the last callback when there are several. */
async function endOf(
  does: string,
  more: Readonly<Record<string, string>> = {},
): Promise<{ fields: Record<string, unknown>; emulator: Bed; sid: string }> {
  const server = await app();
  const emulator = await bed({ seed: { people: [{ number: ASHA, does }] }, callbackProfile: 'documented' });
  const sid = await emulator.call({ StatusCallback: `${server.url}/status`, ...more });
  await emulator.run();
  const last = server.requests.at(-1);
  if (!last) throw new Error('no callback came');
  return { fields: await fieldsOfPost(last), emulator, sid };
}

describe.each(ENCODINGS)('the short callback as %s', (encoding) => {
  const as = { StatusCallbackContentType: encoding };

  it('has four fields when the customer answered', async () => {
    const { fields, sid } = await endOf('answer', as);
    expect(fields).toEqual({ CallSid: sid, Status: 'completed', RecordingUrl: '', DateUpdated: '2026-01-05 10:00:03' });
    expect(names(fields)).toEqual(['CallSid', 'Status', 'RecordingUrl', 'DateUpdated']);
  });

  it('has the recording when the whole call is recorded', async () => {
    const { fields, emulator, sid } = await endOf('answer', { ...as, Record: 'true' });
    expect(fields).toMatchObject({ Status: 'completed', RecordingUrl: url });
    await emulator.advance('2m');
    expect(await emulator.fetchCall(sid)).toMatchObject({ RecordingUrl: fields['RecordingUrl'] });
  });

  it.each([
    ['busy', 'busy', '2026-01-05 10:00:01'],
    ['no-answer', 'no-answer', '2026-01-05 10:00:30'],
    ['failed', 'failed', '2026-01-05 10:00:01'],
  ])('has three, and no recording, when the call was %s', async (does, Status, DateUpdated) => {
    const { fields, emulator, sid } = await endOf(does, { ...as, Record: 'true' });
    expect(fields).toEqual({ CallSid: sid, Status, DateUpdated });
    await emulator.advance('2m');
    expect(await emulator.fetchCall(sid)).toMatchObject({ Status, RecordingUrl: '', AnsweredBy: '', Price: '0.000' });
  });
});

it('a call to an address that is no flow of Exotel’s is taken, and fails', async () => {
  const { fields, sid } = await endOf('answer', { Url: 'https://app.example/flow' });
  expect(fields).toEqual({ CallSid: sid, Status: 'failed', DateUpdated: '2026-01-05 10:00:01' });
});

describe.each(ENCODINGS)('two numbers, the callbacks as %s', (encoding) => {
  const events = {
    To: AGENT,
    CustomField: 'order-7',
    Record: 'true',
    'StatusCallbackEvents[0]': 'terminal',
    'StatusCallbackEvents[1]': 'answered',
    StatusCallbackContentType: encoding,
  };

  /** Both encodings in the words of form data. */
  function flat(fields: Record<string, unknown>): Record<string, string> {
    const { Legs, ...rest } = fields as { Legs?: readonly Record<string, unknown>[] };
    const legs = (Legs ?? []).flatMap((leg, i) =>
      Object.entries(leg).map(([name, value]) => [`Legs[${i}][${name}]`, value] as const),
    );
    return Object.fromEntries(
      [...Object.entries(rest), ...legs].map(([name, value]) => [name, value === null ? '' : String(value)]),
    );
  }

  async function talk(does: string) {
    const server = await app();
    const emulator = await bed({
      callbackProfile: 'documented',
      seed: {
        people: [
          { number: ASHA, does: 'answer:4s' },
          { number: AGENT, does },
        ],
      },
    });
    const sid = await emulator.call({ ...events, StatusCallback: server.url });
    await emulator.run();
    const told = await Promise.all(server.requests.map(async (request) => flat(await fieldsOfPost(request))));
    return { told, emulator, sid };
  }

  it('tell of an answered one: each phone that answers, and the end', async () => {
    const { told, emulator, sid } = await talk('answer:9s,hangup:32s');
    expect(told).toMatchObject([
      { EventType: 'answered', Status: 'in-progress', 'Legs[0][Status]': 'in-progress', 'Legs[1][Status]': '' },
      { EventType: 'answered', Status: 'in-progress', 'Legs[0][Status]': 'in-progress', 'Legs[1][Status]': 'in-progress' },
      { EventType: 'terminal', Status: 'completed' },
    ]);
    expect(told[2]).toEqual({
      CallSid: sid,
      EventType: 'terminal',
      DateCreated: '2026-01-05 10:00:00',
      DateUpdated: '2026-01-05 10:00:45',
      Status: 'completed',
      To: AGENT,
      From: ASHA,
      PhoneNumberSid: LINE,
      StartTime: '2026-01-05 10:00:00',
      EndTime: '2026-01-05 10:00:45',
      ConversationDuration: '32',
      Direction: 'outbound-api',
      CustomField: 'order-7',
      RecordingUrl: url,
      'Legs[0][OnCallDuration]': '41',
      'Legs[0][Status]': 'completed',
      'Legs[0][AnsweredBy]': 'NA',
      'Legs[1][OnCallDuration]': '32',
      'Legs[1][Status]': 'completed',
      'Legs[1][AnsweredBy]': 'HUMAN',
    });
    await emulator.advance('2m');
    expect(await emulator.fetchCall(sid, '?details=true')).toEqual({
      Sid: sid,
      ParentCallSid: '',
      DateCreated: '2026-01-05 10:00:00',
      DateUpdated: '2026-01-05 10:00:45',
      AccountSid: 'press9',
      To: AGENT,
      From: ASHA,
      PhoneNumberSid: LINE,
      Status: 'completed',
      StartTime: '2026-01-05 10:00:00',
      EndTime: '2026-01-05 10:00:45',
      Duration: '45',
      Price: '1.200',
      Direction: 'outbound-api',
      AnsweredBy: 'human',
      ForwardedFrom: '',
      CallerName: '',
      Uri: `/v1/Accounts/press9/Calls/${sid}`,
      RecordingUrl: url,
      Details: {
        ConversationDuration: 32,
        Leg1Status: 'completed',
        Leg2Status: 'completed',
        Legs: [{ Leg: { Id: 1, OnCallDuration: 41 } }, { Leg: { Id: 2, OnCallDuration: 32 } }],
      },
    });
  });

  it('tell of a missed one, without a recording', async () => {
    const { told, emulator, sid } = await talk('no-answer');
    expect(told).toHaveLength(2);
    expect(told[1]).toEqual({
      CallSid: sid,
      EventType: 'terminal',
      DateCreated: '2026-01-05 10:00:00',
      DateUpdated: '2026-01-05 10:00:34',
      Status: 'no-answer',
      To: AGENT,
      From: ASHA,
      PhoneNumberSid: LINE,
      StartTime: '2026-01-05 10:00:00',
      EndTime: '2026-01-05 10:00:34',
      ConversationDuration: '0',
      Direction: 'outbound-api',
      CustomField: 'order-7',
      'Legs[0][OnCallDuration]': '30',
      'Legs[0][Status]': 'completed',
      'Legs[0][AnsweredBy]': 'NA',
      'Legs[1][OnCallDuration]': '0',
      'Legs[1][Status]': 'no-answer',
      'Legs[1][AnsweredBy]': 'NA',
    });
    await emulator.advance('2m');
    expect(await emulator.fetchCall(sid, '?details=true')).toMatchObject({
      Status: 'no-answer',
      RecordingUrl: '',
      Details: { ConversationDuration: 0, Leg1Status: 'completed', Leg2Status: 'no-answer' },
    });
  });
});

it('the JSON of an answered call has its legs byte by byte as the API reference has them', async () => {
  const server = await app();
  const emulator = await bed({
    seed: {
      people: [
        { number: ASHA, does: 'answer:4s' },
        { number: AGENT, does: 'answer:9s,hangup:32s' },
      ],
    },
  });
  const as = { StatusCallbackEvents: 'terminal', StatusCallbackContentType: 'application/json' };
  await emulator.call({ To: AGENT, StatusCallback: server.url, ...as });
  await emulator.run();
  expect(server.requests[0]?.body).toContain(
    '"Legs":[{"OnCallDuration":41,"Status":"completed","AnsweredBy":"NA"},{"OnCallDuration":32,"Status":"completed","AnsweredBy":"HUMAN"}]',
  );
});

it('the end of a call is known two minutes later, not before, in the list as well', async () => {
  const emulator = await bed();
  const sid = await emulator.call();
  await emulator.run();
  await emulator.advance('1m');
  const blank = { Status: 'completed', EndTime: '', Duration: '', Price: '' };
  expect(await emulator.fetchCall(sid, '?details=true')).toMatchObject({ ...blank, Details: { ConversationDuration: null } });
  expect((await emulator.get('Calls.json')).json).toMatchObject({ Metadata: { Total: 1 }, Calls: [blank] });
  await emulator.advance('59s');
  expect(await emulator.fetchCall(sid)).toMatchObject(blank);
  await emulator.advance('1s');
  const full = { Status: 'completed', EndTime: '2026-01-05 10:00:03', Duration: '3', Price: '0.600' };
  expect(await emulator.fetchCall(sid)).toMatchObject(full);
  expect((await emulator.get('Calls.json')).json).toMatchObject({ Calls: [full] });
});

it('a machine that answers is told from a person', async () => {
  const { fields, emulator, sid } = await endOf('machine:4s', {
    StatusCallbackEvents: 'terminal',
    StatusCallbackContentType: 'application/json',
  });
  expect(fields).toMatchObject({ Status: 'completed', Legs: [{ AnsweredBy: 'MACHINE' }, { Status: null, AnsweredBy: 'NA' }] });
  expect(await emulator.fetchCall(sid)).toMatchObject({ AnsweredBy: 'machine' });
});

it('while a call is under way, the list and the call itself say the same', async () => {
  const emulator = await bed({
    seed: {
      people: [
        { number: ASHA, does: 'answer:4s' },
        { number: AGENT, does: 'answer:9s,hangup:32s' },
      ],
    },
  });
  const sid = await emulator.call({ To: AGENT });
  await emulator.advance('20s');
  const one = await emulator.fetchCall(sid, '?details=true');
  expect(one).toMatchObject({ Status: 'in-progress', Details: { Leg1Status: 'in-progress', Leg2Status: 'in-progress' } });
  expect((await emulator.get('Calls.json?details=true')).json).toMatchObject({ Calls: [one] });
});
