import { tellSince } from '../compliance/tell.ts';
import type { Fact, FactSource, Preference, Subject } from '../core/facts.ts';
import type { E164, Ms } from '../core/ids.ts';
import { inForce } from '../core/in-force.ts';
import type { Like } from './dnc-import-like.ts';

/** Why a fact adds nothing: the store knows it, or the file told it before. */
export type Already = { outcome: 'already there' | 'duplicate'; why: string };

/** What counts when a fact of a number is judged. */
export type Known = {
  number: Subject;
  facts: readonly Fact[];
  /** Of the same number, from earlier rows. */
  taken: readonly Like['fact'][];
  now: Ms;
  /** Facts recorded since are of this import. */
  since: Ms;
};

/** @returns undefined for a fact that is to be recorded. */
export function already(like: Like, known: Known): Already | undefined {
  const there = findKnown(like, known);
  if (there && there.fact.recordedAt >= known.since) return { outcome: 'duplicate', why: 'an earlier row tells it' };
  if (there) return { outcome: 'already there', why: `since ${tellSince(there.fact)}${there.lifted ? ', lifted since' : ''}` };
  return known.taken.some((fact) => tells(fact, like)) ? { outcome: 'duplicate', why: 'an earlier row tells it' } : undefined;
}

/** An opt-out in force, or one of the same instant that was lifted: a list is not told anew by its second import. */
function findKnown(like: Like, { number, facts, now }: Known): { fact: Fact; lifted?: true } | undefined {
  if (facts.length === 0) return undefined;
  if (like.fact.kind !== 'opt-out') {
    const fact = facts.findLast((one) => tells(one, like));
    return fact && { fact };
  }
  const standing = inForce(facts, { number: number as E164, at: now }).find((one) => tells(one, like));
  if (standing) return { fact: standing };
  const { at, scope, campaign } = like.fact;
  const same = facts.find((one) => one.kind === 'opt-out' && one.at === at && one.scope === scope && one.campaign === campaign);
  return like.dated && same ? { fact: same, lifted: true } : undefined;
}

type Told = Fact | Like['fact'];

/** Does what is known already say as much? */
function tells(known: Told, { fact, dated }: Like): boolean {
  if (known.kind === 'opt-out' && fact.kind === 'opt-out') return covers(known, fact);
  const alike = known.scope === fact.scope && known.campaign === fact.campaign && known.expiresAt === fact.expiresAt;
  if (!alike || (dated && known.at !== fact.at)) return false;
  if (known.kind === 'listing' && fact.kind === 'listing') return spelled(known.preference) === spelled(fact.preference);
  if (known.kind !== 'consent' || fact.kind !== 'consent') return false;
  return known.source === fact.source && spelledConsent(known.consent) === spelledConsent(fact.consent);
}

/** What people did themselves: more than an entry by somebody else. */
const THEIR_OWN: readonly FactSource[] = ['key-press', 'sms-stop', 'missed-call', 'complaint'];

function covers(known: Told, fact: Told): boolean {
  if (THEIR_OWN.includes(fact.source) && !THEIR_OWN.includes(known.source)) return false;
  if (known.expiresAt !== undefined && (fact.expiresAt === undefined || fact.expiresAt > known.expiresAt)) return false;
  return known.scope === 'all' || (known.scope === fact.scope && known.campaign === fact.campaign);
}

const spelled = ({ block, categories, modes, days, bandsOff, bandsOn }: Preference): string =>
  JSON.stringify([block, ...[categories, modes, days, bandsOff, bandsOn].map((list) => list.map(String).toSorted())]);

const spelledConsent = (consent: object): string => JSON.stringify(Object.entries(consent).toSorted());
