import type { CallFacts, EndReason, Logged } from '../core/event.ts';
import type { Ms } from '../core/ids.ts';
import type { Leg } from '../core/stage.ts';
import { plainIst } from '../core/time.ts';
import { recordingUrl } from './ids.ts';
import { legsOf, onCallSeconds, shownAgent } from './legs.ts';
import { national } from './numbers.ts';

export type CallbackEvent = 'terminal' | 'answered';
export type CallbackOptions = {
  /**
   * `documented` sends what the API reference lists. `automated-calls` adds `Digits` and `From`, as the page on automated
   * calls shows them; the API reference does not confirm these two.
   */
  profile: 'documented' | 'automated-calls';
  /** StatusCallbackEvents of the API. Without any, one short callback comes when the call is over. */
  events: readonly CallbackEvent[];
};
/** Ordered and flattened: `Legs[0][Status]`. */
export type Field = readonly [name: string, value: string];

/**
 * The status callback that the last event of a log calls for, if it calls for one: the end of the call, or a phone that
 * was answered. After https://developer.exotel.com/api/statuscallback.
 */
export function callbackFor(log: readonly Logged[], options: CallbackOptions): readonly Field[] | undefined {
  const started = log[0];
  const last = log.at(-1);
  if (started?.e.type !== 'started' || last === undefined) return undefined;
  const story = { log, facts: started.e.facts, startedAt: started.at, now: last.at, legs: legsOf(log), options };
  if (last.e.type === 'ended' && asksForEnd(options)) return terminal(story, last.e.why);
  if (last.e.type === 'input' && last.e.input.type === 'leg.changed' && last.e.input.to === 'answered') {
    return options.events.includes('answered') ? extended(story, 'answered', 'in-progress') : undefined;
  }
  return undefined;
}

/** All callbacks of a call, in the order in which they went out. */
export function callbacksOf(log: readonly Logged[], options: CallbackOptions): readonly (readonly Field[])[] {
  const due = ({ e }: Logged) => e.type === 'ended' || e.type === 'input';
  const at = log.flatMap((logged, i) => (due(logged) ? [i + 1] : []));
  return at.map((n) => callbackFor(log.slice(0, n), options)).filter((fields) => fields !== undefined);
}

const asksForEnd = ({ events }: CallbackOptions): boolean => events.length === 0 || events.includes('terminal');

type Story = {
  log: readonly Logged[];
  facts: CallFacts;
  startedAt: Ms;
  now: Ms;
  legs: readonly Leg[];
  options: CallbackOptions;
};

function terminal(story: Story, why: EndReason): readonly Field[] {
  const status = why.by === 'unanswered' ? why.outcome : 'completed';
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
    ['ConversationDuration', String(over ? conversation(story) : 0)],
    ['Direction', facts.direction === 'inbound' ? 'inbound' : 'outbound-api'],
    ...(over && facts.customField !== undefined ? [['CustomField', facts.customField] as const] : []),
    ...(over ? recording(story, status) : []),
    ...legFields(
      legs.find(({ leg }) => leg === 1),
      0,
      now,
      over,
    ),
    ...legFields(shownAgent(legs), 1, now, over),
    ...asAutomatedCalls(story, []),
  ];
}

/** Who was called first, and who after that; a call to a flow has only its ExoPhone on the other side. */
function ends({ facts, legs }: Story): { from: string; to: string } {
  const second = facts.asked === 'two-numbers' ? shownAgent(legs)?.number : undefined;
  return { from: national(facts.customer), to: national(second ?? facts.exophone) };
}

/** Empty when an answered call was not recorded, absent when nobody answered (nammayatri issue 917). */
function recording({ facts, log }: Story, status: string): readonly Field[] {
  if (status !== 'completed') return [];
  return [['RecordingUrl', wasRecorded(log) ? recordingUrl(facts.call) : '']];
}

function wasRecorded(log: readonly Logged[]): boolean {
  const recorded = new Set<number>();
  return log.some(({ e }) => {
    if (e.type === 'command' && e.command.type === 'dial' && e.command.record) recorded.add(e.command.leg);
    if (e.type === 'command' && e.command.type === 'record') return e.command.on;
    return e.type === 'input' && e.input.type === 'leg.changed' && e.input.to === 'answered' && recorded.has(e.input.leg);
  });
}

/** Seconds that both ends were on the call. In a call to a flow the other end is the flow, there all the time. */
function conversation({ facts, legs, now }: Story): number {
  const customer = onCallSeconds(
    legs.find(({ leg }) => leg === 1),
    now,
  );
  return facts.asked === 'flow' ? customer : Math.min(customer, onCallSeconds(shownAgent(legs), now));
}

function legFields(leg: Leg | undefined, i: number, now: Ms, over: boolean): readonly Field[] {
  return [
    [`Legs[${i}][OnCallDuration]`, String(over ? onCallSeconds(leg, now) : 0)],
    [`Legs[${i}][Status]`, leg === undefined ? '' : legStatus(leg)],
    [`Legs[${i}][AnsweredBy]`, 'NA'],
  ];
}

/** Empty until a phone was answered or given up, as frappe/crm reads it. */
function legStatus({ state }: Leg): string {
  if (state === 'answered') return 'in-progress';
  return state === 'dialling' || state === 'ringing' ? '' : state;
}

/** `Digits` is the last input that a menu or Gather accepted; the log has them all. */
function asAutomatedCalls({ log, options }: Story, also: readonly Field[]): readonly Field[] {
  if (options.profile !== 'automated-calls') return [];
  const accepted = log.findLast(({ e }) => e.type === 'digits.accepted')?.e;
  return [...(accepted?.type === 'digits.accepted' ? [['Digits', accepted.digits] as const] : []), ...also];
}
