import * as z from 'zod';
import { required } from '../../core/fields.ts';
import { defineApplet } from '../_kit/define.ts';
import { applet, ask, options } from '../_kit/machine.ts';

export const settings = z.object({ flow: required('text', 'The other flow file, relative to this one.') });

export default defineApplet({
  kind: 'transfer',
  element: 'Transfer',
  title: 'Transfer',
  doc: 'Goes on in another flow and does not come back.',
  settings,
  xml: { exits: {} },
  takesKeys: false,
  exits: () => [],
  machine: ({ flow }) =>
    applet.createMachine({
      options,
      context: {},
      initial: 'going',
      states: { going: { type: 'final', entry: ask({ type: 'goToFlow', flow }) } },
    }),
  classify: (input) => input.type,
  summary: ({ flow }) => `goes to ${flow}`,
  portability: () => ({ level: 'as-is' }),
  flows: ({ flow }) => [{ path: 'flow', flow }],
});
