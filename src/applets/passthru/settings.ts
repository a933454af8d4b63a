import * as z from 'zod';
import { choice, flag, optional, preset, required } from '../../core/fields.ts';

export const on = z.object({ status: choice(['200', '302'], 'The HTTP status of the answer.', '200') });

export const settings = z.object({
  url: required('url', 'Your server; asked GET with the parameters of the call.'),
  async: flag('Ask and go on at once, without waiting for the answer?', false),
  timeout: preset('duration', '5s', 'How long the caller waits for the answer.'),
  save: optional('variable', 'Variable that gets the body of the answer.'),
  on: z.array(on).default([]),
  else: z.object({}).optional(),
});
export type Settings = z.output<typeof settings>;
