import type { Contact, Fact, Reason, Verdict } from '../core/facts.ts';
import { type Ms, ms } from '../core/ids.ts';
import { inForce } from '../core/in-force.ts';
import { RULES } from './rules/index.ts';
import type { Finding, Rule } from './rules/rule.ts';

/**
 * The opt-outs in force that meet a contact: of its number, not lifted, and of its channel or campaign. They count
 * whatever instant a simulation uses. An opt-out of an unnamed campaign may mean any, so it meets every one.
 */
export function listed(facts: readonly Fact[], contact: Pick<Contact, 'number' | 'channel' | 'campaign'>): readonly Fact[] {
  return inForce(facts).filter((fact) => fact.number === contact.number && meets(fact, contact));
}

function meets({ scope, campaign }: Fact, contact: Pick<Contact, 'channel' | 'campaign'>): boolean {
  if (scope === 'all') return true;
  if (scope === 'campaign') return campaign === undefined || campaign === contact.campaign;
  return scope === contact.channel;
}

/**
 * May it go out? Every rule is asked and every reason told, the most telling first. One block outweighs all
 * deferrals; of deferrals the longest counts.
 * @param facts everything known of the number.
 */
export function decide(contact: Contact, facts: readonly Fact[], at: Ms, rules: readonly Rule[] = RULES): Verdict {
  const met = listed(facts, contact);
  const findings = rules.flatMap((rule) => rule(contact, met, at) ?? []);
  if (findings.length === 0) return { verdict: 'allow', ground: ground(met) };
  const reasons = findings.map(({ code, says, facts: on }) => ({ code, says, facts: on }));
  const until = findings.map((finding: Finding) => finding.until);
  if (!until.every((instant) => instant !== undefined)) return { verdict: 'block', reasons };
  return { verdict: 'defer', reasons, nextAllowedAt: ms(Math.max(...until)) };
}

const ground = (met: readonly Fact[]): Reason =>
  met.length === 0
    ? { code: 'NOT_LISTED', says: 'the number is not on the do-not-call list', facts: [] }
    : { code: 'OK_G', says: 'the number is on the do-not-call list, which does not stop government messages', facts: met };
