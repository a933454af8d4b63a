import { showDuration } from '../../core/time.ts';
import { defineApplet } from '../_kit/define.ts';
import { sayShort } from '../_kit/prompts.ts';
import { machine } from './machine.ts';
import { settings } from './settings.ts';

export default defineApplet({
  kind: 'template',
  element: 'Template',
  title: 'Template',
  doc: 'Plays a prompt and waits for any key.',
  settings,
  xml: { exits: { pressed: 'After a key.', silent: 'After the wait.' }, prompt: 'prompt' },
  takesKeys: true,
  exits: () => [{ name: 'pressed' }, { name: 'silent' }],
  machine,
  classify: (input) => input.type,
  summary: ({ wait, prompt }) => `"${sayShort(prompt)}", waits ${showDuration(wait)} for a key`,
  portability: () => ({ level: 'not-possible', rewrite: 'Say what a flow on Exotel would use instead.' }),
  offers: ({ prompt }) => ({ prompt, keys: [], anyKey: true }),
  probes: () => [{ type: 'prompt.finished' }, { type: 'digit', digit: '1' }],
});
