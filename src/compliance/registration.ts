import type { Fact, Preference } from '../core/facts.ts';
import type { Ms } from '../core/ids.ts';
import type { FactOf, Known } from './known.ts';
import { stillCounts } from './known.ts';
import { merge } from './preference.ts';

/** What the register says of a number. */
export type Registration = { preference: Preference; at: Ms; facts: readonly Fact[] };

/**
 * The latest registration. It counts at any instant, as every block does; only the end of one waits for its day. Of two
 * made at the same instant both count.
 */
export function registrationOf({ listings }: Known, at: Ms): Registration | undefined {
  let latest: FactOf<'listing'>[] = [];
  for (const fact of listings) {
    if ((fact.at > at && fact.preference.block === 'none') || !stillCounts(fact, at)) continue;
    const [one] = latest;
    if (one === undefined || fact.at > one.at) latest = [fact];
    else if (fact.at === one.at) latest.push(fact);
  }
  const [first, ...others] = latest;
  if (first === undefined) return undefined;
  return {
    preference: others.reduce((sum, { preference }) => merge(sum, preference), first.preference),
    at: first.at,
    facts: latest,
  };
}

/** On the register with a block; the vendor calls such a number a DND number. */
export const isRegistered = (registration: Registration | undefined): boolean =>
  registration !== undefined && registration.preference.block !== 'none';
