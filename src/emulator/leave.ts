import { createGuard } from '../compliance/guard.ts';
import { DEFAULT_POLICY, type Policy } from '../compliance/policy.ts';
import type { Contact, Reason, Refusal, Verdict } from '../core/facts.ts';
import { sayReasons } from '../core/facts.ts';
import type { Ms } from '../core/ids.ts';
import type { Facts, Gate } from '../core/ports.ts';
import { plainIst } from '../core/time.ts';
import type { Breach, Violation } from '../core/violation.ts';

/** What Exotel itself does not call: a registered number that is not whitelisted, and whoever unsubscribed from the whitelist. */
const NOT_CALLED = new Set(['DND_NOT_WHITELISTED', 'WL_BLACKLIST']);

/** The grounds on which something goes out that the rules stop. */
export const LET_THROUGH = 'VENDOR_LETS_THROUGH';
export const FAILS_LATER = 'VENDOR_FAILS_LATER';

export type VendorGate = {
  /** Judges in earnest, not as a rehearsal. */
  gate: Gate;
  /** Our rules stop it here as well. */
  enforce: boolean;
  violated(violation: Violation): void;
};

/**
 * Lets out what Exotel lets out. What Exotel refuses stays refused; what only our rules stop goes out and is then told as a
 * violation, unless they are enforced. SMS are never refused by Exotel: what the register stops fails at the operator.
 */
export function createVendorGate({ gate, enforce, violated }: VendorGate): Gate {
  let told = 0;
  /** Of those that have leave and have not gone out yet. */
  const breaches = new WeakMap<Contact, Omit<Violation, 'id'>>();
  return {
    async ask(contact, at, call) {
      const verdict = await gate.ask(contact, at, call);
      if (verdict.verdict === 'allow' || isUnknowable(verdict) || isVendorRefusal(verdict, contact)) return verdict;
      const ours = verdict.reasons.filter((reason) => !isScrubbed(reason, contact) && !isOfCallsAlone(reason, contact));
      if (ours.length === 0) return ofNoConcern(verdict, contact);
      if (enforce) return verdict;
      breaches.set(contact, { at, ...(call !== undefined && { call }), ...breached(contact, ours) });
      return goesOut(verdict, LET_THROUGH, `Exotel lets it through; by the rules ${sayStop(verdict)}`);
    },
    made(made) {
      const breach = breaches.get(made.contact);
      breaches.delete(made.contact);
      if (breach) violated({ id: `violation-${++told}`, ...breach });
      gate.made?.(made);
    },
  };
}

/**
 * The company's rules, and in any case what Exotel does about registered numbers: which rules a company goes by does not change
 * whom Exotel calls.
 */
export function guardWithVendor(facts: Pick<Facts, 'about'>, policy: Policy): Gate {
  const own = createGuard(facts, policy);
  const hasVendor = policy.profile.id === DEFAULT_POLICY.profile.id && !policy.without?.length;
  if (hasVendor) return own;
  const { whitelist } = policy;
  const vendor = createGuard(facts, { ...DEFAULT_POLICY, ...(whitelist && { whitelist }) });
  return {
    async ask(contact, at, call) {
      const verdict = await own.ask(contact, at, call);
      const theirs = await vendor.ask(contact, at, call);
      const stops = theirs.verdict === 'allow' ? [] : theirs.reasons.filter(({ code }) => NOT_CALLED.has(code));
      if (stops.length === 0 || contact.channel === 'sms') return verdict;
      const ours = verdict.verdict === 'allow' ? [] : verdict.reasons.filter(({ code }) => !NOT_CALLED.has(code));
      return { verdict: 'block', reasons: [...stops, ...ours], warnings: verdict.warnings };
    },
  };
}

/** Does Exotel refuse it too? If not, the rules are enforced, or the store cannot be read. */
export const isVendorRefusal = ({ reasons }: Refusal, { channel }: Pick<Contact, 'channel'>): boolean =>
  channel === 'voice' && reasons.some(({ code }) => NOT_CALLED.has(code));

/** Nobody knows who is on the list: nothing goes out, whatever Exotel would do. */
const isUnknowable = ({ reasons }: Refusal): boolean => reasons.some(({ code }) => code === 'STORE_UNREADABLE');

/**
 * Will an SMS end as `failed_dnd`, whether it was let out or not? `promotional`: transactional and service SMS pass the
 * register, and promotion and what needs leave fail where it blocks them. `all`: so does every SMS to a registered number that
 * is not whitelisted, as an older page has it.
 */
export function endsAsDnd(
  verdict: Verdict,
  contact: Pick<Contact, 'class'>,
  reading: 'promotional' | 'all' = 'promotional',
): boolean {
  const reasons = verdict.verdict === 'allow' ? verdict.warnings : [...verdict.reasons, ...verdict.warnings];
  return reasons.some((reason) => {
    if (reason.code === 'DND_NOT_WHITELISTED') return reading === 'all';
    return isScrubbed(reason, { channel: 'sms', class: contact.class });
  });
}

/**
 * Does the operator drop it at the register? By the class that the sender gave: that promotional words make it promotion is
 * for our rules to say. Days and hours that are not wanted make it wait there.
 */
const isScrubbed = ({ code, effect }: Reason, { channel, class: kind }: Pick<Contact, 'channel' | 'class'>): boolean =>
  channel === 'sms' &&
  (kind === 'P' || kind === 'SE') &&
  effect === 'block' &&
  code.startsWith('DND_') &&
  code !== 'DND_NOT_WHITELISTED';

/** "We do not support promotional calls", says Exotel; its API for SMS has promotional ones. */
const isOfCallsAlone = ({ code }: Reason, { channel }: Contact): boolean => channel === 'sms' && code === 'PROVIDER_NO_PROMO';

const ofNoConcern = (refusal: Refusal, contact: Contact): Verdict =>
  refusal.reasons.some((reason) => isScrubbed(reason, contact))
    ? goesOut(refusal, FAILS_LATER, 'Exotel takes it, and the operator does not deliver it')
    : goesOut(refusal, LET_THROUGH, 'Exotel sends promotional SMS, whatever it says of calls');

/** The reasons stay with it, and what each would do. */
const goesOut = (refusal: Refusal, code: string, says: string): Verdict => ({
  verdict: 'allow',
  ground: { code, says: `${says}: ${sayReasons(refusal)}`, facts: [] },
  warnings: [...refusal.reasons, ...refusal.warnings],
});

const sayStop = (verdict: Refusal): string =>
  verdict.verdict === 'block' ? 'it would be blocked' : `it would wait until ${whenIst(verdict.nextAllowedAt)}`;
const whenIst = (at: Ms): string => `${plainIst(at)} IST`;

function breached({ channel, number }: Contact, reasons: readonly Reason[]) {
  const verdict = reasons.every(({ effect }) => effect === 'defer') ? 'defer' : 'block';
  return { channel, number, verdict, reasons: reasons.map(breachOf) } as const;
}

const breachOf = ({ code, says, rule }: Reason): Breach => ({
  code,
  says,
  ...(rule && { rule: rule.id, grade: rule.source.grade }),
});
