import * as z from 'zod';
import { choice, optional } from '../../core/fields.ts';
import { promptField } from '../_kit/prompts.ts';

export const settings = z.object({
  url: optional(
    'url',
    "Your server's address: asked HEAD, then GET; answers text to speak, or one wav address a line, as text/plain.",
  ),
  dtmf: choice(
    ['ignore', 'skip', 'forward'],
    'What a key does while it speaks: nothing, end the greeting, or end it and be handed to the next applet that takes keys.',
    'ignore',
  ),
  prompt: promptField,
});
export type Settings = z.output<typeof settings>;
