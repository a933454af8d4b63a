import type { CallbackEvent } from '../core/call-record.ts';
import type { CallFacts, EndReason, Logged } from '../core/event.ts';
import type { Ms } from '../core/ids.ts';
import type { Leg } from '../core/stage.ts';
import { plainIst } from '../core/time.ts';
import { finalStatus, legStatus, type MissedSecond } from './call-status.ts';
import { recordingUrl } from './ids.ts';
import { conversationSeconds, legsOf, onCallSeconds, shownAgent } from './legs.ts';
import { national } from './numbers.ts';

export type CallbackOptions = {
  /**
   * `documented` sends what the API reference lists. `automated-calls` adds `Digits` and `From`, as the page on automated
   * calls shows them; the API reference does not confirm these two.
   */
  profile: 'documented' | 'automated-calls';
  /** StatusCallbackEvents of the API. Without any, one short callback comes when the call is over. */
  events: readonly CallbackEvent[];
  missedSecond?: MissedSecond;
  /** Who is called second, in a call between two numbers. */
  to?: string;
  /** The vendor recorded the call, whatever its flow did. */
  recorded?: boolean;
};
/** Ordered and flattened: `Legs[0][Status]`. */
export type Field = readonly [name: string, value: string];

/**
 * The status callback that the last event of a log calls for, if it calls for one: the end of the call, or a phone that
 * rings or was answered. After https://developer.exotel.com/api/statuscallback.
 */
export function callbackFor(log: readonly Logged[], options: CallbackOptions): readonly Field[] | undefined {
  const started = log[0];
  const last = log.at(-1);
  if (started?.e.type !== 'started' || last === undefined || !callsForOne(last, options)) return undefined;
  const story = { log, facts: started.e.facts, startedAt: started.at, now: last.at, legs: legsOf(log), options };
  if (last.e.type === 'ended') return terminal(story, last.e.why);
  return isLeg(last, 'answered') ? extended(story, 'answered', 'in-progress') : extended(story, 'ringing', ringingStatus(story));
}

/** All callbacks of a call, in the order in which they went out. */
export function callbacksOf(log: readonly Logged[], options: CallbackOptions): readonly (readonly Field[])[] {
  const at = log.flatMap((logged, i) => (callsForOne(logged, options) ? [i + 1] : []));
  return at.map((n) => callbackFor(log.slice(0, n), options)).filter((fields) => fields !== undefined);
}

/** Asked of every event of every call: cheap. */
function callsForOne(logged: Logged, { events }: CallbackOptions): boolean {
  if (logged.e.type === 'ended') return events.length === 0 || events.includes('terminal');
  return (['answered', 'ringing'] as const).some((event) => isLeg(logged, event) && events.includes(event));
}

const isLeg = ({ e }: Logged, to: 'answered' | 'ringing'): boolean =>
  e.type === 'input' && e.input.type === 'leg.changed' && e.input.to === to;

type Story = {
  log: readonly Logged[];
  facts: CallFacts;
  startedAt: Ms;
  now: Ms;
  legs: readonly Leg[];
  options: CallbackOptions;
};

/** While a second phone rings the call is under way. */
const ringingStatus = ({ legs }: Story): string =>
  legs.some(({ answeredAt }) => answeredAt !== undefined) ? 'in-progress' : 'ringing';

function terminal(story: Story, why: EndReason): readonly Field[] {
  const status = finalStatus(story.facts, why, story.legs, story.options.missedSecond);
  if (story.options.events.length > 0) return extended(story, 'terminal', status);
  return [
    ['CallSid', story.facts.call],
    ['Status', status],
    ...recording(story, status),
    ['DateUpdated', plainIst(story.now)],
    ...asAutomatedCalls(story, [['From', ends(story).from]]),
  ];
}

function extended(story: Story, event: CallbackEvent, status: string): readonly Field[] {
  const { facts, startedAt, now, legs } = story;
  const over = event === 'terminal';
  const { from, to } = ends(story);
  return [
    ['CallSid', facts.call],
    ['EventType', event],
    ['DateCreated', plainIst(startedAt)],
    ['DateUpdated', plainIst(now)],
    ['Status', status],
    ['To', to],
    ['From', from],
    ['PhoneNumberSid', national(facts.exophone)],
    ['StartTime', plainIst(legs[0]?.dialledAt ?? startedAt)],
    ['EndTime', over ? plainIst(now) : ''],
    ['ConversationDuration', String(over ? conversationSeconds(facts, legs, now) : 0)],
    ['Direction', facts.direction === 'inbound' ? 'inbound' : 'outbound-api'],
    ...(over && facts.customField !== undefined ? [['CustomField', facts.customField] as const] : []),
    ...(over ? recording(story, status) : []),
    ...[legs.find(({ leg }) => leg === 1), secondPhone(story)].flatMap((leg, i) => legFields(leg, i, story.now, event)),
    ...asAutomatedCalls(story, []),
  ];
}

/** Who is called first, and who after that; a call to a flow has only its ExoPhone on the other side. */
function ends({ facts, legs, options }: Story): { from: string; to: string } {
  const second = facts.asked === 'two-numbers' ? (options.to ?? shownAgent(legs)?.number) : undefined;
  return { from: national(facts.customer), to: national(second ?? facts.exophone) };
}

/** The phone that rings or was answered now; else the one that the call has to show. */
function secondPhone({ log, legs }: Story): Leg | undefined {
  const last = log.at(-1)?.e;
  const changed = last?.type === 'input' && last.input.type === 'leg.changed' ? last.input.leg : 1;
  return changed > 1 ? legs.find(({ leg }) => leg === changed) : shownAgent(legs);
}

/** Empty when an answered call was not recorded, absent when nobody answered (nammayatri issue 917). */
function recording({ facts, log, options }: Story, status: string): readonly Field[] {
  if (status !== 'completed') return [];
  return [['RecordingUrl', options.recorded || wasRecorded(log) ? recordingUrl(facts.call) : '']];
}

/** Did something make a recording: a voicemail, or a talk that was to be recorded and came about? */
export function wasRecorded(log: readonly Logged[]): boolean {
  const recorded = new Set<number>();
  return log.some(({ e }) => {
    if (e.type === 'command' && e.command.type === 'dial' && e.command.record) recorded.add(e.command.leg);
    if (e.type === 'command' && e.command.type === 'record') return e.command.on;
    return e.type === 'input' && e.input.type === 'leg.changed' && e.input.to === 'answered' && recorded.has(e.input.leg);
  });
}

function legFields(leg: Leg | undefined, i: number, now: Ms, event: CallbackEvent): readonly Field[] {
  const status = event === 'ringing' && leg?.state === 'ringing' ? 'ringing' : leg === undefined ? '' : legStatus(leg);
  return [
    [`Legs[${i}][OnCallDuration]`, String(event === 'terminal' ? onCallSeconds(leg, now) : 0)],
    [`Legs[${i}][Status]`, status],
    [`Legs[${i}][AnsweredBy]`, answeredBy(leg, i)],
  ];
}

/** The API reference's sample has `NA` for the first phone and `HUMAN` for the second, both answered. */
function answeredBy(leg: Leg | undefined, i: number): string {
  if (leg?.answeredAt === undefined) return 'NA';
  if (leg.by === 'machine') return 'MACHINE';
  return i === 0 ? 'NA' : 'HUMAN';
}

/** `Digits` is the last input that a menu or Gather accepted; the log has them all. */
function asAutomatedCalls({ log, options }: Story, also: readonly Field[]): readonly Field[] {
  if (options.profile !== 'automated-calls') return [];
  const accepted = log.findLast(({ e }) => e.type === 'digits.accepted')?.e;
  return [...(accepted?.type === 'digits.accepted' ? [['Digits', accepted.digits] as const] : []), ...also];
}
