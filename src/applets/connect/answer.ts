import * as z from 'zod';
import { ms } from '../../core/ids.ts';
import type { FetchAnswer } from '../../core/input.ts';
import { parseJsonAnswer } from '../_kit/json-answer.ts';
import { speech } from '../_kit/prompts.ts';
import type { Settings } from './settings.ts';

const seconds = z.coerce.number().positive().max(14_400);

/** The JSON of Exotel's Programmable Connect (help centre 3000096873); fields the stage cannot play are read over. */
const answer = z.object({
  fetch_after_attempt: z.boolean().default(false),
  destination: z.object({ numbers: z.array(z.string()).default([]) }),
  record: z.boolean().optional(),
  max_ringing_duration: seconds.optional(),
  max_conversation_duration: seconds.optional(),
  start_call_playback: z.object({ type: z.enum(['text', 'audio_url']), value: z.string().min(1) }).optional(),
  parallel_ringing: z
    .object({ activate: z.boolean(), max_parallel_attempts: z.coerce.number().int().min(1).default(5) })
    .optional(),
});

/** The Connect that a server's answer describes. An empty list of numbers dials nobody. */
export function read(from: FetchAnswer | undefined, own: Settings): Settings | undefined {
  if (!from) return undefined;
  const plain = { ...own, url: undefined, fallbackUrl: undefined };
  if (from.status === 200 && /^text\/plain\b/i.test(from.contentType.trim())) return { ...plain, to: from.body.trim() };
  const parsed = answer.safeParse(parseJsonAnswer(from));
  if (!parsed.success) return undefined;
  const json = parsed.data;
  const playback = json.start_call_playback;
  return {
    ...plain,
    to: json.destination.numbers.join(','),
    record: json.record ?? own.record,
    ringFor: json.max_ringing_duration === undefined ? own.ringFor : ms(json.max_ringing_duration * 1000),
    talkFor: json.max_conversation_duration === undefined ? own.talkFor : ms(json.max_conversation_duration * 1000),
    parallel: json.parallel_ringing?.activate ? Math.min(5, json.parallel_ringing.max_parallel_attempts) : own.parallel,
    whisper: playback
      ? playback.type === 'text'
        ? speech(playback.value)
        : [{ type: 'play', url: playback.value, loop: 1 }]
      : own.whisper,
    fetchAfterAttempt: json.fetch_after_attempt,
  };
}
