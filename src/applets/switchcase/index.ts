import * as z from 'zod';
import { optional, special } from '../../core/fields.ts';
import { defineApplet } from '../_kit/define.ts';
import { type CaseSpelling, caseExit, machine, toCase } from './machine.ts';

const number = (doc: string) =>
  special('Number', 'a number', (t) => (/^-?\d{1,15}(\.\d{1,6})?$/.test(t) ? Number(t) : undefined), doc).optional();

const oneCase = z.object({
  value: optional('text', 'The value, exactly.'),
  from: number('Smallest number of a range.'),
  to: number('Largest number of a range.'),
  like: optional('text', 'A pattern; * stands for anything. Case does not matter.'),
});

export const settings = z.object({
  on: optional('text', 'What is looked at, such as {{plan}}; by default the "select" of the last Passthru answer.'),
  cases: z.array(oneCase).default([]),
  else: z.object({}).optional(),
});

export default defineApplet({
  kind: 'switchcase',
  element: 'SwitchCase',
  title: 'SwitchCase',
  doc: 'Branches on a value: the first case that fits, in file order, else Else.',
  settings,
  xml: {
    exits: {},
    children: {
      Case: {
        field: 'cases',
        many: true,
        doc: 'A value, a range or a pattern, and where it leads.',
        schema: oneCase,
        holds: 'nothing',
        exit: (c) => caseExit(c as CaseSpelling),
      },
      Else: { field: 'else', many: false, doc: 'When no case fits.', schema: z.object({}), holds: 'nothing', exit: () => 'else' },
    },
  },
  takesKeys: false,
  exits: ({ cases }) => [...cases.map((c) => ({ name: caseExit(c) })), { name: 'else' }],
  machine,
  classify: (input) => (input.type === 'case.answered' ? input.exit : input.type),
  summary: ({ on, cases }) => `on ${on ?? 'the last answer'}: ${cases.map((c) => caseExit(c).slice(5)).join(', ')}`,
  portability: ({ on, cases }) =>
    on || cases.some((c) => c.value === undefined)
      ? {
          level: 'needs-server',
          rewrite:
            'Exotel compares the "select" of the last Passthru with whole words. Let your server answer {"select":"word"} for each branch.',
        }
      : { level: 'as-is' },
  lint: ({ cases }) => {
    const first = new Map(cases.map((c, i) => [caseExit(c), i] as const).reverse());
    return cases.flatMap((c, i) => {
      const path = `cases.${i}`;
      if (!toCase(c)) {
        return [
          {
            code: 'CASE_UNCLEAR',
            severity: 'error' as const,
            path,
            says: 'A Case needs exactly one of value, from with to, or like.',
            try: 'For example <Case value="gold" next="…"/> or <Case from="1" to="5" next="…"/>.',
          },
        ];
      }
      if (first.get(caseExit(c)) !== i) {
        return [
          {
            code: 'CASE_TWICE',
            severity: 'error' as const,
            path,
            says: 'This case stands here twice; the second is never reached.',
            try: 'Remove one.',
          },
        ];
      }
      return [];
    });
  },
});
