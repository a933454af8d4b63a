import { describe, expect, it } from 'vitest';
import type { CallEvent, Logged } from '../core/event.ts';
import { callId, ms, nodeId } from '../core/ids.ts';
import type { LegState } from '../core/input.ts';
import { type CallbackOptions, callbackFor, callbacksOf } from './callback.ts';
import { encodeCallback } from './encode.ts';
import { CUSTOMER, callRecord, SECOND, seconds } from './fixtures/call-record.ts';

/* As `recorded.test.ts`, of what Exotel posts. */

describe('status callbacks of a call between two numbers (section 2.6)', () => {
  const facts = { ...callRecord().facts, call: callId('5cbf7eb1f3fdbd0b7b4e2f4fa5d219co'), customField: 'order-7' };
  type Moment = readonly [second: number, e: CallEvent];
  const logOf = (...moments: Moment[]): Logged[] =>
    moments.map(([second, e], i) => ({ call: facts.call, seq: i + 1, at: seconds(second), e }));
  const dial = (n: number, number: string): CallEvent => ({
    type: 'command',
    command: { type: 'dial', leg: n, number, ringFor: ms(30_000), record: n === 2 },
  });
  const changed = (n: number, to: LegState): CallEvent => ({ type: 'input', input: { type: 'leg.changed', leg: n, to } });
  const begun: Moment[] = [
    [0, { type: 'started', facts }],
    [1, dial(1, CUSTOMER)],
    [2, changed(1, 'ringing')],
    [5, changed(1, 'answered')],
    [5, dial(2, SECOND)],
    [7, changed(2, 'ringing')],
  ];
  const ended: CallEvent = { type: 'ended', why: { by: 'flow', node: nodeId('end') } };
  const answered = logOf(...begun, [14, changed(2, 'answered')], [46, changed(2, 'completed')], [46, ended]);
  const missed = logOf(...begun, [35, changed(2, 'no-answer')], [36, ended]);
  const options: CallbackOptions = { profile: 'documented', events: ['terminal', 'answered'] };

  it('tells of the end of an answered one with every documented field', () => {
    expect(JSON.parse(encodeCallback(callbackFor(answered, options) ?? [], 'application/json').body)).toEqual({
      CallSid: '5cbf7eb1f3fdbd0b7b4e2f4fa5d219co',
      EventType: 'terminal',
      DateCreated: '2017-03-03 12:30:24',
      DateUpdated: '2017-03-03 12:31:10',
      Status: 'completed',
      To: '09123456789',
      From: '09876543210',
      PhoneNumberSid: '08047112233',
      StartTime: '2017-03-03 12:30:25',
      EndTime: '2017-03-03 12:31:10',
      ConversationDuration: 32,
      Direction: 'outbound-api',
      CustomField: 'order-7',
      RecordingUrl: expect.stringContaining('5cbf7eb1f3fdbd0b7b4e2f4fa5d219co'),
      Legs: [
        { OnCallDuration: 41, Status: 'completed', AnsweredBy: 'NA' },
        { OnCallDuration: 32, Status: 'completed', AnsweredBy: 'HUMAN' },
      ],
    });
  });

  it('writes the legs of the JSON sample byte by byte', () => {
    expect(encodeCallback(callbackFor(answered, options) ?? [], 'application/json').body).toContain(
      '"Legs":[{"OnCallDuration":41,"Status":"completed","AnsweredBy":"NA"},{"OnCallDuration":32,"Status":"completed","AnsweredBy":"HUMAN"}]',
    );
  });

  it('tells of each phone that answers as frappe/crm reads it, flattened in form data', async () => {
    const told = await Promise.all(
      callbacksOf(answered, options).map(async (fields) => {
        const { contentType, body } = encodeCallback(fields);
        return Object.fromEntries(await new Response(body, { headers: { 'content-type': contentType } }).formData());
      }),
    );
    expect(told).toMatchObject([
      { EventType: 'answered', Status: 'in-progress', 'Legs[0][Status]': 'in-progress', 'Legs[1][Status]': '' },
      { EventType: 'answered', Status: 'in-progress', 'Legs[0][Status]': 'in-progress', 'Legs[1][Status]': 'in-progress' },
      { EventType: 'terminal', Status: 'completed', 'Legs[0][OnCallDuration]': '41', 'Legs[1][OnCallDuration]': '32' },
    ]);
  });

  it('tells of the end of a missed one, without a recording', () => {
    const fields = Object.fromEntries(callbackFor(missed, options) ?? []);
    expect(fields).toMatchObject({
      EventType: 'terminal',
      Status: 'no-answer',
      ConversationDuration: '0',
      'Legs[0][Status]': 'completed',
      'Legs[0][OnCallDuration]': '31',
      'Legs[1][Status]': 'no-answer',
      'Legs[1][OnCallDuration]': '0',
      'Legs[1][AnsweredBy]': 'NA',
    });
    expect(fields).not.toHaveProperty('RecordingUrl');
  });

  it('may call a missed one completed, as Exotel calls incoming ones', () => {
    const fields = Object.fromEntries(callbackFor(missed, { ...options, missedSecond: 'completed' }) ?? []);
    expect(fields).toMatchObject({ Status: 'completed', 'Legs[1][Status]': 'no-answer', RecordingUrl: '' });
  });

  const brief: CallbackOptions = { profile: 'documented', events: [] };

  it('sends four fields when nobody asked for events', () => {
    expect(callbackFor(answered, brief)).toEqual([
      ['CallSid', '5cbf7eb1f3fdbd0b7b4e2f4fa5d219co'],
      ['Status', 'completed'],
      ['RecordingUrl', expect.stringMatching(/^https:.*\.mp3$/)],
      ['DateUpdated', '2017-03-03 12:31:10'],
    ]);
  });

  it('has the recording of a call that was recorded as a whole, whatever its flow did', () => {
    const log = logOf([0, { type: 'started', facts: { ...facts, asked: 'flow' } }], ...begun.slice(1, 4), [9, ended]);
    const told = (recorded: boolean) => Object.fromEntries(callbackFor(log, { ...brief, recorded }) ?? [])['RecordingUrl'];
    expect([told(false), told(true)]).toEqual(['', expect.stringMatching(/^https:.*\.mp3$/)]);
  });

  it.each(['failed', 'busy', 'no-answer'] as const)('sends three when there is no recording to speak of: %s', (outcome) => {
    const log = logOf(...begun.slice(0, 2), [31, { type: 'ended', why: { by: 'unanswered', outcome } }]);
    expect(callbackFor(log, brief)).toEqual([
      ['CallSid', '5cbf7eb1f3fdbd0b7b4e2f4fa5d219co'],
      ['Status', outcome],
      ['DateUpdated', '2017-03-03 12:30:55'],
    ]);
  });

  it('has the ExoPhone on the other side of a call to a flow', () => {
    const log = logOf([0, { type: 'started', facts: { ...facts, asked: 'flow' } }], ...begun.slice(1, 4), [9, ended]);
    expect(Object.fromEntries(callbackFor(log, options) ?? [])).toMatchObject({ To: '08047112233', 'Legs[1][Status]': '' });
  });
});
