import { standingIn } from '../../src/compliance/whitelist-number.ts';
import { WHITELIST_SWITCHES, type WhitelistSwitches } from '../../src/compliance/whitelist-switches.ts';
import { type Fact, type NewFact, type PlainFact, WHOLE_ACCOUNT, type WhitelistEvent } from '../../src/core/facts.ts';
import { e164, type Ms } from '../../src/core/ids.ts';
import { plainIst } from '../../src/core/time.ts';
import { ASHA, at } from './facts.ts';

/** The line that the messages name. */
export const LINE = e164('+918047112345');

type More = Partial<Omit<PlainFact, 'kind' | 'at'>>;
let n = 0;
const base = (when: string | Ms, more: More) => {
  const instant = typeof when === 'string' ? at(when) : when;
  const id = `whitelist-${++n}`;
  return {
    id,
    number: ASHA,
    scope: 'all' as const,
    source: 'api' as const,
    at: instant,
    recordedAt: instant,
    actor: 'ravi',
    ...more,
  };
};

export const listed = (when: string | Ms, whitelist: WhitelistEvent, more: More = {}): Fact => ({
  kind: 'whitelist',
  whitelist,
  ...base(when, more),
});
/** The company adds the number; the message lets the person unsubscribe unless told. */
export const posted = (
  when: string | Ms,
  asks: 'unsubscribe' | 'subscribe' = 'unsubscribe',
  more: More = {},
  exophone = LINE,
): Fact => listed(when, { event: 'post', exophone, language: 'en', asks }, more);
export const missedCall = (when: string | Ms, more: More = {}): Fact => listed(when, { event: 'missed-call' }, more);
export const deleted = (when: string | Ms, more: More = {}): Fact => listed(when, { event: 'delete' }, more);
export const hired = (when: string | Ms, more: More = {}): Fact => listed(when, { event: 'agent-added' }, more);
export const left = (when: string | Ms, more: More = {}): Fact => listed(when, { event: 'agent-removed' }, more);
export const unblocked = (when: string | Ms, more: More = {}): Fact =>
  listed(when, { event: 'unblock' }, { evidence: 'ticket 4711', ...more });
export const setBack = (when: string | Ms): Fact =>
  listed(when, { event: 'reset' }, { number: WHOLE_ACCOUNT, reason: 'agreed with the vendor' });
/** The person calls the company, or writes. */
export const came = (when: string | Ms, channel: 'voice' | 'sms' = 'voice', more: More = {}): Fact => ({
  kind: 'inbound',
  channel,
  ...base(when, { source: 'call', ...more }),
});
export const saidStop = (when: string | Ms, more: More = {}): Fact => ({
  kind: 'opt-out',
  ...base(when, { source: 'sms-stop', ...more }),
});
export const saidStart = (when: string | Ms, more: More = {}): Fact => ({
  kind: 'opt-in',
  ...base(when, { source: 'sms-start', ...more }),
});

/** Facts as a store would have them. */
export const recorded = (facts: readonly NewFact[]): readonly Fact[] =>
  facts.map((fact) => ({ ...fact, id: `whitelist-${++n}`, recordedAt: fact.at }));

/** So many people, each added on the first of May 2026 and saying no on a day of their own from the second. */
export const refusals = (count: number, from = 0): readonly Fact[] =>
  Array.from({ length: count }, (_, i) => {
    const number = e164(`+91980000000${from + i}`);
    return [posted('2026-05-01', 'unsubscribe', { number }), missedCall(`2026-05-0${from + i + 2}`, { number })];
  }).flat();

/** Where a number stands, in a line: `whitelist api until 2026-12-10 00:00:00`. */
export function standing(
  facts: readonly Fact[],
  when: string,
  switches: Partial<WhitelistSwitches> = {},
  number = ASHA,
  flips: Parameters<typeof standingIn>[1] = [],
): string {
  const { status, type, expiresAt } = standingIn({ ...WHITELIST_SWITCHES, ...switches }, flips)(number, facts, at(when));
  return [status, type, expiresAt === undefined ? '' : `until ${plainIst(expiresAt)}`].filter(Boolean).join(' ');
}
