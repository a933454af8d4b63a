import type { Digit } from '../core/input.ts';
import { spokenKeys } from '../flow/spoken.ts';

/** What people say who offer an opt-out, in English and Hindi. */
const OFFERS = [
  /\bopt(?:ing)?[\s-]?out\b|\bunsubscribe\b|\bdo[\s-]?not[\s-]?(?:call|disturb)\b|\bno (?:more|further) (?:calls|messages)\b/i,
  /\b(?:stop|end|block)\b.*\b(?:calls|calling|messages|sms|offers|reminders|alerts|updates|receiving|contacting)\b/i,
  /\bremoved?\b.*\b(?:number|list|me|you)\b|\btake\b.*\boff\b/i,
  /\bhear no more\b|\bnot (?:be )?(?:called|contacted)\b|\bnever (?:be )?call/i,
  /बंद कर|हटा|रोक|मत करें/,
];
/** What they say to somebody who has opted out. */
const CLAIMS = [
  /\b(?:removed|unsubscribed|opted out|taken off)\b/i,
  /\b(?:will|shall|'ll) (?:not|no longer|never) (?:be )?(?:call|contact|receive|hear)/i,
  /\bno longer (?:be )?(?:call|contact|receive)|\bhear no more\b/i,
  /हटा दिया/,
];
const DENIALS = /\b(?:could not|couldn['’]t|cannot|can['’]t|unable|not been|failed|try again)\b|नहीं/i;

const fits = (patterns: readonly RegExp[], text: string): boolean => patterns.some((pattern) => pattern.test(text));

/** The keys that a text offers as a way to opt out, each with the words that do. */
export function optOutKeys(text: string): ReadonlyMap<Digit, string> {
  const found = new Map<Digit, string>();
  for (const clause of clausesOf(text)) {
    if (!fits(OFFERS, clause)) continue;
    for (const digit of spokenKeys(clause).certain) if (!found.has(digit)) found.set(digit, clause);
  }
  return found;
}

/** Parts of a text with one offer each: "to stop these calls, press 9" is one of them. */
function clausesOf(text: string): readonly string[] {
  const parts = text
    .split(/[.;!?।]|,|\bor\b(?=\s+(?:press|dial|to|for)\b)|\band\b(?=\s+(?:press|dial|to|for)\b)/i)
    .map((part) => part.trim())
    .filter(Boolean);
  return parts.map((part, i) => {
    const before = parts[i - 1];
    const leads = before !== undefined && /^(?:or |and )?(?:to|for|if)\b/i.test(before) && spokenKeys(before).certain.size === 0;
    return leads && !/\b(?:to|for|if)\b/i.test(part) ? `${before}, ${part}` : part;
  });
}

/** Does a text say that the caller has been taken off a list? */
export const claimsOptOut = (text: string): boolean => fits(CLAIMS, text) && !DENIALS.test(text);
