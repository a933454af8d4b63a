import { expect, it } from 'vitest';
import type { CallEvent, CallFacts, Logged } from '../core/event.ts';
import { callId, e164, ms } from '../core/ids.ts';
import type { LegState } from '../core/input.ts';
import { legsOf, onCallSeconds, shownAgent } from './legs.ts';

const dial = (leg: number): CallEvent => ({
  type: 'command',
  command: { type: 'dial', leg, number: `+91999999999${leg}`, ringFor: ms(30_000), record: false },
});
const changed = (leg: number, to: LegState): CallEvent => ({ type: 'input', input: { type: 'leg.changed', leg, to } });
const hangUpLeg = (leg: number): CallEvent => ({ type: 'command', command: { type: 'hangUpLeg', leg } });
const hungUp: CallEvent = { type: 'input', input: { type: 'caller.hungUp' } };
const ended: CallEvent = { type: 'ended', why: { by: 'caller' } };

/** One event a second. */
const logOf = (...events: CallEvent[]): Logged[] =>
  events.map((e, i) => ({ call: callId('c1'), seq: i + 1, at: ms(i * 1000), e }));

it('follows a phone from dialling to its end', () => {
  const log = logOf(dial(1), changed(1, 'ringing'), changed(1, 'answered'), dial(2), hungUp, ended);
  expect(legsOf(log.slice(0, 1))).toEqual([{ leg: 1, number: '+919999999991', state: 'dialling', dialledAt: 0 }]);
  expect(legsOf(log)).toEqual([
    { leg: 1, number: '+919999999991', state: 'completed', dialledAt: 0, answeredAt: 2000, endedAt: 4000 },
    { leg: 2, number: '+919999999992', state: 'canceled', dialledAt: 3000, endedAt: 5000 },
  ]);
});

it('has the customer of an incoming call without dialling', () => {
  const facts = { direction: 'inbound', customer: e164('+919876543210') } as CallFacts;
  expect(legsOf(logOf({ type: 'started', facts }, changed(1, 'answered')))).toEqual([
    { leg: 1, number: '+919876543210', state: 'answered', dialledAt: 0, answeredAt: 1000 },
  ]);
});

it('believes the first end of a phone only', () => {
  const [leg] = legsOf(logOf(dial(1), changed(1, 'answered'), hangUpLeg(1), changed(1, 'completed'), ended));
  expect(leg).toMatchObject({ state: 'completed', endedAt: 2000 });
  const [busy] = legsOf(logOf(dial(1), changed(1, 'busy'), ended));
  expect(busy).toMatchObject({ state: 'busy', endedAt: 1000 });
});

it('shows the agent who answered, else the last one dialled', () => {
  const log = logOf(dial(1), dial(2), changed(2, 'answered'), dial(3));
  expect(shownAgent(legsOf(log))?.leg).toBe(2);
  expect(shownAgent(legsOf(logOf(dial(1), dial(2), dial(3))))?.leg).toBe(3);
  expect(shownAgent(legsOf(logOf(dial(1))))).toBeUndefined();
});

it('counts whole seconds on the call', () => {
  const [leg] = legsOf(logOf(dial(1), changed(1, 'answered')));
  expect(onCallSeconds(leg, ms(12_400))).toBe(11);
  expect(onCallSeconds(legsOf(logOf(dial(1)))[0], ms(9000))).toBe(0);
});
