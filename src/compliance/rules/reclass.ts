import { MINUTE } from '../local-time.ts';
import type { MakeReclass } from './rule.ts';

/** A transactional message that comes late, or before its transaction. */
export const transaction: MakeReclass<'transaction'> = ({ minutes }, rule) => {
  return ({ transactionAt }, at) => {
    if (transactionAt === undefined) return undefined;
    const since = at - transactionAt;
    if (since >= 0 && since <= minutes * MINUTE) return undefined;
    const says = `${rule.says}; this one ${since < 0 ? 'comes before its transaction' : `comes ${Math.floor(since / MINUTE)} minutes later`}`;
    return { to: 'SI', code: 'TXN_WINDOW_EXCEEDED', says };
  };
};

const literal = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/ /g, '\\s+');
/** Any of these, not inside a longer word. */
const anyOf = (texts: readonly string[]): RegExp =>
  new RegExp(`(?<![\\p{L}])(?:${texts.map((text) => literal(text)).join('|')})(?![\\p{L}\\p{N}])`, 'giu');

export const mixing: MakeReclass<'mixing'> = ({ words, harmless }, rule) => {
  const promotional = anyOf(words);
  const plain = anyOf(harmless);
  return ({ text }) => {
    const [found] = text?.replace(plain, ' ').match(promotional) ?? [];
    return found === undefined
      ? undefined
      : { to: 'P', code: 'CLASS_MIXED_PROMO', says: `${rule.says}; this one says "${found}"` };
  };
};
