import * as z from 'zod';
import { flag, optional, preset, required } from '../../core/fields.ts';
import { promptField } from '../_kit/prompts.ts';

export const key = z.object({
  digit: required('digit', 'The key.'),
  set: optional('assignment', 'variable=value, set when this key is pressed.'),
});

export const settings = z.object({
  url: optional('url', "Your server's address for the prompt: asked HEAD, then GET; answers text/plain."),
  timeout: preset('duration', '5s', 'How long to wait for a key, counted from the end of the prompt.'),
  tries: preset('count', '3', 'How often the menu is offered, the first time included.', 1, 10),
  bargeIn: flag('May a key interrupt the prompt?', true),
  save: optional('variable', 'Variable that gets the key.'),
  prompt: promptField,
  noInput: promptField,
  invalid: promptField,
  keys: z.array(key).default([]),
});
export type Settings = z.output<typeof settings>;
