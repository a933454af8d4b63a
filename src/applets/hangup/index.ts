import * as z from 'zod';
import { defineApplet } from '../_kit/define.ts';
import { applet, ask, options } from '../_kit/machine.ts';

export const settings = z.object({});

export default defineApplet({
  kind: 'hangup',
  element: 'Hangup',
  title: 'Hangup',
  doc: 'Ends the call.',
  settings,
  xml: { exits: {} },
  takesKeys: false,
  exits: () => [],
  machine: () =>
    applet.createMachine({
      options,
      context: {},
      initial: 'over',
      states: { over: { type: 'final', entry: ask({ type: 'hangUp', why: 'flow' }) } },
    }),
  classify: (input) => input.type,
  summary: () => 'ends the call',
  portability: () => ({ level: 'as-is' }),
});
