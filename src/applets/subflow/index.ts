import * as z from 'zod';
import { required } from '../../core/fields.ts';
import { defineApplet } from '../_kit/define.ts';
import { applet, ask, leave, options } from '../_kit/machine.ts';

const comeBack = z.object({ name: required('variable', 'Name that the other flow returns with, as return:NAME.') });

export const settings = z.object({
  flow: required('text', 'The other flow file, relative to this one.'),
  returns: z.array(comeBack).default([]),
});

export default defineApplet({
  kind: 'subflow',
  element: 'Subflow',
  title: 'Subflow',
  doc: 'Runs another flow and comes back: by next when it ends with return, by a Return when it ends with return:NAME.',
  settings,
  xml: {
    exits: { next: 'After return, and after return:NAME without a Return of that name.' },
    children: {
      Return: {
        field: 'returns',
        many: true,
        doc: 'Where return:NAME leads.',
        schema: comeBack,
        holds: 'nothing',
        exit: ({ name }) => `return:${name}`,
      },
    },
  },
  takesKeys: false,
  exits: ({ returns }) => [{ name: 'next' }, ...returns.map(({ name }) => ({ name: `return:${name}`, fallsTo: 'next' }))],
  machine: ({ flow, returns }) =>
    applet.createMachine({
      options,
      context: {},
      initial: 'calling',
      states: {
        calling: {
          entry: ask({ type: 'callFlow', flow }),
          on: { returned: 'next', ...Object.fromEntries(returns.map(({ name }) => [`returned.${name}`, `return:${name}`])) },
        },
        next: leave('next'),
        ...Object.fromEntries(returns.map(({ name }) => [`return:${name}`, leave(`return:${name}`)])),
      },
    }),
  classify(input, { returns }) {
    if (input.type !== 'flow.returned') return input.type;
    return returns.some(({ name }) => name === input.name) ? `returned.${input.name}` : 'returned';
  },
  summary: ({ flow }) => `runs ${flow}`,
  portability: () => ({
    level: 'not-possible',
    rewrite: 'Exotel has no subflows: copy the applets, or Transfer to the other flow and back.',
  }),
  flows: ({ flow }) => [{ path: 'flow', flow }],
  lint: ({ returns }) => {
    const first = new Map(returns.map(({ name }, i) => [name, i] as const).reverse());
    return returns.flatMap(({ name }, i) =>
      first.get(name) === i
        ? []
        : [
            {
              code: 'RETURN_TWICE',
              severity: 'error',
              path: `returns.${i}.name`,
              says: `A Return of the name ${name} stands here twice.`,
              try: 'Keep one of the two.',
            },
          ],
    );
  },
});
