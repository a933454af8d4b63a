import type { CallId, Ms } from '../core/ids.ts';
import type { AppParams, Leg, Param, Stage } from '../core/stage.ts';
import { plainIst } from '../core/time.ts';
import { flowNumber, recordingUrl, TENANT_ID } from './ids.ts';
import { onCallSeconds, shownAgent } from './legs.ts';
import { national } from './numbers.ts';
import { createdStyle, recordingAvailableBy, secondsBetween } from './times.ts';

/** Exotel never tells the end of a call here: the Unix epoch in Indian time stands in its place. */
const END_TIME = '1970-01-01 05:30:00';

/**
 * The query parameters that Exotel adds to a request to the user's server, in the order in which they were captured.
 * After help-centre articles 48283 (Passthru), 3000084635 (Gather), 3000088074 and 3000096873 (Connect), and requests captured by
 * frappe in 2022 and 2026. Which of them are sent depends on where in the flow the call is; the README of this folder has a
 * source, and the doubts, for each.
 */
export const exotelParams: AppParams = (stage) => {
  const { facts } = stage;
  const [from, to] = [national(facts.customer), national(facts.exophone)];
  const agents = stage.legs.filter(({ leg }) => leg > 1);
  return [
    ['CallSid', facts.call],
    ['CallFrom', from],
    ['CallTo', to],
    ['CallStatus', stage.answeredAt === undefined ? 'ringing' : 'in-progress'],
    ['Direction', facts.direction === 'inbound' ? 'incoming' : 'outbound-dial'],
    ...when(facts.direction === 'inbound', [['ForwardedFrom', 'null']]),
    ['Created', createdStyle(stage.startedAt)],
    ['DialCallDuration', String(dialCallDuration(agents, stage.now))],
    ...recording(stage),
    ['StartTime', plainIst(stage.startedAt)],
    ['EndTime', END_TIME],
    ...when(stage.connected, [['DialCallStatus', dialCallStatus(agents)]]),
    ['CallType', callType(stage, agents)],
    ['DialWhomNumber', national(shownAgent(agents)?.number ?? '')],
    ...when(stage.connected, [['ProcessStatus', 'null']]),
    ['flow_id', flowNumber(facts.flow)],
    ['tenant_id', TENANT_ID],
    ['From', from],
    ['To', to],
    ['CurrentTime', plainIst(stage.now)],
    ...when(stage.connected && agents.length > 0, [['OutgoingPhoneNumber', to]]),
    ...(stage.digits === undefined ? [] : ([['digits', `"${stage.digits}"`]] as const)),
    ...customField(stage),
    ...(stage.connected ? agents.flatMap((leg, i) => legParams(leg, i, to, stage.now)) : []),
    ...when(stage.connected && agents.length > 0, [['Insights[DialCallStatus]', dialCallStatus(agents)]]),
  ];
};

/** An address without what the vendor added to it, which another call would have otherwise; `*` stands for that. */
export function addressPattern(url: string, call: CallId): string {
  const added = url.search(new RegExp(`[?&]CallSid=${call}`));
  const own = added < 0 ? url : url.slice(0, added);
  const pattern = own.includes('?') && added >= 0 ? `${own}&*` : own.replace(/[#].*$/s, '');
  return pattern.replaceAll(call, '*');
}

const when = (wanted: boolean, params: readonly Param[]): readonly Param[] => (wanted ? params : []);

function recording(stage: Stage): readonly Param[] {
  if (stage.recorded === undefined) return [];
  return [
    ['RecordingUrl', recordingUrl(stage.facts.call)],
    ['RecordingAvailableBy', recordingAvailableBy(stage.now)],
  ];
}

/** Only of outgoing calls, and only if the caller of the API gave one. */
function customField({ facts }: Stage): readonly Param[] {
  return facts.direction === 'outbound' && facts.customField !== undefined ? [['CustomField', facts.customField]] : [];
}

/** Seconds from dialling to the end, ringing included; 0 when the customer gave up meanwhile, as captured. */
function dialCallDuration(agents: readonly Leg[], now: Ms): number {
  const leg = shownAgent(agents);
  return leg === undefined || leg.state === 'canceled' ? 0 : secondsBetween(leg.dialledAt, leg.endedAt ?? now);
}

/** The word `null` when a Connect had nobody to dial. */
function dialCallStatus(agents: readonly Leg[]): string {
  const leg = shownAgent(agents);
  return leg === undefined ? 'null' : legStatus(leg);
}

function legStatus(leg: Leg): string {
  if (leg.answeredAt !== undefined) return leg.endedAt === undefined ? 'in-progress' : 'completed';
  return leg.state === 'dialling' ? 'ringing' : leg.state;
}

function callType(stage: Stage, agents: readonly Leg[]): string {
  if (stage.recorded === 'voicemail') return 'voicemail';
  if (!stage.connected) return 'call-attempt';
  if (agents.some(({ answeredAt }) => answeredAt !== undefined)) return 'completed';
  return agents.at(-1)?.state === 'canceled' ? 'client-hangup' : 'incomplete';
}

/** Exotel has the names the wrong way round: `CauseCode` is the word, `Cause` the number. */
const CAUSES: Partial<Record<Leg['state'], readonly [code: string, cause: string]>> = {
  answered: ['NORMAL_CLEARING', '16'],
  completed: ['NORMAL_CLEARING', '16'],
  canceled: ['RING_TIMEOUT', '1003'],
  'no-answer': ['RING_TIMEOUT', '1003'],
  busy: ['USER_BUSY', '17'],
  failed: ['NORMAL_TEMPORARY_FAILURE', '41'],
};

function legParams(leg: Leg, i: number, callerId: string, now: Ms): readonly Param[] {
  const cause = CAUSES[leg.state];
  const ringing = ((leg.answeredAt ?? leg.endedAt ?? now) - leg.dialledAt) / 1000;
  return [
    [`Legs[${i}][Number]`, national(leg.number)],
    [`Legs[${i}][Type]`, 'single'],
    [`Legs[${i}][OnCallDuration]`, String(onCallSeconds(leg, now))],
    [`Legs[${i}][CallerId]`, callerId],
    ...(cause === undefined ? [] : causeParams(i, cause)),
    [`Legs[${i}][Insights][Status]`, legStatus(leg)],
    ...when(legStatus(leg) === 'completed', [[`Legs[${i}][Insights][DetailedStatus]`, 'CALL_COMPLETED']]),
    [`Legs[${i}][Insights][RingingDuration]`, ringing.toFixed(2)],
  ];
}

const causeParams = (i: number, [code, cause]: readonly [string, string]): readonly Param[] => [
  [`Legs[${i}][CauseCode]`, code],
  [`Legs[${i}][Cause]`, cause],
];
