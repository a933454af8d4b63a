import { type Ms, ms } from './ids.ts';
import type { SayAs } from './prompt.ts';

/** Words a minute when nothing else is said; 150 to 160 is comfortable. */
export const SPEECH_RATE = 150;
/** Rest after a sentence, after a comma, and after each digit read one by one. */
const SENTENCE_PAUSE = 500;
const COMMA_PAUSE = 250;

const NONE = -1;
const SPACE = 32;
/** What `\s` means beyond ASCII. */
const RARE_SPACES = new Set(
  [...'\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff'].map(
    (space) => space.charCodeAt(0),
  ),
);
const isSpace = (code: number): boolean => code === SPACE || (code >= 9 && code <= 13) || (code >= 0xa0 && RARE_SPACES.has(code));
/** `"`, `'` and `)`. */
const isClosing = (code: number): boolean => code === 34 || code === 39 || code === 41;
/** `.`, `!`, `?` and the danda. */
const endsSentence = (code: number): boolean => code === 46 || code === 33 || code === 63 || code === 0x964;
/** `,`, `;` and `:`. */
const endsPart = (code: number): boolean => code === 44 || code === 59 || code === 58;
const isFigure = (code: number): boolean => code >= 48 && code <= 57;

export type SpokenWord = { text: string; ms: Ms };

/** How a text is read out: `as="digits"` reads every digit on its own. */
export function readAs(text: string, as: SayAs | undefined): string {
  if (as !== 'digits') return text;
  return text.replace(/\d+/g, (run) => [...run].join(', ')).trim();
}

/** One space between words and none around them. Looks first: nearly every text is as it should be. */
export function oneSpaced(text: string): string {
  let before = SPACE;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (isSpace(code) && (code !== SPACE || before === SPACE)) return text.replace(/\s+/g, ' ').trim();
    before = code;
  }
  return before === SPACE ? text.trim() : text;
}

/** A token such as `3` is one word, `500` three: an estimate that is never too short for codes and amounts. */
function wordsIn(token: string): number {
  const digits = token.match(/\d/g)?.length ?? 0;
  return Math.max(1, digits);
}

/** The words of a text with the time each takes, the rest after it included. */
export function spokenWords(text: string, rate = SPEECH_RATE): SpokenWord[] {
  const perWord = 60_000 / rate;
  return text
    .split(/\s+/)
    .filter(Boolean)
    .map((token) => {
      const rest = /[.!?।]["')]*$/.test(token) ? SENTENCE_PAUSE : /[,;:]$/.test(token) ? COMMA_PAUSE : 0;
      return { text: token, ms: ms(Math.round(wordsIn(token) * perWord + rest)) };
    });
}

/**
 * Estimated speech time in milliseconds: words at the rate, half a second a sentence, a quarter a comma. The sum of
 * `spokenWords`, without making the words: every call speaks, few are watched word by word.
 */
export function speechTime(text: string, rate = SPEECH_RATE): Ms {
  const perWord = 60_000 / rate;
  let total = 0;
  /** Of the word under way: its last character, the last one that is no closing quote or bracket, its digits. */
  let last = NONE;
  let ending = NONE;
  let digits = 0;
  for (let i = 0; i <= text.length; i++) {
    const code = i < text.length ? text.charCodeAt(i) : SPACE;
    if (!isSpace(code)) {
      last = code;
      if (isFigure(code)) digits++;
      if (!isClosing(code)) ending = code;
    } else if (last !== NONE) {
      const rest = endsSentence(ending) ? SENTENCE_PAUSE : endsPart(last) ? COMMA_PAUSE : 0;
      total += Math.round(Math.max(1, digits) * perWord + rest);
      last = ending = NONE;
      digits = 0;
    }
  }
  return ms(total);
}

/** Splits a text at the moment `elapsed`: what was heard, and what was not. A word begun is heard. */
export function heardBy(text: string, elapsed: number, total: Ms): { heard: string; unheard: string; unheardWords: number } {
  const words = spokenWords(text);
  const own = words.reduce((sum, word) => sum + word.ms, 0);
  const scale = own > 0 ? total / own : 1;
  let at = 0;
  let count = 0;
  for (const word of words) {
    if (at >= elapsed) break;
    at += word.ms * scale;
    count++;
  }
  return {
    heard: words
      .slice(0, count)
      .map((word) => word.text)
      .join(' '),
    unheard: words
      .slice(count)
      .map((word) => word.text)
      .join(' '),
    unheardWords: words.length - count,
  };
}
