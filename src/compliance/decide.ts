import type { Contact, Fact, Reason, Verdict } from '../core/facts.ts';
import { type Ms, ms } from '../core/ids.ts';
import { groundOf } from './ground.ts';
import { type Known, knownOf } from './known.ts';
import { DAY } from './local-time.ts';
import { HORIZON_DAYS } from './openings.ts';
import { DEFAULT_POLICY, type Policy } from './policy.ts';
import { type Weighed, weigh } from './weigh.ts';

/**
 * May it go out? Every rule is asked and every reason told, blocks before deferrals, the most telling first. One block
 * outweighs all deferrals. A deferral names the first instant from which nothing stops it; when there is none, because
 * something else stops it by then, it is a block.
 * @param facts everything known of the number, in any order; facts of other numbers are passed over.
 */
export function decide(contact: Contact, facts: readonly Fact[], at: Ms, policy: Policy = DEFAULT_POLICY): Verdict {
  const known = knownOf(facts, contact.number);
  const now = weigh(contact, known, at, policy);
  const { blocks, defers } = now;
  if (blocks.length > 0) return { verdict: 'block', reasons: [...blocks, ...defers], warnings: warningsOf(now) };
  if (defers.length === 0) return { verdict: 'allow', ground: groundOf(now), warnings: warningsOf(now) };
  const next = firstAllowed(now, contact, known, policy);
  if ('at' in next) return { verdict: 'defer', reasons: defers, warnings: warningsOf(now), nextAllowedAt: next.at };
  return { verdict: 'block', reasons: [...next.blocks, ...defers], warnings: warningsOf(now) };
}

/** What a reason says already is not said again as a warning. */
function warningsOf({ blocks, defers, warnings }: Weighed): readonly Reason[] {
  if (warnings.length === 0 || blocks.length + defers.length === 0) return warnings;
  const told = new Set([...blocks, ...defers].map(({ code }) => code));
  return warnings.filter(({ code }) => !told.has(code));
}

/** Goes from the end of one deferral to the end of the next, until nothing stops it, or something that does not end. */
function firstAllowed(now: Weighed, contact: Contact, known: Known, policy: Policy): { at: Ms } | { blocks: readonly Reason[] } {
  const start = now.situation.at;
  let weighed = now;
  for (let at = endOf(now.defers); at <= start + HORIZON_DAYS * DAY; at = endOf(weighed.defers)) {
    weighed = weigh(contact, known, at, policy);
    if (weighed.blocks.length > 0) return { blocks: weighed.blocks };
    if (weighed.defers.length === 0) return { at };
  }
  return { blocks: [neverOpen] };
}

const endOf = (defers: readonly Reason[]): Ms => ms(Math.max(...defers.map(({ until = ms(Number.POSITIVE_INFINITY) }) => until)));

const neverOpen: Reason = {
  code: 'NEVER_OPEN',
  says: 'the hours and days that are left by all rules never meet',
  facts: [],
  effect: 'block',
};
