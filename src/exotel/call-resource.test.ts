import { describe, expect, it } from 'vitest';
import { ms } from '../core/ids.ts';
import { call, callResource } from './call-resource.ts';
import type { CallView } from './call-view.ts';
import { CUSTOMER, callRecord, EXOPHONE, leg, seconds, spokenCall } from './fixtures/call-record.ts';

const view = (rest: Partial<CallView> = {}): CallView => ({
  account: 'acme1',
  now: seconds(600),
  lateBy: ms(120_000),
  details: false,
  as: 'fetched',
  ...rest,
});

describe('a call that was just asked for', () => {
  it('is in progress, whatever has become of it meanwhile', () => {
    const failed = callRecord({ status: 'failed', endedAt: seconds(1), legs: [] });
    expect(call(failed, view({ as: 'created' }))).toMatchObject({ Status: 'in-progress', EndTime: null, RecordingUrl: null });
  });

  it('starts when it was asked for until a phone is dialled', () => {
    expect(call(callRecord({ legs: [] }), view({ as: 'created' }))).toMatchObject({ StartTime: '2017-03-03 12:30:24' });
    expect(call(callRecord(), view({ as: 'created' }))).toMatchObject({ StartTime: '2017-03-03 12:30:27' });
  });
});

describe('a call that is over', () => {
  it('keeps its end, duration, price and recording to itself for a while', () => {
    const early = call(spokenCall(), view({ now: seconds(146) }));
    expect(early).toMatchObject({ Status: 'completed', EndTime: '', Duration: '', Price: '', RecordingUrl: '' });
    expect(call(spokenCall(), view({ now: seconds(147) }))).toMatchObject({
      EndTime: '2017-03-03 12:30:51',
      Duration: '24',
      Price: '1.500',
      RecordingUrl: expect.stringContaining('80bfbec2d78bbbf10fb851f4fa165211.mp3'),
    });
  });

  it('tells it all at once where nothing is late', () => {
    expect(call(spokenCall(), view({ now: seconds(27), lateBy: ms(0) }))).toMatchObject({ Duration: '24' });
  });

  it('has no recording and no price when there are none', () => {
    const { price: _, ...free } = spokenCall({ recorded: false });
    expect(call(free, view())).toMatchObject({ Price: '', RecordingUrl: '' });
  });
});

describe('who answered', () => {
  it.each([
    ['nobody yet', leg(1, CUSTOMER), ''],
    ['a person', leg(1, CUSTOMER, { answeredAt: seconds(6), state: 'answered' }), 'human'],
    ['a machine', leg(1, CUSTOMER, { answeredAt: seconds(6), state: 'answered', by: 'machine' }), 'machine'],
    ['nobody', leg(1, CUSTOMER, { endedAt: seconds(6), state: 'busy' }), ''],
  ] as const)('%s', (_who, first, says) => {
    expect(call(callRecord({ legs: [first] }), view())).toMatchObject({ AnsweredBy: says });
  });
});

it('shows the ExoPhone as the other side of a call to a flow, and says who called whom', () => {
  const record = callRecord({ to: EXOPHONE });
  expect(call(record, view())).toMatchObject({ To: '08047112233', From: '09876543210', Direction: 'outbound-api' });
  const incoming = { ...record, facts: { ...record.facts, direction: 'inbound' as const } };
  expect(call(incoming, view())).toMatchObject({ From: '09876543210', Direction: 'inbound' });
});

describe('details of a call', () => {
  const details = (record = spokenCall(), rest: Partial<CallView> = {}) => {
    const { Call } = callResource(record, view({ details: true, ...rest }));
    return (Call as { Details: unknown }).Details;
  };

  it('are not there unless asked for', () => {
    expect(call(spokenCall(), view())).not.toHaveProperty('Details');
  });

  it('have no phones before one is dialled', () => {
    expect(details(callRecord({ legs: [] }), { as: 'created' })).toEqual({
      ConversationDuration: null,
      Leg1Status: null,
      Leg2Status: null,
      Legs: [],
    });
  });

  it('tell the states of the phones at once and their durations late', () => {
    expect(details(spokenCall(), { now: seconds(30) })).toEqual({
      ConversationDuration: null,
      Leg1Status: 'completed',
      Leg2Status: 'completed',
      Legs: [{ Leg: { Id: 1, OnCallDuration: null } }, { Leg: { Id: 2, OnCallDuration: null } }],
    });
  });

  it('tell why an incoming call was missed, when its status does not', () => {
    const missed = spokenCall({
      legs: [
        leg(1, CUSTOMER, { state: 'completed', answeredAt: seconds(6), endedAt: seconds(27) }),
        leg(3, '+919999999999', { state: 'no-answer', endedAt: seconds(27) }),
      ],
    });
    expect(details(missed)).toMatchObject({ ConversationDuration: 0, Leg1Status: 'completed', Leg2Status: 'no-answer' });
    expect(details(missed)).toMatchObject({
      Legs: [{ Leg: { Id: 1, OnCallDuration: 21 } }, { Leg: { Id: 2, OnCallDuration: 0 } }],
    });
  });
});
