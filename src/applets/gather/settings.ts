import * as z from 'zod';
import { parseAccept } from '../../core/accept.ts';
import { optional, preset, required, special } from '../../core/fields.ts';
import { promptField } from '../_kit/prompts.ts';

export const key = z.object({ digit: required('digit', 'The key, when it is the first one pressed.') });

const accept = special(
  'Accept',
  'a range (1-24), a list (0,5) or a pattern (/[1-9][0-9]{5}/)',
  (text) => (parseAccept(text) ? text : undefined),
  'What counts as a right answer: a range, a list, or a /regex/ over the whole input.',
);

export const settings = z.object({
  url: optional('url', 'Your server decides: asked GET, answers JSON with gather_prompt and limits.'),
  fallbackUrl: optional('url', 'Asked when the first address gives no usable answer within 5 seconds.'),
  digits: preset('count', '255', 'Most keys to take; the input ends at the last one.', 1, 255),
  finishOnKey: preset('finishKey', '#', 'The key that ends the input; empty for none.'),
  timeout: preset(
    'duration',
    '5s',
    'Longest silence between keys, and before the first one, counted from the end of the prompt.',
  ),
  tries: preset('count', '1', 'How often to ask, the first time included.', 1, 10),
  accept: accept.optional(),
  save: optional('variable', 'Variable that gets the input.'),
  silence: optional('text', 'Value to save when the caller stays silent.'),
  prompt: promptField,
  noInput: promptField,
  invalid: promptField,
  /** Only from a server's answer: repeat_gather_prompt, spoken instead of the prompt from the second time on. */
  again: promptField,
  keys: z.array(key).default([]),
});
export type Settings = z.output<typeof settings>;
