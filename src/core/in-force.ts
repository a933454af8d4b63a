import type { Fact, Subject } from './facts.ts';
import type { E164, Ms } from './ids.ts';

/** Is a fact about a subject also about this number? A prefix (`+9198765*`) is about every number that begins so. */
export const isAbout = (subject: Subject, number: E164): boolean =>
  subject === number || (subject.endsWith('*') && number.startsWith(subject.slice(0, -1)));

/** Of which number, prefixes that it begins with included; and when. Of all numbers, and never expired, unless told. */
export type Asked = { number?: E164; at?: Ms };

/**
 * The opt-outs that no opt-in has lifted, in their order. An opt-in lifts the opt-outs of its number that it names,
 * and no other: one recorded meanwhile stays, and so does every one when a clock was set back. An opt-out of a prefix
 * stays for the prefix; one of its numbers is lifted from it by an opt-in of that number that has evidence.
 */
export function inForce(facts: readonly Fact[], { number, at }: Asked = {}): readonly Fact[] {
  const optIns = facts.filter(({ kind }) => kind === 'opt-in');
  const lifting = new Map<string, Fact[]>();
  for (const optIn of optIns) for (const id of optIn.supersedes ?? []) lifting.set(id, [...(lifting.get(id) ?? []), optIn]);
  const isLifted = (fact: Fact): boolean =>
    lifting.get(fact.id)?.some((by) => by.number === fact.number || (by.number === number && Boolean(by.evidence))) ?? false;
  return facts.filter(
    (fact) =>
      fact.kind === 'opt-out' &&
      (number === undefined || isAbout(fact.number, number)) &&
      !hasExpired(fact, at) &&
      !isLifted(fact),
  );
}

export const hasExpired = ({ expiresAt }: Pick<Fact, 'expiresAt'>, at: Ms | undefined): boolean =>
  expiresAt !== undefined && at !== undefined && at >= expiresAt;
