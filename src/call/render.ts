import type { CallEvent } from '../core/event.ts';
import type { Ms } from '../core/ids.ts';
import type { Prompt, PromptItem, Sound } from '../core/prompt.ts';
import { oneSpaced, readAs, SPEECH_RATE, speechTime } from '../core/speech.ts';

type PlainItem = Exclude<PromptItem, { type: 'in' }>;
const isPlain = (item: PromptItem): item is PlainItem => item.type !== 'in';

/** Items in the call's language: of neighbouring In groups the one that fits best, the first when none does. */
export function inLanguage(prompt: Prompt, language: string): readonly PlainItem[] {
  if (prompt.every(isPlain)) return prompt;
  const out: PlainItem[] = [];
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
  const sounds: Sound[] = [];
  for (const item of inLanguage(prompt, language)) {
    const sound = toSound(item, language, audio, text);
    if (!sound) continue;
    const loop = item.type === 'pause' ? 1 : item.loop;
    for (let times = 0; times < loop; times++) sounds.push(sound);
  }
  return sounds;
}

function toSound(
  item: PlainItem,
  language: string,
  audio: ReadonlyMap<string, Ms>,
  text: (raw: string) => string,
): Sound | undefined {
  if (item.type === 'pause') return { type: 'silence', ms: item.for };
  if (item.type === 'play') {
    const url = text(item.url);
    const length = audio.get(url);
    return length === undefined ? { type: 'audio', url } : { type: 'audio', url, ms: length };
  }
  const spoken = oneSpaced(readAs(text(item.text), item.as));
  if (spoken === '') return undefined;
  return { type: 'speech', text: spoken, ms: speechTime(spoken, item.rate ?? SPEECH_RATE), language: item.language ?? language };
}

const hasVariables = (prompt: Prompt): boolean =>
  prompt.some(
    (item) =>
      (item.type === 'say' ? item.text : item.type === 'play' ? item.url : '').includes('{{') ||
      (item.type === 'in' && hasVariables(item.items)),
  );

type PlayEvent = Extract<CallEvent, { type: 'command' }>;
/** For prompts without variables: by language, then by leg. */
type Constant = Map<string, PlayEvent[]>;
const constant = new WeakMap<Prompt, Constant | 'varies'>();

/**
 * The log event that plays a prompt to a leg. A prompt without variables is made once for each language and leg, and shared
 * by every call. `text` fills variables in, with what `of` knows.
 */
export function playEvent<T>(
  prompt: Prompt,
  leg: number,
  language: string,
  audio: ReadonlyMap<string, Ms>,
  of: T,
  text: (of: T, raw: string) => string,
): PlayEvent {
  let known = constant.get(prompt);
  if (known === undefined) {
    known = hasVariables(prompt) ? 'varies' : new Map();
    constant.set(prompt, known);
  }
  if (known === 'varies') return makeEvent(prompt, leg, language, audio, of, text);
  let byLeg = known.get(language);
  if (!byLeg) {
    byLeg = [];
    known.set(language, byLeg);
  }
  byLeg[leg] ??= makeEvent(prompt, leg, language, audio, of, text);
  return byLeg[leg];
}

const makeEvent = <T>(
  prompt: Prompt,
  leg: number,
  language: string,
  audio: ReadonlyMap<string, Ms>,
  of: T,
  text: (of: T, raw: string) => string,
): PlayEvent => ({
  type: 'command',
  command: { type: 'play', sounds: toSounds(prompt, language, audio, (raw) => text(of, raw)), leg },
});
