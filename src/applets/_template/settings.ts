import * as z from 'zod';
import { preset } from '../../core/fields.ts';
import { promptField } from '../_kit/prompts.ts';

/** One field for each attribute, made with `optional`, `required`, `preset`, `choice` or `flag` of core/fields.ts. */
export const settings = z.object({
  wait: preset('duration', '2s', 'How long to wait for a key, counted from the end of the prompt.'),
  prompt: promptField,
});
export type Settings = z.output<typeof settings>;
