import type { Fact, Preference } from '../core/facts.ts';
import type { Ms } from '../core/ids.ts';
import { type FactOf, type Known, stillCounts } from './known.ts';
import { merge, NO_PREFERENCE } from './preference.ts';

/** What the register says of a number. */
export type Registration = { preference: Preference; at: Ms; facts: readonly Fact[] };

type Listing = FactOf<'listing'>;

/**
 * The latest registration by the instant. What was registered later stops as well, as every block does at any instant; it
 * opens nothing before its day. Nor does what is registered for a prefix open anything for its numbers. Of two made at the
 * same instant both count.
 */
export function registrationOf({ listings }: Known, at: Ms): Registration | undefined {
  if (listings.length === 0) return undefined;
  const live = listings.filter((fact) => stillCounts(fact, at));
  const own = live.filter((fact) => !isRange(fact));
  const standing = latest(own.filter((fact) => fact.at <= at));
  const stopping = [
    ahead(own, at),
    ...rangesOf(live).flatMap((range) => [latest(range.filter((one) => one.at <= at)), ahead(range, at)]),
  ];
  const facts = [...standing, ...stopping.flat()];
  if (facts.length === 0) return undefined;
  const [first = NO_PREFERENCE, ...others] = standing.map(({ preference }) => preference);
  const preference = [...others, ...stopping.flat().map((fact) => fact.preference)].reduce(merge, first);
  const decisive = facts.filter((fact) => fact.preference.block === preference.block);
  return { preference, at: latest(decisive)[0]?.at ?? at, facts };
}

const isRange = ({ number }: Listing): boolean => number.endsWith('*');

const rangesOf = (listings: readonly Listing[]): readonly (readonly Listing[])[] => [
  ...Map.groupBy(listings.filter(isRange), ({ number }) => number).values(),
];

/** The last block that is yet to come. */
const ahead = (listings: readonly Listing[], at: Ms): readonly Listing[] =>
  latest(listings.filter((fact) => fact.at > at && fact.preference.block !== 'none'));

function latest(listings: readonly Listing[]): readonly Listing[] {
  const last = Math.max(...listings.map((fact) => fact.at));
  return listings.filter((fact) => fact.at === last);
}

/** On the register with a block; the vendor calls such a number a DND number. */
export const isRegistered = (registration: Registration | undefined): boolean =>
  registration !== undefined && registration.preference.block !== 'none';
