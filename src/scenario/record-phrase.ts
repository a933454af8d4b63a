import type { Speech } from '../call/view.ts';
import { type Ms, ms } from '../core/ids.ts';
import { type Ear, heardAt, listen, textOf } from './hearing.ts';
import type { Story } from './record-story.ts';

const NEVER = ms(Number.POSITIVE_INFINITY);

/** Where, in its text, the last word ends that the caller had surely heard by then: not one cut off at its very end. */
export function lastWordEnd(speech: Speech | undefined, at: Ms): number | undefined {
  if (speech?.leg !== 1) return undefined;
  const by = speech.cut ? Math.min(at, (speech.until ?? at) - 2) : at;
  const words = [...textOf(speech.sounds).matchAll(/\S+/g)];
  return words.map((word) => word.index + word[0].length).findLast((end) => heardAt(speech, end) <= by);
}

/** Lengths of phrases to try, in words: short ones read best, long ones are unmistakable. */
const LENGTHS = [4, 6, 9, 14, 1000];
const MOST_TIMES = 6;

/** The last words before a character of a speech, and how often they have to be heard until that place is meant. */
export function phraseFor(
  { view }: Story,
  from: Ear,
  speech: number,
  char: number,
): { phrase: string; times: number } | undefined {
  const said = view.speeches[speech];
  if (!said) return undefined;
  const begin = from.speech === speech ? from.char : 0;
  const words = textOf(said.sounds).slice(begin, char).split(' ').filter(Boolean);
  const call = view.facts?.call ?? '';
  const phrases = [...new Set(LENGTHS.map((length) => words.slice(-length).join(' ')))].filter(
    (phrase) => phrase !== '' && !phrase.includes(call),
  );
  for (const phrase of phrases) if (timesHeard(view, from, phrase, speech, char, 1) === 1) return { phrase, times: 1 };
  for (const phrase of phrases) {
    const times = timesHeard(view, from, phrase, speech, char, MOST_TIMES);
    if (times !== undefined) return { phrase, times };
  }
  return undefined;
}

function timesHeard(
  view: Story['view'],
  from: Ear,
  phrase: string,
  speech: number,
  char: number,
  most: number,
): number | undefined {
  let ear = from;
  for (let times = 1; times <= most; times++) {
    const heard = listen(view, ear, { contains: phrase }, NEVER);
    if (heard.type !== 'heard') return undefined;
    ear = heard.next;
    if (ear.speech > speech || (ear.speech === speech && ear.char > char)) return undefined;
    if (ear.speech === speech && ear.char === char) return times;
  }
  return undefined;
}
