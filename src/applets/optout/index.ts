import * as z from 'zod';
import { choice, optional } from '../../core/fields.ts';
import { defineApplet } from '../_kit/define.ts';
import { applet, ask, leave, options } from '../_kit/machine.ts';

export const settings = z.object({
  scope: choice(['all', 'campaign', 'voice', 'sms'], 'What the caller no longer wants.', 'all'),
  url: optional('url', 'A webhook of yours, told of it by POST; kept and retried until it is delivered.'),
});

export default defineApplet({
  kind: 'optout',
  element: 'OptOut',
  title: 'OptOut',
  doc: 'Puts the caller on the DNC list and tells your server.',
  settings,
  xml: {
    exits: {
      next: 'Once it is recorded.',
      failed: 'When it could not be recorded in the store; say nothing that is not true here.',
    },
  },
  takesKeys: false,
  exits: () => [{ name: 'next' }, { name: 'failed' }],
  machine: ({ scope, url }) =>
    applet.createMachine({
      options,
      context: {},
      initial: 'recording',
      states: {
        recording: {
          entry: ask({ type: 'optOut', scope, url }),
          on: { 'optOut.recorded': 'recorded', 'optOut.failed': 'failed' },
        },
        recorded: leave('next'),
        failed: leave('failed'),
      },
    }),
  classify: (input) => input.type,
  summary: ({ scope, url }) => `opt-out from ${scope === 'all' ? 'everything' : scope}${url ? `, tells ${url}` : ''}`,
  portability: ({ url }) => ({
    level: 'needs-server',
    rewrite: `Exotel keeps no DNC list: a Passthru to ${url ?? 'your server'} records the number, 200 leads to "you have been removed", anything else must not.`,
  }),
  probes: () => [
    { type: 'optOut.recorded', id: 0, fact: '' },
    { type: 'optOut.failed', id: 0, says: '' },
  ],
});
