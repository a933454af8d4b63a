import { type Ms, ms } from '../core/ids.ts';
import { didYouMean } from '../core/suggest.ts';
import { parseDuration } from '../core/time.ts';

/** What a person with a phone does when it rings. Without `talks` they stay until the other side hangs up. */
export type PhoneScript =
  | { does: 'answer'; after: Ms; talks?: Ms }
  | { does: 'busy' }
  | { does: 'no-answer' }
  | { does: 'failed' };

export type ParsedPhone = { ok: true; phone: PhoneScript } | { ok: false; problem: string };

/** How long a phone rings before it is answered, unless told. */
export const USUAL_RING = ms(3000);
/** How long an agent talks, unless told. */
export const USUAL_TALK = ms(30_000);

const UNREACHED = { busy: { does: 'busy' }, 'no-answer': { does: 'no-answer' }, failed: { does: 'failed' } } as const;
const isUnreached = (word: string): word is keyof typeof UNREACHED => word in UNREACHED;
const refuse = (problem: string): ParsedPhone => ({ ok: false, problem });

/**
 * The customer, as typed after `--callee`: `answer` (after 3 s of ringing), `answer:4s` (after 4 s), `hangup:12s` (answers,
 * and hangs up 12 s later), `answer:4s,hangup:12s`, `busy`, `no-answer` (rings to the end), `failed`.
 */
export function parseCallee(text: string): ParsedPhone {
  const wanted = text.trim();
  if (isUnreached(wanted)) return { ok: true, phone: UNREACHED[wanted] };
  let after = USUAL_RING;
  let talks: Ms | undefined;
  const seen = new Set<string>();
  for (const item of wanted.split(',')) {
    const [word = '', time] = halves(item);
    const known = ['answer', 'hangup', ...Object.keys(UNREACHED)];
    if (!known.includes(word)) return refuse(`a callee cannot "${item.trim()}". ${didYouMean(word, known)}`);
    if (isUnreached(word)) return refuse(`"${word}" stands alone: nobody answers, so nothing else can follow`);
    if (seen.has(word)) return refuse(`"${word}" is said twice`);
    seen.add(word);
    const length = time === undefined ? undefined : parseDuration(time);
    if ((time !== undefined || word === 'hangup') && length === undefined) {
      return refuse(`"${item.trim()}" wants a duration behind the colon, such as ${word}:${word === 'answer' ? '4s' : '12s'}`);
    }
    if (word === 'answer') after = length ?? USUAL_RING;
    else talks = length;
  }
  return { ok: true, phone: { does: 'answer', after, ...(talks === undefined ? {} : { talks }) } };
}

/**
 * An agent, as typed after `--agent`: `answer:20s` (answers after 3 s of ringing, hangs up 20 s later), `answer` (talks
 * 30 s), `busy`, `no-answer`, `failed`.
 */
export function parseAgent(text: string): ParsedPhone {
  const [word = '', time] = halves(text);
  const known = ['answer', ...Object.keys(UNREACHED)];
  if (!known.includes(word)) return refuse(`an agent cannot "${text.trim()}". ${didYouMean(word, known)}`);
  if (isUnreached(word)) {
    return time === undefined ? { ok: true, phone: UNREACHED[word] } : refuse(`"${word}" takes no duration: nobody answers`);
  }
  const talks = time === undefined ? USUAL_TALK : parseDuration(time);
  if (talks === undefined) return refuse(`"${text.trim()}" wants a duration behind the colon, such as answer:20s`);
  return { ok: true, phone: { does: 'answer', after: USUAL_RING, talks } };
}

function halves(text: string): [string, string?] {
  const at = text.indexOf(':');
  return at < 0 ? [text.trim()] : [text.slice(0, at).trim(), text.slice(at + 1).trim()];
}
