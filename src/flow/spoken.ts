import type { Digit } from '../core/input.ts';
import type { Prompt } from '../core/prompt.ts';

const NAMES: Readonly<Record<string, Digit>> = {
  ...{ zero: '0', one: '1', two: '2', three: '3', four: '4', five: '5', six: '6', seven: '7', eight: '8', nine: '9' },
  ...{ star: '*', asterisk: '*', hash: '#', pound: '#' },
  ...{ shunya: '0', ek: '1', do: '2', teen: '3', char: '4', chaar: '4', paanch: '5', panch: '5', chhah: '6', chhe: '6' },
  ...{ saat: '7', aath: '8', nau: '9' },
  ...{ शून्य: '0', एक: '1', दो: '2', तीन: '3', चार: '4', पांच: '5', पाँच: '5', छह: '6', छः: '6', छे: '6', सात: '7', आठ: '8', नौ: '9' },
  ...{ स्टार: '*', हैश: '#' },
};

const KEY = `[0-9०-९*#]|${Object.keys(NAMES)
  .sort((a, b) => b.length - a.length)
  .join('|')}`;
/** No part of a longer word or number. */
const BEFORE = '(?<![\\p{L}\\p{M}\\p{N}])';
const AFTER = '(?![\\p{L}\\p{M}\\p{N}]|[.,:-]\\p{N}|\\s+\\p{N}{2})';
/** "press 4 digits", "press one of the keys": no key is named. */
const NO_KEY = '(?!\\s+(?:of|keys|digits?|numbers?|times?|seconds?|minutes?)\\b|-)';
const ONE = `${BEFORE}(${KEY})${AFTER}${NO_KEY}`;
const FILLER = '(?:the\\s+|key\\s+|number\\s+|button\\s+|digit\\s+)*';

/** press 4, dial four, press 1 or 2, press 1, 2 or 3 */
const PRESS = new RegExp(
  `${BEFORE}(?:press|dial|push|hit|tap)(?:ing)?\\s+${FILLER}((?:${KEY})${AFTER}${NO_KEY}(?:(?:\\s*,|\\s+or|\\s+and|\\s*,\\s*or)\\s+(?:${KEY})${AFTER}${NO_KEY}(?!\\s+(?:for|to)\\b))*)`,
  'giu',
);
/** 4 dabaiye, 4 दबाएं, चार का बटन दबाइए */
const DABAIYE = new RegExp(
  `${ONE}\\s+(?:(?:ka|ko|number|button|batan|का|को|नंबर|नम्बर|बटन)\\s+)*(?:dab[a-z]+|दबा[\\p{L}\\p{M}]*)`,
  'giu',
);
/** The rest of a list: "press 1 to pay, 2 to wait, or 3 for help". Likely, not certain. */
const LISTED = new RegExp(`(?:,|;|\\.|\\bor|\\band|\\bya|या)\\s+${FILLER}${ONE}\\s+(?:to|for|if)\\b`, 'giu');
const FOR = new RegExp(`(?:liye|लिए|\\bfor[^.,;]{1,60}),?\\s+${ONE}`, 'giu');

const digitOf = (word: string): Digit | undefined => {
  const lower = word.toLowerCase();
  if (Object.hasOwn(NAMES, lower)) return NAMES[lower];
  return lower.replace(/[०-९]/, (d) => String(d.charCodeAt(0) - 0x966)) as Digit;
};

function keysIn(text: string, pattern: RegExp): Digit[] {
  const each = new RegExp(`${BEFORE}(${KEY})${AFTER}`, 'giu');
  return [...text.matchAll(pattern)].flatMap(([, keys = '']) =>
    [...keys.matchAll(each)].flatMap(([, key = '']) => digitOf(key) ?? []),
  );
}

export type Spoken = {
  /** Keys the caller is told to press, beyond doubt. */
  certain: ReadonlySet<Digit>;
  /** Those, and keys that the rest of a list seems to name. */
  likely: ReadonlySet<Digit>;
};

/** The keys that a text tells the caller to press, in English and Hindi. */
export function spokenKeys(text: string): Spoken {
  const certain = new Set([...keysIn(text, PRESS), ...keysIn(text, DABAIYE)]);
  const listed = certain.size > 0 ? [...keysIn(text, LISTED), ...keysIn(text, FOR)] : [];
  return { certain, likely: new Set([...certain, ...listed]) };
}

/** What a prompt says, all languages; `blind` when some of it is not known before the call: recordings and variables. */
export function saidIn(prompt: Prompt): { text: string; blind: boolean } {
  const parts = prompt.map((item) => {
    if (item.type === 'in') return saidIn(item.items);
    if (item.type === 'say') return { text: item.text, blind: /^\s*\{\{[^{}]*\}\}\s*$/.test(item.text) };
    return { text: '', blind: item.type === 'play' };
  });
  return { text: parts.map(({ text }) => text).join(' '), blind: parts.some(({ blind }) => blind) };
}
