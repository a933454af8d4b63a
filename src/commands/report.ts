import { transcript } from '../call/transcript.ts';
import type { CallView, OptOutMade } from '../call/view.ts';
import type { Asked } from '../compliance/ledger.ts';
import { REHEARSAL } from '../compliance/rehearsal.ts';
import type { CallFacts, Logged } from '../core/event.ts';
import type { Reason, Refusal, Verdict } from '../core/facts.ts';
import { optOutPost } from '../core/opt-out.ts';
import { maskNumber, maskText } from '../core/phone.ts';
import { plainText } from '../core/plain-text.ts';
import { plainIst, showClock } from '../core/time.ts';
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

/** Everything the company's systems would have seen, below the transcript. @param asked on what ground it went out. */
export function report(view: CallView, log: readonly Logged[], options: RunOptions, asked: readonly Asked[] = []): string {
  const law = asked.map(sayAsked);
  const sections = [transcript(view), [outcome(view)], law, dnc(view), webhooks(view), callbacks(view, log, options)];
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

function sayAsked({ contact: { channel }, verdict }: Asked): string {
  const told = verdict.verdict === 'allow' ? [verdict.ground] : verdict.reasons;
  const warned = codes(verdict.warnings);
  return `Law       ${channel === 'sms' ? 'SMS' : 'call'}: ${verdict.verdict}, ${codes(told)}${warned && `; warned of ${warned}`}`;
}

const codes = (reasons: readonly Reason[]): string => reasons.map(({ code }) => code).join(', ');

/** Why a call may not go out, and what can be done. */
export function refusal(verdict: Refusal, customer: string): string {
  const own = verdict.reasons.some(({ facts }) => facts.some(({ kind }) => kind === 'opt-out'));
  const advice = own
    ? `\n  If this person asks to be called again: press9 dnc remove ${customer} --reason "…" --evidence "…"`
    : '';
  const when = verdict.verdict === 'defer' ? `now; it may be from ${plainIst(verdict.nextAllowedAt)} IST` : '';
  return `press9: ${maskNumber(customer)} may not be called${when && ` ${when}`}: nothing was dialled.\n${reasonLines(verdict.reasons)}${advice}\n`;
}

/** What is to be said of a call that goes out all the same. */
export function cautions({ verdict, warnings, ...rest }: Verdict): string {
  if (verdict !== 'allow' || warnings.length === 0) return '';
  const rehearsed = 'ground' in rest && rest.ground.code === REHEARSAL;
  const head = rehearsed ? rest.ground.says.replace(/: .*$/s, '') : 'this call goes out with warnings';
  const tail = rehearsed ? '\n  --enforce holds to all of it.' : '';
  return `press9: ${head}:\n${reasonLines(warnings)}${tail}\n`;
}

const reasonLines = (reasons: readonly Reason[]): string =>
  reasons.map(({ code, says }) => `  ${code}  ${maskText(says)}`).join('\n');
