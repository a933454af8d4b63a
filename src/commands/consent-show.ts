import { byTime } from '../compliance/known.ts';
import { tellScope, tellSince } from '../compliance/tell.ts';
import type { Fact } from '../core/facts.ts';
import type { Ms } from '../core/ids.ts';
import { hasExpired } from '../core/in-force.ts';
import { plainIst } from '../core/time.ts';

type ConsentFact = Extract<Fact, { kind: 'consent' }>;

/** Leave, and what became of it. How long it lasts where it does not say is for the rules to tell. */
export type ConsentState = { fact: ConsentFact; state: 'counts' | 'ended' | 'revoked' };

export function consentsOf(facts: readonly Fact[], at: Ms): readonly ConsentState[] {
  const revocations = facts.filter(({ kind }) => kind === 'revocation');
  return byTime(facts.filter((fact): fact is ConsentFact => fact.kind === 'consent')).map((fact) => ({
    fact,
    state: revocations.some((revocation) => takesBack(revocation, fact)) ? 'revoked' : hasExpired(fact, at) ? 'ended' : 'counts',
  }));
}

/** What it names; when it names nothing, all that was said before, of its scope. */
function takesBack(revocation: Fact, { id, at, scope, campaign, consent }: ConsentFact): boolean {
  const named = revocation.supersedes ?? [];
  if (named.length > 0) return named.includes(id);
  if (consent.basis !== 'explicit' || at > revocation.at) return false;
  return revocation.scope === 'all' || (revocation.scope === scope && revocation.campaign === campaign);
}

export function consentRow({ fact, state }: ConsentState): readonly string[] {
  const { basis, purpose, category, ip, text } = fact.consent;
  const about = [purpose ?? 'any purpose', category !== undefined && `category ${category}`, tellScope(fact)];
  const proof = [ip && `from ${ip}`, text && `shown "${text}"`, fact.evidence, fact.reason && `reason: ${fact.reason}`];
  const until = fact.expiresAt === undefined ? '' : `until ${plainIst(fact.expiresAt)} IST`;
  return [
    fact.id,
    state,
    basis,
    tellSince(fact),
    until,
    about.filter(Boolean).join(', '),
    [fact.source, ...proof].filter(Boolean).join('; '),
  ];
}
