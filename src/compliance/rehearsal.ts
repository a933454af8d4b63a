import { type Reason, type Refusal, sayReasons, type Verdict } from '../core/facts.ts';
import { plainIst } from '../core/time.ts';

/** What concerns the sender's own affairs, and nothing that the person wants. */
const SENDERS_OWN = new Set([
  'PROVIDER_NO_PROMO',
  'CONSENT_MISSING',
  'CONSENT_EXPIRED',
  'CONSENT_SCOPE',
  'SENDER_UNREGISTERED',
  'A2P_UNDECLARED',
  'CLI_WRONG_SERIES',
  'CLI_UNREGISTERED',
  'NO_OPT_OUT_OFFERED',
  'REGISTRY_STALE',
  'SENDER_BARRED',
  'NEVER_OPEN',
]);

const isWish = ({ code, effect }: Reason): boolean => effect !== 'defer' && !SENDERS_OWN.has(code);

/**
 * A verdict where nobody is really contacted. What people want stops a rehearsal as it stops everything; hours, frequency
 * and the sender's own affairs are told as warnings, with what they would do in earnest.
 */
export function rehearsed(verdict: Verdict): Verdict {
  if (verdict.verdict === 'allow') return verdict;
  const { reasons, warnings } = verdict;
  const wishes = reasons.filter(isWish);
  const others = [...reasons.filter((reason) => !isWish(reason)), ...warnings];
  if (wishes.length > 0) return { verdict: 'block', reasons: wishes, warnings: others };
  const says = `this is a rehearsal, which calls nobody; in earnest ${sayStop(verdict)}: ${sayReasons(verdict)}`;
  return { verdict: 'allow', ground: { code: REHEARSAL, says, facts: [] }, warnings: others };
}

/** The ground on which only a rehearsal goes on. */
export const REHEARSAL = 'REHEARSAL';

const sayStop = (verdict: Refusal): string =>
  verdict.verdict === 'defer' ? `it would wait until ${plainIst(verdict.nextAllowedAt)} IST` : 'it would be blocked';
