import * as z from 'zod';
import { flag, optional, preset } from '../../core/fields.ts';
import { promptField } from '../_kit/prompts.ts';

export const settings = z.object({
  to: optional('text', 'Numbers of the agents, comma-separated, tried in order; may hold {{variables}}.'),
  url: optional(
    'url',
    'Your server names the agents: JSON of the Programmable Connect, or comma-separated numbers as text/plain.',
  ),
  fallbackUrl: optional('url', 'Asked when the first address gives no usable answer within 5 seconds.'),
  ringFor: preset('duration', '30s', 'How long each agent rings.'),
  talkFor: optional('duration', 'Longest conversation.'),
  record: flag('Record the conversation?', false),
  parallel: preset('count', '1', 'How many agents ring at once.', 1, 5),
  whisper: promptField,
  /** Only from a server's answer: ask the URL again after each failed attempt. */
  fetchAfterAttempt: z.boolean().optional(),
});
export type Settings = z.output<typeof settings>;
