import * as z from 'zod';
import { optional, preset } from '../../core/fields.ts';
import { showDuration } from '../../core/time.ts';
import { defineApplet } from '../_kit/define.ts';
import { applet, ask, leave, options } from '../_kit/machine.ts';
import { promptField } from '../_kit/prompts.ts';

export const settings = z.object({
  maxLength: preset('duration', '60s', 'Longest recording.'),
  finishOnKey: preset('finishKey', '#', 'The key that ends the recording; empty for none.'),
  save: optional('variable', 'Variable that gets the address of the recording.'),
  prompt: promptField,
});
type Settings = z.output<typeof settings>;

function machine({ maxLength, save, prompt }: Settings) {
  const stop = ask({ type: 'record', on: false, save });
  return applet.createMachine({
    options,
    context: {},
    initial: prompt.length > 0 ? 'prompting' : 'recording',
    states: {
      prompting: { entry: ask({ type: 'play', prompt }), on: { 'prompt.finished': 'recording' } },
      recording: {
        entry: ask({ type: 'record', on: true }),
        exit: stop,
        after: { [maxLength]: 'over' },
        on: { 'digit.finish': { target: 'over', actions: ask({ type: 'key', was: 'finish' }) }, 'caller.hungUp': 'over' },
      },
      over: leave('next'),
    },
  });
}

export default defineApplet({
  kind: 'voicemail',
  element: 'Voicemail',
  title: 'Voicemail',
  doc: 'Records what the caller says.',
  settings,
  xml: { exits: { next: 'After the finish key or the longest length; a caller who hangs up ends the call.' }, prompt: 'prompt' },
  takesKeys: true,
  exits: () => [{ name: 'next' }],
  machine,
  classify: (input, { finishOnKey }) =>
    input.type === 'digit' ? (input.digit === finishOnKey ? 'digit.finish' : 'digit.other') : input.type,
  summary: ({ maxLength, finishOnKey }) =>
    `records up to ${showDuration(maxLength)}${finishOnKey ? `, ${finishOnKey} ends` : ''}`,
  portability: () => ({ level: 'as-is', note: "Exotel's longest length and finish key are not documented." }),
  saves: ({ save }) => (save ? [save] : []),
  probes: ({ finishOnKey, prompt }) => [
    ...(prompt.length > 0 ? [{ type: 'prompt.finished' } as const] : []),
    ...(finishOnKey ? [{ type: 'digit', digit: finishOnKey } as const] : []),
    { type: 'caller.hungUp' },
  ],
});
