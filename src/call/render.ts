import type { CallEvent } from '../core/event.ts';
import { type Ms, ms } from '../core/ids.ts';
import type { Prompt, PromptItem, Sound } from '../core/prompt.ts';
import { readAs, SPEECH_RATE, speechTime } from '../core/speech.ts';

/** The value of a `{{name}}`; undefined when nothing has that name. */
export type Lookup = (name: string) => string | undefined;

const VARIABLE = /\{\{\s*([^{}]*?)\s*\}\}/g;

/** How a value is written where it stands; `at` is where its `{{name}}` begins. */
export type Encode = (value: string, at: number) => string;

/** In an address: encoded, unless the address begins with it. */
export const inAddress: Encode = (value, at) => (at === 0 ? value : encodeURIComponent(value));

/** Fills variables in. `missing` hears of names without a value; they become nothing. */
export function fill(text: string, lookup: Lookup, missing: (name: string) => void, encode: Encode = (value) => value): string {
  if (!text.includes('{{')) return text;
  return text.replace(VARIABLE, (_, name: string, at: number) => {
    const value = lookup(name);
    if (value === undefined) missing(name);
    return encode(value ?? '', at);
  });
}

/** Items in the call's language: of neighbouring In groups the one that fits best, the first when none does. */
export function inLanguage(prompt: Prompt, language: string): readonly Exclude<PromptItem, { type: 'in' }>[] {
  const out: Exclude<PromptItem, { type: 'in' }>[] = [];
  for (let i = 0; i < prompt.length; i++) {
    const item = prompt[i];
    if (!item) break;
    if (item.type !== 'in') {
      out.push(item);
      continue;
    }
    const groups = [item];
    for (let next = prompt[i + 1]; next?.type === 'in'; next = prompt[i + 1]) {
      groups.push(next);
      i++;
    }
    const primary = (tag: string) => tag.toLowerCase().split('-')[0];
    const best =
      groups.find((g) => g.language.toLowerCase() === language.toLowerCase()) ??
      groups.find((g) => primary(g.language) === primary(language)) ??
      item;
    out.push(...inLanguage(best.items, language));
  }
  return out;
}

/** The sounds of a prompt, as this caller gets them. */
export function toSounds(
  prompt: Prompt,
  language: string,
  audio: ReadonlyMap<string, Ms>,
  text: (raw: string) => string,
): readonly Sound[] {
  return inLanguage(prompt, language).flatMap((item): Sound[] => {
    if (item.type === 'pause') return [{ type: 'silence', ms: item.for }];
    if (item.type === 'play') {
      const url = text(item.url);
      const length = audio.get(url);
      return Array.from({ length: item.loop }, () =>
        length === undefined ? { type: 'audio', url } : { type: 'audio', url, ms: length },
      );
    }
    const spoken = readAs(text(item.text), item.as).replace(/\s+/g, ' ').trim();
    if (spoken === '') return [];
    const sound: Sound = {
      type: 'speech',
      text: spoken,
      ms: speechTime(spoken, item.rate ?? SPEECH_RATE),
      language: item.language ?? language,
    };
    return Array.from({ length: item.loop }, () => sound);
  });
}

const hasVariables = (prompt: Prompt): boolean =>
  prompt.some(
    (item) =>
      (item.type === 'say' ? item.text : item.type === 'play' ? item.url : '').includes('{{') ||
      (item.type === 'in' && hasVariables(item.items)),
  );

type PlayEvent = Extract<CallEvent, { type: 'command' }>;
const constant = new WeakMap<Prompt, Map<string, PlayEvent> | 'varies'>();

/**
 * The log event that plays a prompt to a leg. A prompt without variables is made once for each language and leg, and shared
 * by every call.
 */
export function playEvent(
  prompt: Prompt,
  leg: number,
  language: string,
  audio: ReadonlyMap<string, Ms>,
  text: (raw: string) => string,
): PlayEvent {
  const make = (): PlayEvent => ({
    type: 'command',
    command: { type: 'play', sounds: toSounds(prompt, language, audio, text), leg },
  });
  let known = constant.get(prompt);
  if (known === undefined) {
    known = hasVariables(prompt) ? 'varies' : new Map<string, PlayEvent>();
    constant.set(prompt, known);
  }
  if (known === 'varies') return make();
  const name = `${leg} ${language}`;
  let event = known.get(name);
  if (!event) {
    event = make();
    known.set(name, event);
  }
  return event;
}

/** Total length; a recording of unknown length counts nothing here, the line finds out. */
export const knownLength = (sounds: readonly Sound[]): Ms => ms(sounds.reduce((sum, sound) => sum + (sound.ms ?? 0), 0));
