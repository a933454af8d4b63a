import { type Ms, ms } from './ids.ts';
import type { SayAs } from './prompt.ts';

/** Words a minute when nothing else is said; 150 to 160 is comfortable. */
export const SPEECH_RATE = 150;
/** Rest after a sentence, after a comma, and after each digit read one by one. */
const SENTENCE_PAUSE = 500;
const COMMA_PAUSE = 250;

export type SpokenWord = { text: string; ms: Ms };

/** How a text is read out: `as="digits"` reads every digit on its own. */
export function readAs(text: string, as: SayAs | undefined): string {
  if (as !== 'digits') return text;
  return text.replace(/\d+/g, (run) => [...run].join(', ')).trim();
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

/** Estimated speech time in milliseconds: words at the rate, half a second a sentence, a quarter a comma. */
export const speechTime = (text: string, rate = SPEECH_RATE): Ms =>
  ms(spokenWords(text, rate).reduce((sum, word) => sum + word.ms, 0));

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
