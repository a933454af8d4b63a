import type { Case } from '../../core/command.ts';
import { applet, ask, leave, options } from '../_kit/machine.ts';

export type CaseSpelling = {
  value?: string | undefined;
  from?: number | undefined;
  to?: number | undefined;
  like?: string | undefined;
};

export const caseExit = ({ value, from, to, like }: CaseSpelling): string =>
  `case:${value ?? like ?? `${from ?? ''}..${to ?? ''}`}`;

/** The case a spelling means; undefined when it says none or more than one thing. */
export function toCase(spelling: CaseSpelling): Case | undefined {
  const { value, from, to, like } = spelling;
  const exit = caseExit(spelling);
  const range = from !== undefined || to !== undefined;
  if (value !== undefined) return range || like !== undefined ? undefined : { exit, value };
  if (like !== undefined) return range ? undefined : { exit, like };
  return from !== undefined && to !== undefined && from <= to ? { exit, from, to } : undefined;
}

export function machine({ on, cases }: { on?: string | undefined; cases: readonly CaseSpelling[] }) {
  const known = cases.flatMap((c) => toCase(c) ?? []);
  const exits = [...new Set([...known.map(({ exit }) => exit), 'else'])];
  // Case values may hold dots, which XState reads as paths: states are numbered, events are the classes.
  return applet.createMachine({
    options,
    context: {},
    initial: 'asking',
    states: {
      asking: {
        entry: ask({ type: 'askCase', on, cases: known }),
        on: Object.fromEntries(exits.map((exit, i) => [exit, `exit${i}`])),
      },
      ...Object.fromEntries(exits.map((exit, i) => [`exit${i}`, leave(exit)])),
    },
  });
}
