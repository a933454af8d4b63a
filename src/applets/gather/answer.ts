import * as z from 'zod';
import { ms } from '../../core/ids.ts';
import { type FetchAnswer, isDigit } from '../../core/input.ts';
import type { Prompt } from '../../core/prompt.ts';
import { parseJsonAnswer } from '../_kit/json-answer.ts';
import { speech } from '../_kit/prompts.ts';
import type { Settings } from './settings.ts';

const prompt = z
  .union([z.strictObject({ text: z.string().min(1) }), z.strictObject({ audio_url: z.string().min(1) })])
  .transform((p): Prompt => ('text' in p ? speech(p.text) : [{ type: 'play', url: p.audio_url, loop: 1 }]));

/** The JSON of Exotel's dynamic Gather, with its defaults (help centre 3000084635; three client repositories agree). */
const answer = z.object({
  gather_prompt: prompt,
  max_input_digits: z.coerce.number().int().min(1).max(255).default(255),
  finish_on_key: z
    .string()
    .refine((k) => k === '' || isDigit(k))
    .default('#'),
  input_timeout: z.coerce.number().positive().max(600).default(5),
  repeat_menu: z.coerce.number().int().min(0).max(10).default(0),
  repeat_gather_prompt: prompt.optional(),
});

/** The Gather that a server's answer describes; where the flow's own exits lead stays as it is. */
export function read(from: FetchAnswer | undefined, own: Settings): Settings | undefined {
  if (!from) return undefined;
  const parsed = answer.safeParse(parseJsonAnswer(from));
  if (!parsed.success) return undefined;
  const { gather_prompt, max_input_digits, finish_on_key, input_timeout, repeat_menu, repeat_gather_prompt } = parsed.data;
  return {
    ...own,
    url: undefined,
    fallbackUrl: undefined,
    prompt: gather_prompt,
    again: repeat_gather_prompt ?? [],
    digits: max_input_digits,
    finishOnKey: finish_on_key as Settings['finishOnKey'],
    timeout: ms(input_timeout * 1000),
    tries: repeat_menu + 1,
  };
}
