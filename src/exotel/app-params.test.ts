import { describe, expect, it } from 'vitest';
import type { CallFacts } from '../core/event.ts';
import { callId, e164, type Ms, ms } from '../core/ids.ts';
import type { Leg, Stage } from '../core/stage.ts';
import { exotelParams } from './app-params.ts';

/** Seconds after the capture of frappe/exotel_integration began. */
const at = (seconds: number): Ms => ms(Date.UTC(2022, 1, 23, 7, 1, 58) + seconds * 1000);

const FACTS: CallFacts = {
  call: callId('23c162077629863c1a2d7f29263a162m'),
  direction: 'inbound',
  customer: e164('+919999999991'),
  exophone: e164('+918047112233'),
  asked: 'flow',
  class: 'SI',
  flow: 'support',
  file: 'flow.xml',
  contact: {},
  variables: {},
  ringFor: ms(30_000),
  timeLimit: ms(14_400_000),
  seed: 1,
};

const customer: Leg = { leg: 1, number: '+919999999991', state: 'answered', dialledAt: at(0), answeredAt: at(0) };
const agent = (more: Partial<Leg>): Leg => ({ leg: 2, number: '+919999999999', state: 'ringing', dialledAt: at(10), ...more });

function stage(more: Partial<Stage> = {}): Stage {
  return { facts: FACTS, startedAt: at(0), answeredAt: at(0), now: at(27), legs: [customer], connected: false, ...more };
}
const params = (more: Partial<Stage> = {}) => Object.fromEntries(exotelParams(stage(more)));

describe('the parameters of a request to the user', () => {
  it('are those of a menu, in the order and the spelling of the vendor', () => {
    expect(exotelParams(stage({ digits: '89' }))).toEqual([
      ['CallSid', '23c162077629863c1a2d7f29263a162m'],
      ['CallFrom', '09999999991'],
      ['CallTo', '08047112233'],
      ['CallStatus', 'in-progress'],
      ['Direction', 'incoming'],
      ['ForwardedFrom', 'null'],
      ['Created', 'Wed, 23 Feb 2022 12:31:58'],
      ['DialCallDuration', '0'],
      ['StartTime', '2022-02-23 12:31:58'],
      ['EndTime', '1970-01-01 05:30:00'],
      ['CallType', 'call-attempt'],
      ['DialWhomNumber', ''],
      ['flow_id', expect.stringMatching(/^\d{6}$/)],
      ['tenant_id', expect.stringMatching(/^\d+$/)],
      ['From', '09999999991'],
      ['To', '08047112233'],
      ['CurrentTime', '2022-02-23 12:32:25'],
      ['digits', '"89"'],
    ]);
  });

  it('are those that frappe captured after an agent was on the line', () => {
    const talked = agent({ state: 'completed', answeredAt: at(17), endedAt: at(27) });
    expect(params({ connected: true, recorded: 'connect', legs: [customer, talked] })).toMatchObject({
      DialCallDuration: '17',
      RecordingUrl: expect.stringMatching(/^https:\/\/[^ ]+23c162077629863c1a2d7f29263a162m\.mp3$/),
      EndTime: '1970-01-01 05:30:00',
      DialCallStatus: 'completed',
      CallType: 'completed',
      DialWhomNumber: '09999999999',
      ProcessStatus: 'null',
      RecordingAvailableBy: 'Wed, 23 Feb 2022 12:37:25',
      CurrentTime: '2022-02-23 12:32:25',
      OutgoingPhoneNumber: '08047112233',
      'Legs[0][Number]': '09999999999',
      'Legs[0][Type]': 'single',
      'Legs[0][OnCallDuration]': '10',
      'Legs[0][CallerId]': '08047112233',
      'Legs[0][CauseCode]': 'NORMAL_CLEARING',
      'Legs[0][Cause]': '16',
      'Legs[0][Insights][Status]': 'completed',
      'Legs[0][Insights][DetailedStatus]': 'CALL_COMPLETED',
      'Legs[0][Insights][RingingDuration]': '7.00',
      'Insights[DialCallStatus]': 'completed',
    });
  });

  it.each([
    ['no-answer', 'no-answer', 'incomplete', 'RING_TIMEOUT', '15'],
    ['busy', 'busy', 'incomplete', 'USER_BUSY', '15'],
    ['canceled', 'canceled', 'client-hangup', 'RING_TIMEOUT', '0'],
  ] as const)('tell that the agent was %s', (state, status, type, cause, seconds) => {
    expect(params({ connected: true, legs: [customer, agent({ state, endedAt: at(25) })] })).toMatchObject({
      DialCallStatus: status,
      CallType: type,
      DialCallDuration: seconds,
      'Legs[0][CauseCode]': cause,
      'Legs[0][OnCallDuration]': '0',
    });
  });

  it('name the agent who answered, and list all that were dialled', () => {
    const legs = [
      customer,
      agent({ state: 'busy', endedAt: at(12) }),
      agent({ leg: 3, number: 'sip:maya', state: 'answered', dialledAt: at(12), answeredAt: at(20) }),
    ];
    expect(params({ connected: true, legs })).toMatchObject({
      DialWhomNumber: 'sip:maya',
      CallType: 'completed',
      'Legs[0][Number]': '09999999999',
      'Legs[1][Number]': 'sip:maya',
    });
  });

  it('say null when a Connect had nobody to dial', () => {
    const sent = params({ connected: true });
    expect(sent).toMatchObject({ DialCallStatus: 'null', CallType: 'incomplete', DialWhomNumber: '', DialCallDuration: '0' });
    expect(Object.keys(sent).filter((name) => /Legs|Outgoing/.test(name))).toEqual([]);
  });

  it('tell of a voicemail', () => {
    expect(params({ recorded: 'voicemail' })).toMatchObject({ CallType: 'voicemail', RecordingUrl: expect.any(String) });
  });

  it('keep to themselves what did not happen', () => {
    const names = Object.keys(params());
    for (const absent of ['digits', 'RecordingUrl', 'RecordingAvailableBy', 'DialCallStatus', 'ProcessStatus', 'CustomField']) {
      expect(names).not.toContain(absent);
    }
  });

  it('carry the custom field of an outgoing call, and only of that', () => {
    const facts = { ...FACTS, customField: 'visit-42' };
    expect(params({ facts })).not.toHaveProperty('CustomField');
    const sent = params({ facts: { ...facts, direction: 'outbound' } });
    expect(sent).toMatchObject({
      Direction: 'outbound-dial',
      CustomField: 'visit-42',
      From: '09999999991',
      CallTo: '08047112233',
    });
    expect(sent).not.toHaveProperty('ForwardedFrom');
  });

  it('give a flow the same number each time, and another flow another', () => {
    const flow = (name: string) => params({ facts: { ...FACTS, flow: name } })['flow_id'];
    expect(flow('survey')).toBe(flow('survey'));
    expect(flow('survey')).not.toBe(flow('support'));
  });
});
