import type { Consent, Contact, Fact, FactSource } from '../core/facts.ts';
import { byTime, type FactOf, meets } from './known.ts';
import { DAY, monthsLater, type Zone } from './local-time.ts';
import type { Term } from './packs/pack.ts';
import type { Situation } from './situation.ts';

export type ConsentFact = FactOf<'consent'>;

/** Leave that counts, or why none does: the most hopeful of what there is. */
export type Leave =
  | { ok: true; fact: ConsentFact }
  | {
      ok: false;
      code: 'CONSENT_SCOPE' | 'CONSENT_REVOKED' | 'CONSENT_EXPIRED' | 'CONSENT_MISSING';
      facts: readonly ConsentFact[];
    };

type Lasts = Partial<Record<Consent['basis'], Term>>;

/** The leave given by the instant of a situation, of the kinds that count, each for its own term. */
export function leaveFor(situation: Situation, lasts: Lasts, zone: Zone): Leave {
  const { known, at, contact } = situation;
  if (known.consents.length === 0) return { ok: false, code: 'CONSENT_MISSING', facts: [] };
  const given = byTime(known.consents.filter((fact) => fact.at <= at && lasts[fact.consent.basis] !== undefined));
  const standing = given.filter((fact) => !isRevoked(fact, situation));
  const live = standing.filter((fact) => at < endOf(fact, lasts[fact.consent.basis] ?? {}, zone));
  const fact = live.findLast((one) => covers(one, contact));
  if (fact) return { ok: true, fact };
  if (live.length > 0) return { ok: false, code: 'CONSENT_SCOPE', facts: live };
  if (standing.length < given.length) return { ok: false, code: 'CONSENT_REVOKED', facts: given };
  return { ok: false, code: given.length > 0 ? 'CONSENT_EXPIRED' : 'CONSENT_MISSING', facts: given };
}

/** When leave of a term ends. */
export function endOf({ at, expiresAt }: Fact, { days, months, stated }: Term, zone: Zone): number {
  const says = expiresAt ?? Number.POSITIVE_INFINITY;
  if (stated && expiresAt !== undefined) return says;
  if (months !== undefined) return Math.min(says, monthsLater(at, months, zone));
  return days === undefined ? says : Math.min(says, at + days * DAY);
}

/** A revocation takes back what it names; one that names nothing, all that was said before. */
function isRevoked({ id, at, consent }: ConsentFact, { known, contact }: Situation): boolean {
  return known.revocations.some((revocation) =>
    revocation.supersedes !== undefined && revocation.supersedes.length > 0
      ? revocation.supersedes.includes(id)
      : consent.basis === 'explicit' && at <= revocation.at && meets(revocation, contact),
  );
}

/** Leave for one campaign, purpose or category is none for a contact that does not name it. */
function covers({ scope, campaign, consent }: ConsentFact, contact: Contact): boolean {
  if (consent.purpose !== undefined && consent.purpose !== contact.purpose) return false;
  if (consent.category !== undefined && consent.category !== contact.category) return false;
  if (scope === 'campaign') return campaign !== undefined && campaign === contact.campaign;
  return scope === 'all' || scope === contact.channel;
}

/** What people say themselves, and what the register of consents heard from them. */
const THEIR_OWN: readonly FactSource[] = ['key-press', 'sms-start', 'missed-call', 'web', 'form', 'call', 'registry'];

/** Leave that the person gave themselves after an opt-out. */
export function ownLeaveAfter(optOut: Fact, situation: Situation, term: Term, zone: Zone): ConsentFact | undefined {
  const consents = situation.known.consents.filter(({ source, at }) => THEIR_OWN.includes(source) && at > optOut.at);
  if (consents.length === 0) return undefined;
  const leave = leaveFor({ ...situation, known: { ...situation.known, consents } }, { explicit: term }, zone);
  return leave.ok ? leave.fact : undefined;
}
