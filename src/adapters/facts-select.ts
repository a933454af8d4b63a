import { type Fact, isErased, type Subject } from '../core/facts.ts';
import type { Ms } from '../core/ids.ts';
import { inForce } from '../core/in-force.ts';
import type { FactQuery, PageQuery } from '../core/ports.ts';

/** By the time of recording; those recorded together stay in their order. */
export const oldestFirst = (facts: readonly Fact[]): readonly Fact[] => facts.toSorted((a, b) => a.recordedAt - b.recordedAt);

/** Somebody who knows the number of an erased fact is told it. */
export const shown = (fact: Fact, number: Subject, hidden: Subject | undefined): Fact =>
  fact.number === hidden ? { ...fact, number } : fact;

/** The opt-outs among facts of one number that stop something now, by their ids. */
export const standingIds = (facts: readonly Fact[], now: Ms): readonly string[] =>
  inForce(facts, { at: now }).map(({ id }) => id);

/** What `Facts.list` answers, from all facts in the order of their recording. */
export function select(
  all: readonly Fact[],
  { number, kind, source, text, limit, inForce: only }: FactQuery,
  hide: (number: string) => Subject,
  now: Ms,
): readonly Fact[] {
  const hidden = number === undefined ? undefined : hide(number);
  const standing = only ? new Set(standingIds(alike(all, hide), now)) : undefined;
  const found = all.filter(
    (fact) =>
      (number === undefined || fact.number === number || fact.number === hidden) &&
      (kind === undefined || fact.kind === kind) &&
      (source === undefined || fact.source === source) &&
      (text === undefined || mentions(fact, text)) &&
      (standing === undefined || standing.has(fact.id)),
  );
  const newest = oldestFirst(found).toReversed().slice(0, limit);
  return number === undefined || hidden === undefined ? newest : newest.map((fact) => shown(fact, number, hidden));
}

/** What `FactImport.pages` answers, as one page. */
export async function* selectPages(
  all: readonly Fact[],
  { inForce: only, prefixes }: PageQuery,
  hide: (number: string) => Subject,
  now: Ms,
): AsyncIterable<readonly Fact[]> {
  const found = select(all, { ...(only && { inForce: only }) }, hide, now).toReversed();
  yield found.filter(({ number }) => !prefixes || number.endsWith('*'));
}

/** With one number for all facts of a person, erased and later ones: an opt-in lifts both. */
function alike(facts: readonly Fact[], hide: (number: string) => Subject): readonly Fact[] {
  const erased = new Set(facts.map(({ number }) => number).filter(isErased));
  if (erased.size === 0) return facts;
  return facts.map((fact) => (erased.has(hide(fact.number)) ? { ...fact, number: hide(fact.number) } : fact));
}

function mentions({ number, reason, evidence, flow, call }: Fact, text: string): boolean {
  const wanted = lower(text);
  return [number, reason, evidence, flow, call].some((field) => field !== undefined && lower(field).includes(wanted));
}

/** As SQLite's `lower` does it: only A to Z. */
const lower = (text: string): string => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
