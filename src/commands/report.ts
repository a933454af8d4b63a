import { transcript } from '../call/transcript.ts';
import type { CallView, OptOutMade } from '../call/view.ts';
import type { CallFacts, Logged } from '../core/event.ts';
import type { Refusal } from '../core/facts.ts';
import { optOutPost } from '../core/opt-out.ts';
import { maskNumber } from '../core/phone.ts';
import { plainText } from '../core/plain-text.ts';
import { showClock } from '../core/time.ts';
import { callbacksOf } from '../exotel/callback.ts';
import { callbackEncoding, callbackOptions } from './callbacks.ts';
import type { RunOptions } from './run-options.ts';

const CLASSES = {
  P: 'promotional',
  SE: 'service-explicit',
  SI: 'service-implicit',
  T: 'transactional',
  G: 'government',
} as const;

/** The line above a transcript. */
export function heading({ flow, customer, exophone, direction, class: kind, call }: CallFacts): string {
  const who =
    direction === 'inbound'
      ? `from ${maskNumber(customer)} to ${maskNumber(exophone)}`
      : `to ${maskNumber(customer)} from ${maskNumber(exophone)}`;
  return `${flow}  ${who}  ${CLASSES[kind]}  CallSid ${call}`;
}

/** Everything the company's systems would have seen, below the transcript. */
export function report(view: CallView, log: readonly Logged[], options: RunOptions): string {
  const sections = [transcript(view), [outcome(view)], dnc(view), webhooks(view), callbacks(view, log, options)];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.flatMap((text) => text.split('\n').map(plainText)).join('\n'))
    .join('\n\n')}\n`;
}

function outcome(view: CallView): string {
  const length = showClock((view.endedAt ?? view.startedAt) - (view.answeredAt ?? view.endedAt ?? view.startedAt));
  const facts = [
    view.status,
    ...(view.answeredAt === undefined ? [] : [`${length} after the answer`]),
    ...(view.digits === undefined ? [] : [`digits ${view.digits}`]),
    ...view.goals.map((goal) => `goal ${goal}`),
  ];
  return `Result    ${facts.join(', ')}`;
}

const dnc = (view: CallView): string[] => view.optOuts.map((made) => `DNC       ${sayOptOut(view, made)}`);

function sayOptOut(view: CallView, { scope, key, result }: OptOutMade): string {
  const number = view.facts?.customer ?? '';
  const what = `${number} opted out of ${scope === 'all' ? 'everything' : scope}${key ? ` by key ${key}` : ''}`;
  if (result && 'fact' in result) return `${what}: recorded as ${result.fact}`;
  const failed = result ? result.failed : 'the store never answered.';
  return `${what}: NOT in the store. ${failed}${result?.journal ? `\n          Kept in ${result.journal}; it counts from now on, and is taken over when the store can be written.` : ''}`;
}

function webhooks(view: CallView): string[] {
  const { facts } = view;
  if (!facts) return [];
  return view.optOuts.flatMap((made) => {
    const post = optOutPost(facts, { type: 'optOut', node: '' as never, ...made }, made.at);
    if (!post) return [];
    const tries = view.deliveries.filter((delivery) => delivery.id === post.id);
    const last = tries.at(-1);
    const state = !last
      ? 'not tried'
      : last.ok
        ? `delivered, ${last.result}`
        : `not delivered (${last.result}, ${tries.length} attempts); kept, tried again later`;
    return [`Webhook   POST ${post.url}  ${state}`, `          ${post.body}`];
  });
}

function callbacks(view: CallView, log: readonly Logged[], options: RunOptions): string[] {
  if (view.facts?.direction !== 'outbound') return [];
  return callbacksOf(log, callbackOptions(options)).flatMap((fields, i) => {
    const tries = view.deliveries.filter((delivery) => delivery.id === `${view.facts?.call}-callback-${i + 1}`);
    const last = tries.at(-1);
    const state = last
      ? last.ok
        ? `delivered, ${last.result}`
        : `not delivered (${last.result}, ${tries.length} attempts)`
      : 'not posted: no --callback-url';
    const where = options.callbackUrl ?? '(StatusCallback)';
    return [
      `Callback  POST ${where}  ${callbackEncoding(options)}  ${state}`,
      ...fields.map(([name, value]) => `          ${name}=${value}`),
    ];
  });
}

/** Why a call or message may not go out, and what can be done. */
export function refusal(verdict: Refusal, customer: string): string {
  const reasons = verdict.reasons.map(({ code, says }) => `  ${code}  ${says}`);
  const own = verdict.reasons.some(({ facts }) => facts.length > 0);
  const advice = own
    ? `\n  If this person asks to be called again: press9 dnc remove ${customer} --reason "…" --evidence "…"`
    : '';
  return `press9: ${maskNumber(customer)} may not be called: nothing was dialled.\n${reasons.join('\n')}${advice}\n`;
}
