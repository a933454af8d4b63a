import { type Ms, ms } from '../core/ids.ts';
import { didYouMean } from '../core/suggest.ts';
import { parseDuration } from '../core/time.ts';

/** What a person with a phone does when it rings. Without `talks` they stay until the other side hangs up. */
export type PhoneScript =
  | { does: 'answer'; after: Ms; talks?: Ms }
  /** A machine answers. */
  | { does: 'machine'; after: Ms; talks?: Ms }
  /** Rings until somebody operates it, or for as long as it may. */
  | { does: 'manual' }
  | { does: 'busy' }
  | { does: 'no-answer' }
  | { does: 'failed' };

export type ParsedPhone = { ok: true; phone: PhoneScript } | { ok: false; problem: string };

/** How long a phone rings before it is answered, unless told. */
export const USUAL_RING = ms(3000);
/** How long an agent talks, unless told. */
export const USUAL_TALK = ms(30_000);

export const isAnswered = (phone: PhoneScript): phone is Extract<PhoneScript, { after: Ms }> => 'after' in phone;

const UNREACHED = { busy: { does: 'busy' }, 'no-answer': { does: 'no-answer' }, failed: { does: 'failed' } } as const;
const isUnreached = (word: string): word is keyof typeof UNREACHED => word in UNREACHED;
const refuse = (problem: string): ParsedPhone => ({ ok: false, problem });

/** What a callee is said to do, and for how long where that is not plain. */
const LENGTHS = { answer: '4s', machine: '4s', hangup: '12s' } as const;
const CALLEE_WORDS = [...Object.keys(LENGTHS), ...Object.keys(UNREACHED), 'manual'];

/**
 * The customer, as typed after `--callee`: `answer` (after 3 s of ringing), `answer:4s` (after 4 s), `hangup:12s` (answers,
 * and hangs up 12 s later), `answer:4s,hangup:12s`, `machine:4s` (an answering machine, likewise), `busy`, `no-answer` (rings
 * to the end), `failed`, `manual` (rings to the end unless somebody takes it).
 */
export function parseCallee(text: string): ParsedPhone {
  const wanted = text.trim();
  if (wanted === 'manual') return { ok: true, phone: { does: 'manual' } };
  if (isUnreached(wanted)) return { ok: true, phone: UNREACHED[wanted] };
  const said = new Map<string, Ms | undefined>();
  for (const item of wanted.split(',')) {
    const read = readItem(item);
    if (typeof read === 'string') return refuse(read);
    const [word, length] = read;
    if (said.has(word)) return refuse(`"${word}" is said twice`);
    said.set(word, length);
  }
  if (said.has('answer') && said.has('machine')) return refuse('either a person answers or a machine: say "answer" or "machine"');
  const does = said.has('machine') ? 'machine' : 'answer';
  const talks = said.get('hangup');
  return { ok: true, phone: { does, after: said.get(does) ?? USUAL_RING, ...(talks === undefined ? {} : { talks }) } };
}

/** @returns what is wrong with it, as a sentence. */
function readItem(item: string): [word: keyof typeof LENGTHS, length: Ms | undefined] | string {
  const [word = '', time] = halves(item);
  if (!CALLEE_WORDS.includes(word)) return `a callee cannot "${item.trim()}". ${didYouMean(word, CALLEE_WORDS)}`;
  if (word === 'manual') return '"manual" stands alone: whoever operates the phone decides';
  if (isUnreached(word)) return `"${word}" stands alone: nobody answers, so nothing else can follow`;
  const known = word as keyof typeof LENGTHS;
  const length = time === undefined ? undefined : parseDuration(time);
  if ((time !== undefined || known === 'hangup') && length === undefined)
    return `"${item.trim()}" wants a duration behind the colon, such as ${known}:${LENGTHS[known]}`;
  return [known, length];
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
