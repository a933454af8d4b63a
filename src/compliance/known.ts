import type { Contact, Fact, FactKind } from '../core/facts.ts';
import type { E164, Ms } from '../core/ids.ts';
import { hasExpired, inForce, isAbout } from '../core/in-force.ts';

export type FactOf<Kind extends FactKind> = Extract<Fact, { kind: Kind }>;

/** What is known of one number, sorted by kind. */
export type Known = {
  facts: readonly Fact[];
  /** Not lifted; of every channel and campaign, expired ones too. */
  optOuts: readonly Fact[];
  listings: readonly FactOf<'listing'>[];
  consents: readonly FactOf<'consent'>[];
  revocations: readonly Fact[];
  /** Every time the person said no, lifted since or not: opt-outs and revocations. */
  refusals: readonly Fact[];
  complaints: readonly Fact[];
  calls: readonly FactOf<'contacted'>[];
};

type Sorted = { [Field in Exclude<keyof Known, 'facts'>]: Known[Field][number][] };

/** What is known of a prefix stops; nobody gives leave for others. */
export function knownOf(facts: readonly Fact[], number: E164): Known {
  const sorted: Sorted = { optOuts: [], listings: [], consents: [], revocations: [], refusals: [], complaints: [], calls: [] };
  const optIns: Fact[] = [];
  for (const fact of facts) {
    if (fact.number !== number && !isAbout(fact.number, number)) continue;
    if (fact.kind === 'opt-in') optIns.push(fact);
    else if (fact.kind !== 'consent' || fact.number === number) sortIn(sorted, fact);
  }
  if (optIns.length > 0 && sorted.optOuts.length > 0) sorted.optOuts = [...inForce([...sorted.optOuts, ...optIns], { number })];
  return { facts, ...sorted };
}

function sortIn(sorted: Sorted, fact: Fact): void {
  switch (fact.kind) {
    case 'opt-out':
      sorted.optOuts.push(fact);
      sorted.refusals.push(fact);
      break;
    case 'listing':
      sorted.listings.push(fact);
      break;
    case 'consent':
      sorted.consents.push(fact);
      break;
    case 'revocation':
      sorted.revocations.push(fact);
      sorted.refusals.push(fact);
      break;
    case 'complaint':
      sorted.complaints.push(fact);
      break;
    case 'contacted':
      if (fact.channel === 'voice') sorted.calls.push(fact);
  }
}

/**
 * Is it about this channel and campaign? An opt-out of an unnamed campaign may mean any, so it meets every one; so does one
 * of a scope that nobody knows.
 */
export function meets({ scope, campaign }: Fact, contact: Pick<Contact, 'channel' | 'campaign'>): boolean {
  if (scope === 'campaign') return campaign === undefined || campaign === contact.campaign;
  return (scope !== 'voice' && scope !== 'sms') || scope === contact.channel;
}

/**
 * The opt-outs in force that meet a contact: of its number or a prefix of it, not lifted, not expired at the instant, and of
 * its channel or campaign. They count whatever instant a simulation uses.
 */
export function listed(
  facts: readonly Fact[],
  contact: Pick<Contact, 'number' | 'channel' | 'campaign'>,
  at?: Ms,
): readonly Fact[] {
  return inForce(facts, { number: contact.number, ...(at !== undefined && { at }) }).filter((fact) => meets(fact, contact));
}

/** Facts by the time of what happened, whatever the order of their recording. */
export const byTime = <F extends Fact>(facts: readonly F[]): readonly F[] =>
  facts.length < 2 ? facts : facts.toSorted((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));

export const stillCounts = (fact: Fact, at: Ms): boolean => !hasExpired(fact, at);
