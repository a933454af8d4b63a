import { NO_PREFERENCE } from '../src/compliance/preference.ts';
import type { Contact, Fact } from '../src/core/facts.ts';
import { type E164, e164, type Ms, ms } from '../src/core/ids.ts';

/** Monday, 23 November 2026, 10:00 in India. */
export const MORNING = ms(Date.UTC(2026, 10, 23, 4, 30));
const DAY = 86_400_000;

/** Ten facts of a customer who was called, opted out of a campaign and in again, registered against finance, and gave leave. */
export function factsOf(number: E164): readonly Fact[] {
  const fact = (day: number) => ({
    id: `${number}-${day}`,
    number,
    scope: 'all' as const,
    source: 'api' as const,
    at: ms(MORNING - (40 - day) * DAY),
    recordedAt: ms(MORNING - (40 - day) * DAY),
    actor: 'bench',
  });
  return [
    { ...fact(1), kind: 'opt-out', scope: 'campaign', campaign: 'diwali' },
    { ...fact(2), kind: 'opt-in', supersedes: [`${number}-1`] },
    { ...fact(3), kind: 'listing', preference: { ...NO_PREFERENCE, block: 'categories', categories: [1] } },
    { ...fact(4), kind: 'consent', consent: { basis: 'contract' } },
    { ...fact(5), kind: 'inbound', channel: 'voice' },
    { ...fact(6), kind: 'contacted', channel: 'voice', class: 'SI' },
    { ...fact(7), kind: 'contacted', channel: 'sms', class: 'SI' },
    { ...fact(37), kind: 'consent', consent: { basis: 'explicit' } },
    { ...fact(38), kind: 'contacted', channel: 'voice', class: 'SI' },
    { ...fact(39), kind: 'opt-out', scope: 'campaign', campaign: 'holi' },
  ];
}

const CUSTOMERS = 2000;

/** Customers by number, each with facts of their own. */
export const customers: ReadonlyMap<E164, readonly Fact[]> = new Map(
  Array.from({ length: CUSTOMERS }, (_, i) => e164(`+9198${String(i * 4001).padStart(8, '0')}`)).map((number) => [
    number,
    factsOf(number),
  ]),
);

/** A call to each of them: mostly service calls, some promotional, some answers to a transaction. */
export const contacts: readonly Contact[] = [...customers.keys()].map((number, i) => ({
  number,
  channel: 'voice',
  class: (['SI', 'SI', 'SE', 'T', 'P'] as const)[i % 5] ?? 'SI',
  category: 2,
}));

/** How often a second something can be done to each contact in turn, for so long. */
export function perSecond(act: (contact: Contact, at: Ms) => boolean, forMs: number): number {
  let done = 0;
  let yes = 0;
  const begun = performance.now();
  let now = begun;
  for (; now - begun < forMs; now = performance.now()) {
    for (const contact of contacts) if (act(contact, ms(MORNING + (done & 1023)))) yes++;
    done += contacts.length;
  }
  if (yes === 0 || yes === done) throw new Error('The verdicts were all the same: nothing was measured.');
  return (done * 1000) / (now - begun);
}
