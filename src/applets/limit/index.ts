import * as z from 'zod';
import { required } from '../../core/fields.ts';
import { defineApplet } from '../_kit/define.ts';
import { applet, ask, leave, options } from '../_kit/machine.ts';

export const settings = z.object({
  max: required('count', 'How often a call may pass here; several applets may lead here and share it.'),
});

export default defineApplet({
  kind: 'limit',
  element: 'Limit',
  title: 'Limit',
  doc: 'Lets a call pass only so many times.',
  settings,
  xml: { exits: { next: 'While the call may pass.', exceeded: 'Every time after that.' } },
  takesKeys: false,
  exits: () => [{ name: 'next' }, { name: 'exceeded' }],
  machine: ({ max }) =>
    applet.createMachine({
      options,
      context: {},
      initial: 'asking',
      states: {
        asking: { entry: ask({ type: 'askVisits', max }), on: { 'visits.within': 'next', 'visits.exceeded': 'exceeded' } },
        next: leave('next'),
        exceeded: leave('exceeded'),
      },
    }),
  classify: (input) => (input.type === 'visits.answered' ? (input.exceeded ? 'visits.exceeded' : 'visits.within') : input.type),
  summary: ({ max }) => `at most ${max} ${max === 1 ? 'visit' : 'visits'}`,
  portability: () => ({
    level: 'needs-server',
    rewrite: 'Exotel does not count: a Passthru asks your server, which counts by CallSid, 200 to go on, 302 when it is enough.',
  }),
});
