import type { CallView, Speech } from '../call/view.ts';
import { type Ms, ms } from '../core/ids.ts';
import type { Sound } from '../core/prompt.ts';
import { spokenWords } from '../core/speech.ts';
import type { TextMatch } from './schema.ts';

/** Where in what the caller was told a search begins: a speech, and a character of it. */
export type Ear = { speech: number; char: number };

export type Hearing =
  /** Heard, at this instant; `next` is where to go on. */
  | { type: 'heard'; at: Ms; next: Ear }
  /** Will be heard at this instant, if nobody cuts it off. */
  | { type: 'coming'; at: Ms; next: Ear }
  /** Nothing before `next` can be it any more. */
  | { type: 'not yet'; next: Ear };

const NEVER = ms(Number.POSITIVE_INFINITY);

const texts = new WeakMap<readonly Sound[], string>();

/** The words of a speech, and the addresses of its recordings. Asked again and again while a speech is played, so kept. */
export function textOf(sounds: readonly Sound[]): string {
  let text = texts.get(sounds);
  if (text === undefined) {
    text = sounds
      .map((sound) => (sound.type === 'speech' ? sound.text : sound.type === 'audio' ? sound.url : ''))
      .filter(Boolean)
      .join(' ')
      .replace(/\s+/g, ' ');
    texts.set(sounds, text);
  }
  return text;
}

const fold = (text: string): string => text.toLowerCase().replace(/\s+/g, ' ').trim();

/** The end of a match in a text, from a character on; -1 without one. Matching the whole wants to begin at its start. */
function matchEnd(match: TextMatch, text: string, from: number): number {
  if ('any' in match) return text.length > from ? Math.max(from + 1, 1) : -1;
  if ('text' in match) return from === 0 && fold(text) === fold(match.text) ? text.length : -1;
  if ('contains' in match) {
    const wanted = fold(match.contains);
    const found = text.toLowerCase().indexOf(wanted, from);
    return found < 0 ? -1 : found + wanted.length;
  }
  const rest = text.slice(from);
  const found = match.regex.exec(rest);
  return found ? from + found.index + found[0].length : -1;
}

/** When the caller has heard the first `chars` characters of a speech. */
export function heardAt(speech: Speech, chars: number): Ms {
  let at: number = speech.at;
  let seen = 0;
  for (const sound of speech.sounds) {
    if (sound.type === 'silence') {
      at += sound.ms;
      continue;
    }
    const text = textOf([sound]);
    if (sound.type === 'audio') {
      seen += text.length + 1;
      at += sound.ms ?? 0;
      if (seen >= chars) return ms(Math.round(at));
      continue;
    }
    const words = spokenWords(text);
    const own = words.reduce((sum, word) => sum + word.ms, 0);
    for (const word of words) {
      at += own > 0 ? (word.ms * sound.ms) / own : 0;
      seen += word.text.length + 1;
      if (seen > chars || seen - 1 >= chars) return ms(Math.round(at));
    }
  }
  return ms(Math.round(at));
}

/** From an instant on: past every word that had ended by then. A menu asked again is not the menu asked before. */
export function earAt(speeches: readonly Speech[], at: Ms): Ear {
  const last = speeches.length - 1;
  const speech = speeches[last];
  if (!speech || (speech.until !== undefined && speech.until <= at)) return { speech: last + 1, char: 0 };
  if (speech.at >= at) return { speech: last, char: 0 };
  const text = textOf(speech.sounds);
  let char = 0;
  for (let end = text.indexOf(' '); end >= 0 && heardAt(speech, end) <= at; end = text.indexOf(' ', end + 1)) char = end;
  return { speech: last, char };
}

/** Looks for a text in what the caller has really heard, from `ear` on. */
export function listen(view: CallView, ear: Ear, match: TextMatch, now: Ms): Hearing {
  let open = ear;
  for (let i = ear.speech; i < view.speeches.length; i++) {
    const speech = view.speeches[i];
    if (open.speech === i && speech?.until !== undefined && i + 1 < view.speeches.length) open = { speech: i + 1, char: 0 };
    if (speech?.leg !== 1) continue;
    const text = textOf(speech.sounds);
    const end = matchEnd(match, text, i === ear.speech ? ear.char : 0);
    if (end < 0) continue;
    const at = speech.until !== undefined && !speech.cut && 'text' in match ? speech.until : heardAt(speech, end);
    const over = speech.until ?? NEVER;
    const next = { speech: i, char: end };
    if (speech.cut && at > over) continue;
    if (at <= now || (speech.until !== undefined && !speech.cut)) return { type: 'heard', at: at < now ? at : now, next };
    return { type: 'coming', at, next };
  }
  return { type: 'not yet', next: open };
}

/** Was it heard at all, in the whole call? */
export const everHeard = (view: CallView, match: TextMatch): boolean =>
  listen(view, { speech: 0, char: 0 }, match, NEVER).type === 'heard';

export const sayMatch = (match: TextMatch): string =>
  'any' in match
    ? 'anything'
    : 'text' in match
      ? `exactly "${match.text}"`
      : 'contains' in match
        ? `"${match.contains}"`
        : String(match.regex);

/** Does a text that is not spoken (an SMS) match? */
export const fits = (match: TextMatch, text: string): boolean => matchEnd(match, text.replace(/\s+/g, ' '), 0) >= 0;
