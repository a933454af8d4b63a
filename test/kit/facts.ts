import { NO_PREFERENCE } from '../../src/compliance/preference.ts';
import type { Category, Consent, Contact, Fact, PlainFact, Preference } from '../../src/core/facts.ts';
import { e164, type Ms } from '../../src/core/ids.ts';
import { parseInstant } from '../../src/core/time.ts';

export const ASHA = e164('+919876543210');
export const BINA = e164('+919812345678');

/** An instant, Indian time unless told. */
export function at(text: string): Ms {
  const instant = parseInstant(text);
  if (instant === undefined) throw new Error(`"${text}" is no instant`);
  return instant;
}

/** Sunday, 22 November 2026, noon in India: every band is open. */
export const NOON = at('2026-11-22T12:00');

export const contact = (kind: Contact['class'], more: Partial<Contact> = {}): Contact => ({
  number: ASHA,
  channel: 'voice',
  class: kind,
  ...more,
});

type More = Partial<Omit<PlainFact, 'kind' | 'at'>>;
let n = 0;
const base = (when: string | Ms, more: More) => ({
  id: `fact-${++n}`,
  number: ASHA,
  scope: 'all' as const,
  source: 'manual' as const,
  at: typeof when === 'string' ? at(when) : when,
  recordedAt: NOON,
  actor: 'ravi',
  ...more,
});

export const optOut = (when: string | Ms, more: More = {}): Fact => ({
  kind: 'opt-out',
  ...base(when, { source: 'key-press', ...more }),
});
export const revocation = (when: string | Ms, more: More = {}): Fact => ({ kind: 'revocation', ...base(when, more) });
export const complaint = (when: string | Ms, more: More = {}): Fact => ({ kind: 'complaint', ...base(when, more) });
export const optIn = (when: string | Ms, lifts: readonly Fact[], more: More = {}): Fact => ({
  kind: 'opt-in',
  ...base(when, { supersedes: lifts.map(({ id }) => id), ...more }),
});
export const called = (when: string | Ms, more: More = {}): Fact => ({
  kind: 'contacted',
  channel: 'voice',
  class: 'SI',
  ...base(when, { source: 'system', ...more }),
});
export const consented = (when: string | Ms, consent: Partial<Consent> = {}, more: More = {}): Fact => ({
  kind: 'consent',
  consent: { basis: 'explicit', ...consent },
  ...base(when, { source: 'web', ...more }),
});
export const registered = (when: string | Ms, preference: Partial<Preference>, more: More = {}): Fact => ({
  kind: 'listing',
  preference: { ...NO_PREFERENCE, ...preference },
  ...base(when, { source: 'registry', ...more }),
});
export const blockedFor = (when: string | Ms, ...categories: Category[]): Fact =>
  registered(when, { block: 'categories', categories });
