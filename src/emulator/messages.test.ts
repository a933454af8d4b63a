import { beforeEach, describe, expect, it } from 'vitest';
import { messageRecord } from '../../test/kit/call-records.ts';
import { createVirtualClock, type VirtualClock } from '../adapters/clock-virtual.ts';
import { createSystemIds } from '../adapters/ids.ts';
import { openRecords } from '../adapters/records.ts';
import type { Refusal, Verdict } from '../core/facts.ts';
import { callId, e164, ms } from '../core/ids.ts';
import type { MessageRecord } from '../core/message-record.ts';
import type { Made, Post } from '../core/ports.ts';
import type { Records } from '../core/records.ts';
import { createHub } from './hub.ts';
import { createMessages, type MessageParts, type Messages, plainSms } from './messages.ts';
import { onePerNumber } from './one-per-number.ts';
import type { Reading } from './parts.ts';
import { createPeople, type People } from './people.ts';
import type { Postman } from './postman.ts';

const ASHA = e164('+919876543210');
const ALLOW: Verdict = { verdict: 'allow', ground: { code: 'OK', says: '', facts: [] }, warnings: [] };
const BLOCK: Refusal = {
  verdict: 'block',
  reasons: [{ code: 'OPTED_OUT', says: 'no', effect: 'block', facts: [] } as never],
  warnings: [],
};

let clock: VirtualClock;
let records: Records;
let people: People;
let posted: Post[];
let said: string[];
let made: Made[];
let verdict: Verdict;
let messages: Messages;

const begin = (more: Partial<MessageParts> = {}): Messages =>
  createMessages({
    clock,
    records,
    ids: createSystemIds(1),
    reading: { smsStep: ms(1000), dndSms: 'all' } as Reading,
    say: ({ says }) => said.push(says),
    gate: { ask: async () => verdict, made: (one) => made.push(one) },
    judge: async () => verdict,
    sender: 'CLINIC',
    postman: { send: (post: Post) => posted.push(post) } as unknown as Postman,
    people,
    hub: createHub(),
    inTurn: onePerNumber(async () => {}),
    ...more,
  });

beforeEach(async () => {
  clock = createVirtualClock(ms(0));
  records = await openRecords({ path: 'memory:' });
  people = createPeople();
  [posted, said, made, verdict] = [[], [], [], ALLOW];
  messages = begin();
});

const callback = { url: 'http://app.example/sms', encoding: 'application/json' } as const;
const sms = (text = 'Hello') => ({ ...plainSms('CLINIC', ASHA, text), callback });
const statusAt = async (sid: string) => (await records.messages.find(sid))?.status;

describe('an SMS', () => {
  it('goes from status to status, a step of the clock each, and its end is posted once', async () => {
    const sent = await messages.send([sms()]);
    const sid = sent.sent ? (sent.records[0]?.sid ?? '') : '';
    const statuses = [await statusAt(sid)];
    for (let step = 0; step < 4; step++) {
      await clock.advance(ms(1000));
      statuses.push(await statusAt(sid));
    }
    expect(statuses).toEqual(['queued', 'sending', 'submitted', 'sent', 'sent']);
    expect(posted).toMatchObject([{ id: `${sid}-callback-end`, what: 'callback', url: 'http://app.example/sms', call: sid }]);
    expect(JSON.parse(posted[0]?.body ?? '')).toMatchObject({ SmsSid: sid, Status: 'sent', DetailedStatusCode: 20005 });
    expect(said).toEqual(['SMS to +91 98xxxxx210 sent DELIVERED_TO_HANDSET']);
    expect(made).toMatchObject([{ what: 'contacted', contact: { number: ASHA, channel: 'sms', class: 'SI' } }]);
  });

  it('that has no leave is not sent, and nothing is kept of it', async () => {
    verdict = BLOCK;
    expect(await messages.send([sms()])).toEqual({ sent: false, refusal: BLOCK });
    await clock.run();
    expect([await records.messages.list(9), posted, made]).toEqual([[], [], []]);
  });

  it('that the vendor sends asks nobody, and goes to everybody', async () => {
    verdict = BLOCK;
    people.put({ number: ASHA, smsCode: 24990 });
    await messages.push(sms());
    await clock.run();
    expect(await records.messages.list(9)).toMatchObject([{ status: 'sent' }]);
  });

  it('ends as was said of its number', async () => {
    people.put({ number: '+9198*', smsCode: 23035 });
    await messages.send([sms()]);
    await clock.run();
    expect(await records.messages.list(9)).toMatchObject([{ status: 'failed', code: 23035 }]);
  });

  it('of a flow belongs to its call, comes from our sender and posts nothing', async () => {
    const heard: unknown[] = [];
    const call = callId('5cbf7eb1f3fdbd0b7b4e2f4fa5d219co');
    messages.gateway.send({ to: '', number: ASHA, text: 'Hello', call, class: 'SI' }, (result) => heard.push(result));
    await clock.run();
    const [kept] = await records.messages.list(9);
    expect(kept).toMatchObject({ from: 'CLINIC', call, status: 'sent' });
    expect([heard, posted]).toEqual([[{ ok: true, sid: kept?.sid }], []]);
  });

  it('that an earlier process left on its way goes on from there', async () => {
    await records.messages.save(messageRecord('one', { status: 'submitted', code: 21020, callback }));
    await records.messages.save(messageRecord('two', { status: 'queued', code: 21010 }));
    expect(await messages.resume()).toBe(2);
    await clock.advance(ms(1000));
    expect([await statusAt('one'), await statusAt('two')]).toEqual(['sent', 'sending']);
    await clock.run();
    expect([await statusAt('two'), posted.length]).toEqual(['sent', 1]);
  });

  it('that an earlier process left on its way ends as it would have ended', async () => {
    await records.messages.save(messageRecord('one', { status: 'sending', code: 21015 }));
    await records.messages.save(messageRecord('two', { status: 'submitted', code: 21020, to: e164('+919876500001') }));
    people.put({ number: ASHA, smsCode: 23005 });
    people.put({ number: '+919876500001', smsCode: 23005 });
    await messages.resume();
    await clock.advance(ms(1000));
    expect([await statusAt('one'), await statusAt('two')]).toEqual(['failed_dnd', 'failed_dnd']);
  });

  it('that was sent meanwhile does not go on twice', async () => {
    await messages.send([sms()]);
    expect(await messages.resume()).toBe(0);
    await clock.run();
    expect(posted).toHaveLength(1);
  });

  it('goes nowhere after everything was forgotten', async () => {
    await messages.send([sms()]);
    await clock.advance(ms(1000));
    messages.clear();
    await records.clear();
    await clock.run();
    expect([await records.messages.list(9), posted]).toEqual([[], []]);
  });

  it('that cannot be kept is none, nor are those that were asked for with it', async () => {
    let room = 1;
    const save = (record: MessageRecord) =>
      room-- > 0 ? records.messages.save(record) : Promise.reject(new Error('the disk is full'));
    const full = begin({ records: { ...records, messages: { ...records.messages, save } } });
    const sent = await full.send([sms('Hello'), sms('Good morning')]);
    expect(sent).toMatchObject({ sent: false, refusal: { reasons: [{ code: 'NOT_KEPT' }] } });
    await clock.run();
    expect(said).toEqual([expect.stringMatching(/^SMS \w{32} cannot be kept: the disk is full$/)]);
    expect([posted, made]).toEqual([[], []]);
  });

  it('is sent to several people or, where one of them may not have it, to nobody', async () => {
    const other = e164('+919876500001');
    const gate: MessageParts['gate'] = { ask: async ({ number }) => (number === other ? BLOCK : ALLOW) };
    expect(await begin({ gate }).send([sms(), { ...sms(), to: other }])).toEqual({ sent: false, refusal: BLOCK });
    await clock.run();
    expect([await records.messages.list(9), posted]).toEqual([[], []]);
  });
});
