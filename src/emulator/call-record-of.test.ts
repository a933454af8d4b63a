import { describe, expect, it } from 'vitest';
import { callRecord } from '../../test/kit/call-records.ts';
import type { CallEvent, Logged } from '../core/event.ts';
import { ms } from '../core/ids.ts';
import type { LegState } from '../core/input.ts';
import { concernsRecord, newRecord, recordAfter } from './call-record-of.ts';

const READING = { pricePerMinute: 0.6, missedSecond: 'as-second-leg' } as const;
const { facts } = callRecord(1);
const inbound = { ...facts, direction: 'inbound' } as const;

const dial = (leg: number): CallEvent => ({
  type: 'command',
  command: { type: 'dial', leg, number: `+91987654321${leg}`, ringFor: ms(30_000), record: false },
});
const changed = (leg: number, to: LegState): CallEvent => ({ type: 'input', input: { type: 'leg.changed', leg, to } });
const ended: CallEvent = { type: 'ended', why: { by: 'caller' } };
const digits: CallEvent = { type: 'digits.accepted', node: 'menu', digits: '42' } as unknown as CallEvent;
const record = (on: boolean): CallEvent => ({ type: 'command', command: { type: 'record', on, leg: 1 } });

/** The record after each event of a call that matters to it; the nth happens in the nth second. */
function follow(...events: CallEvent[]) {
  const log: Logged[] = [{ call: facts.call, seq: 1, at: ms(0), e: { type: 'started', facts } }];
  let now = newRecord(facts, ms(0), undefined, undefined);
  return events.map((e, i) => {
    log.push({ call: facts.call, seq: i + 2, at: ms((i + 1) * 1000), e });
    if (concernsRecord(log.at(-1) as Logged)) now = recordAfter(now, log, READING);
    return now;
  });
}

describe('the record of a call', () => {
  it('begins queued, and in progress when the customer calls', () => {
    expect(newRecord(facts, ms(5), undefined, undefined)).toMatchObject({
      status: 'queued',
      from: facts.customer,
      to: facts.exophone,
      createdAt: 5,
      recorded: false,
      legs: [],
    });
    expect(newRecord(inbound, ms(5), undefined, undefined).status).toBe('in-progress');
    const wish = { url: 'http://app.example/', events: [], encoding: 'application/json' } as const;
    expect(newRecord(facts, ms(5), '+919876500001', wish)).toMatchObject({ to: '+919876500001', wish });
  });

  it('is what its first phone is, until it is over', () => {
    const statuses = follow(
      dial(1),
      changed(1, 'ringing'),
      changed(1, 'answered'),
      dial(2),
      changed(2, 'ringing'),
      changed(2, 'busy'),
      ended,
    );
    expect(statuses.map(({ status }) => status)).toEqual([
      'queued',
      'ringing',
      'in-progress',
      'in-progress',
      'in-progress',
      'in-progress',
      'completed',
    ]);
    expect(statuses.at(-1)).toMatchObject({ endedAt: 7000, updatedAt: 7000, legs: [{ state: 'completed' }, { state: 'busy' }] });
  });

  it('keeps the last input that was accepted, and that something was recorded', () => {
    expect(follow(dial(1), changed(1, 'answered'), digits, record(true), record(false), ended).at(-1)).toMatchObject({
      digits: '42',
      recorded: true,
    });
  });

  it('costs every begun minute of every phone that was answered', () => {
    const minute = Array.from({ length: 59 }, (): CallEvent => digits);
    expect(follow(dial(1), changed(1, 'answered'), ended).at(-1)?.price).toBe(0.6);
    expect(follow(dial(1), changed(1, 'answered'), ...minute, ended).at(-1)?.price).toBe(0.6);
    expect(follow(dial(1), changed(1, 'answered'), ...minute, digits, ended).at(-1)?.price).toBe(1.2);
    expect(follow(dial(1), changed(1, 'answered'), dial(2), changed(2, 'answered'), ended).at(-1)?.price).toBe(1.2);
    expect(
      follow(dial(1), changed(1, 'busy'), { type: 'ended', why: { by: 'unanswered', outcome: 'busy' } }).at(-1),
    ).toMatchObject({ price: 0, status: 'busy' });
  });

  it('is not touched by what goes on inside its flow', () => {
    const at = { call: facts.call, seq: 1, at: ms(0) };
    expect(concernsRecord({ ...at, e: { type: 'input', input: { type: 'digit', digit: '1' } } })).toBe(false);
    expect(concernsRecord({ ...at, e: { type: 'input', input: { type: 'caller.hungUp' } } })).toBe(true);
  });
});
