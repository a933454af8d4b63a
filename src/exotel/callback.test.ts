import { describe, expect, it } from 'vitest';
import type { CallEvent, CallFacts, Logged } from '../core/event.ts';
import { callId, e164, ms, nodeId } from '../core/ids.ts';
import type { LegState } from '../core/input.ts';
import { type CallbackOptions, callbackFor, callbacksOf } from './callback.ts';

const FACTS: CallFacts = {
  call: callId('5cbf7eb1f3fdbd0b7b4e2f4fa5d219co'),
  direction: 'outbound',
  customer: e164('+919876543210'),
  exophone: e164('+918047112233'),
  asked: 'flow',
  class: 'SI',
  flow: 'reminder',
  file: 'flow.xml',
  contact: {},
  variables: {},
  customField: 'visit-42',
  ringFor: ms(30_000),
  timeLimit: ms(14_400_000),
  seed: 1,
};

const TEN = Date.UTC(2026, 10, 22, 4, 30);
type Moment = readonly [second: number, e: CallEvent];
const logOf = (...moments: Moment[]): Logged[] =>
  moments.map(([second, e], i) => ({ call: FACTS.call, seq: i + 1, at: ms(TEN + second * 1000), e }));

const started = (facts: Partial<CallFacts> = {}): CallEvent => ({ type: 'started', facts: { ...FACTS, ...facts } });
const dial = (leg: number, number: string, record = false): CallEvent => ({
  type: 'command',
  command: { type: 'dial', leg, number, ringFor: ms(30_000), record },
});
const changed = (leg: number, to: LegState): CallEvent => ({ type: 'input', input: { type: 'leg.changed', leg, to } });
const machine = (leg: number): CallEvent => ({
  type: 'input',
  input: { type: 'leg.changed', leg, to: 'answered', by: 'machine' },
});
const digits = (text: string): CallEvent => ({ type: 'digits.accepted', digits: text });
const ended: CallEvent = { type: 'ended', why: { by: 'flow', node: nodeId('bye') } };
const unanswered = (outcome: 'busy' | 'no-answer' | 'failed' | 'canceled'): CallEvent => ({
  type: 'ended',
  why: { by: 'unanswered', outcome },
});

const answeredCall = (...between: Moment[]): Logged[] =>
  logOf([0, started()], [1, dial(1, FACTS.customer)], [2, changed(1, 'ringing')], [5, changed(1, 'answered')], ...between, [
    42,
    ended,
  ]);

const plain: CallbackOptions = { profile: 'documented', events: [] };
const usual: CallbackOptions = { profile: 'automated-calls', events: [] };
const both: CallbackOptions = { profile: 'documented', events: ['answered', 'terminal'] };

describe('a call to a flow, without events', () => {
  it('sends the four documented fields and nothing else', () => {
    expect(callbacksOf(answeredCall([20, digits('9')]), plain)).toEqual([
      [
        ['CallSid', FACTS.call],
        ['Status', 'completed'],
        ['RecordingUrl', ''],
        ['DateUpdated', '2026-11-22 10:00:42'],
      ],
    ]);
  });

  it('adds the last accepted digits and the customer, as the page on automated calls has it', () => {
    const fields = callbackFor(answeredCall([20, digits('1')], [30, digits('9')]), usual);
    expect(fields).toEqual([
      ['CallSid', FACTS.call],
      ['Status', 'completed'],
      ['RecordingUrl', ''],
      ['DateUpdated', '2026-11-22 10:00:42'],
      ['Digits', '9'],
      ['From', '09876543210'],
    ]);
  });

  it('has no digits when none were accepted', () => {
    expect(Object.fromEntries(callbackFor(answeredCall(), usual) ?? [])).not.toHaveProperty('Digits');
  });

  it.each(['busy', 'no-answer', 'failed', 'canceled'] as const)('tells that the call was %s, without a recording', (outcome) => {
    const log = logOf([0, started()], [1, dial(1, FACTS.customer)], [31, unanswered(outcome)]);
    expect(callbacksOf(log, plain)).toEqual([
      [
        ['CallSid', FACTS.call],
        ['Status', outcome],
        ['DateUpdated', '2026-11-22 10:00:31'],
      ],
    ]);
  });

  it.each<[string, Moment[]]>([
    ['a voicemail', [[20, { type: 'command', command: { type: 'record', on: true, leg: 1 } }]]],
    [
      'a recorded talk',
      [
        [20, dial(2, '+919999999999', true)],
        [25, changed(2, 'answered')],
      ],
    ],
  ])('names the recording of %s', (_what, between) => {
    expect(callbackFor(answeredCall(...between), plain)).toContainEqual([
      'RecordingUrl',
      expect.stringContaining(`${FACTS.call}.mp3`),
    ]);
  });

  it('has none for an agent who was to be recorded and did not answer', () => {
    const log = answeredCall([20, dial(2, '+919999999999', true)], [25, changed(2, 'busy')]);
    expect(callbackFor(log, plain)).toContainEqual(['RecordingUrl', '']);
  });
});

describe('a call with events', () => {
  const connected = answeredCall(
    [10, dial(2, '+919999999998')],
    [14, changed(2, 'busy')],
    [15, dial(3, '+919999999999')],
    [20, changed(3, 'answered')],
    [40, changed(3, 'completed')],
  );

  it('tells of each phone that was answered, and of the end', () => {
    const told = callbacksOf(connected, both).map((fields) => Object.fromEntries(fields));
    expect(
      told.map(({ EventType, Status, 'Legs[0][Status]': one, 'Legs[1][Status]': two }) => [EventType, Status, one, two]),
    ).toEqual([
      ['answered', 'in-progress', 'in-progress', ''],
      ['answered', 'in-progress', 'in-progress', 'in-progress'],
      ['terminal', 'completed', 'completed', 'completed'],
    ]);
  });

  it('sends the whole documented set at the end', () => {
    expect(callbackFor(connected, both)).toEqual([
      ['CallSid', FACTS.call],
      ['EventType', 'terminal'],
      ['DateCreated', '2026-11-22 10:00:00'],
      ['DateUpdated', '2026-11-22 10:00:42'],
      ['Status', 'completed'],
      ['To', '08047112233'],
      ['From', '09876543210'],
      ['PhoneNumberSid', '08047112233'],
      ['StartTime', '2026-11-22 10:00:01'],
      ['EndTime', '2026-11-22 10:00:42'],
      ['ConversationDuration', '37'],
      ['Direction', 'outbound-api'],
      ['CustomField', 'visit-42'],
      ['RecordingUrl', ''],
      ['Legs[0][OnCallDuration]', '37'],
      ['Legs[0][Status]', 'completed'],
      ['Legs[0][AnsweredBy]', 'NA'],
      ['Legs[1][OnCallDuration]', '20'],
      ['Legs[1][Status]', 'completed'],
      ['Legs[1][AnsweredBy]', 'HUMAN'],
    ]);
  });

  it('keeps the custom field and the recording for the end', () => {
    const [first] = callbacksOf(connected, both);
    const names = first?.map(([name]) => name) ?? [];
    expect(names).not.toContain('CustomField');
    expect(names).not.toContain('RecordingUrl');
    expect(Object.fromEntries(first ?? [])).toMatchObject({ EndTime: '', ConversationDuration: '0' });
  });

  it('sends only what was subscribed', () => {
    const types = (events: CallbackOptions['events']) =>
      callbacksOf(connected, { profile: 'documented', events }).map((fields) => Object.fromEntries(fields)['EventType']);
    expect(types(['answered'])).toEqual(['answered', 'answered']);
    expect(types(['terminal'])).toEqual(['terminal']);
  });

  it('counts how long two people spoke in a call between two numbers', () => {
    const log = connected.map((logged) =>
      logged.e.type === 'started' ? { ...logged, e: started({ asked: 'two-numbers' }) } : logged,
    );
    expect(callbackFor(log, both)).toEqual(
      expect.arrayContaining([
        ['ConversationDuration', '20'],
        ['To', '09999999999'],
      ]),
    );
  });

  it('has From once when both profiles want it', () => {
    const names = callbackFor(connected, { ...both, profile: 'automated-calls' })?.map(([name]) => name) ?? [];
    expect(names.filter((name) => name === 'From')).toHaveLength(1);
  });

  it('says inbound for an incoming call', () => {
    const log = logOf([0, started({ direction: 'inbound' })], [1, changed(1, 'answered')], [9, ended]);
    expect(callbackFor(log, both)).toEqual(
      expect.arrayContaining([
        ['Direction', 'inbound'],
        ['Legs[0][OnCallDuration]', '8'],
      ]),
    );
  });
});

describe('a call whose ringing somebody wants to hear of', () => {
  const options: CallbackOptions = { profile: 'documented', events: ['ringing', 'terminal'] };
  const told = callbacksOf(
    answeredCall([10, dial(2, '+919999999998')], [11, changed(2, 'ringing')], [14, changed(2, 'answered')]),
    options,
  ).map((fields) => Object.fromEntries(fields));

  it('tells of each phone that rings', () => {
    expect(
      told.map(({ EventType, Status, 'Legs[0][Status]': one, 'Legs[1][Status]': two }) => [EventType, Status, one, two]),
    ).toEqual([
      ['ringing', 'ringing', 'ringing', ''],
      ['ringing', 'in-progress', 'in-progress', 'ringing'],
      ['terminal', 'completed', 'completed', 'completed'],
    ]);
  });

  it('knows nothing of the end yet', () => {
    expect(told[0]).toMatchObject({ EndTime: '', ConversationDuration: '0', DateUpdated: '2026-11-22 10:00:02' });
    expect(told[0]).not.toHaveProperty('CustomField');
  });
});

describe('who answered', () => {
  it('is a machine on any phone, a person on the second only, as in the API reference', () => {
    const by = (...between: Moment[]) => {
      const fields = Object.fromEntries(callbackFor(answeredCall(...between), both) ?? []);
      return [fields['Legs[0][AnsweredBy]'], fields['Legs[1][AnsweredBy]']];
    };
    expect(by([10, dial(2, '+919999999998')], [14, changed(2, 'answered')])).toEqual(['NA', 'HUMAN']);
    expect(by([10, dial(2, '+919999999998')], [14, machine(2)])).toEqual(['NA', 'MACHINE']);
    expect(by([10, dial(2, '+919999999998')], [14, changed(2, 'busy')])).toEqual(['NA', 'NA']);
    expect(by()).toEqual(['NA', 'NA']);
    const log = logOf([0, started()], [1, dial(1, FACTS.customer)], [5, machine(1)], [9, ended]);
    expect(callbackFor(log, both)).toContainEqual(['Legs[0][AnsweredBy]', 'MACHINE']);
  });
});

it('calls for nothing while nothing happens', () => {
  const log = answeredCall();
  expect(callbackFor([], plain)).toBeUndefined();
  expect(callbackFor(log.slice(0, 3), both)).toBeUndefined();
  expect(callbackFor(log.slice(0, 4), plain)).toBeUndefined();
});

describe('a call between two numbers', () => {
  const between: Partial<CallFacts> = { asked: 'two-numbers' };
  const [first, second] = [FACTS.customer, e164('+919123456789')];
  const extras = { events: ['ringing', 'answered', 'terminal'], profile: 'documented', to: second } as const;
  const value = (log: Logged[], name: string) => callbackFor(log, extras)?.find(([field]) => field === name)?.[1];

  it('names the second number from the beginning on, also when nobody calls it', () => {
    const rings = [started(between), dial(1, first), changed(1, 'ringing')].map((e, i): Moment => [i, e]);
    expect(value(logOf(...rings), 'To')).toBe('09123456789');
    expect(value(logOf(...rings, [30, unanswered('no-answer')]), 'To')).toBe('09123456789');
  });
});

it('a callback for a phone shows that phone, not one that was called after it or is gone', () => {
  const extras = { events: ['ringing', 'answered'], profile: 'documented' } as const;
  const value = (log: Logged[]) => callbackFor(log, extras)?.find(([field]) => field === 'Legs[1][Status]')?.[1];
  const [one, two] = ['+919123456780', '+919123456781'];
  const talking: Moment[] = [
    [0, started()],
    [1, dial(1, FACTS.customer)],
    [2, changed(1, 'ringing')],
    [5, changed(1, 'answered')],
  ];
  expect(value(logOf(...talking, [6, dial(2, one)], [6, dial(3, two)], [7, changed(2, 'ringing')]))).toBe('ringing');
  const gone: Moment[] = [...talking, [6, dial(2, one)], [7, changed(2, 'answered')], [9, changed(2, 'completed')]];
  expect(value(logOf(...gone, [10, dial(3, two)], [11, changed(3, 'ringing')]))).toBe('ringing');
});
