import type * as z from 'zod';
import type { Place, Problem } from '../core/problem.ts';
import { didYouMean } from '../core/suggest.ts';
import { STEPS, scenarioFile } from './schema.ts';

/** A mistake in a scenario file, with its place. */
export const problemAt = (at: Place, code: string, says: string, advice?: string): Problem => ({
  code,
  severity: 'error',
  at,
  says,
  ...(advice !== undefined && { try: advice }),
});

type Issue = z.core.$ZodIssue;
export type Where = (path: readonly PropertyKey[], key?: string) => Place;

/** What is wrong with a file, from what its schema says of it. */
export function toProblems(issues: readonly Issue[], raw: unknown, where: Where): Problem[] {
  return issues.flatMap((issue): Problem[] => {
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) =>
        problemAt(
          where(issue.path, key),
          'SCENARIO_UNKNOWN_KEY',
          `"${key}" means nothing here.`,
          didYouMean(key, knownAt(issue.path)),
        ),
      );
    }
    if (issue.code === 'invalid_union') return union(issue, raw, where);
    const name = issue.path.length > 0 ? `${String(issue.path.at(-1))}: ` : '';
    return [problemAt(where(issue.path), 'SCENARIO_BAD_VALUE', `${name}${issue.message}.`)];
  });
}

/** Of the ways in which a value could have been meant, the one that came nearest tells the mistake. */
function union(issue: Issue & { code: 'invalid_union' }, raw: unknown, where: Where): Problem[] {
  const value = at(raw, issue.path);
  if (issue.path.length === 2 && issue.path[0] === 'steps') {
    const keys = typeof value === 'object' && value !== null ? Object.keys(value) : [String(value)];
    const unknown = keys.find((key) => !(STEPS as readonly string[]).includes(key));
    if (unknown !== undefined) {
      return [problemAt(where(issue.path), 'SCENARIO_UNKNOWN_STEP', `"${unknown}" is no step.`, didYouMean(unknown, STEPS))];
    }
    if (keys.length > 1)
      return [
        problemAt(
          where(issue.path),
          'SCENARIO_TWO_STEPS',
          `One step has ${keys.length} keys: ${keys.join(', ')}.`,
          'Begin each step with a dash of its own.',
        ),
      ];
  }
  const nearest = [...issue.errors].sort((a, b) => depth(b) - depth(a))[0] ?? [];
  const told = toProblems(
    nearest.map((one) => ({ ...one, path: [...issue.path, ...one.path] })),
    raw,
    where,
  );
  return told.length > 0
    ? told
    : [problemAt(where(issue.path), 'SCENARIO_BAD_VALUE', `${String(issue.path.at(-1) ?? 'This')} is not understood.`)];
}

const depth = (issues: readonly Issue[]): number =>
  Math.max(
    -1,
    ...issues.map((issue) => issue.path.length * 2 + (issue.code === 'custom' || issue.code === 'unrecognized_keys' ? 1 : 0)),
  );

function at(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (here, key) => (typeof here === 'object' && here !== null ? (here as Record<PropertyKey, unknown>)[key] : undefined),
    value,
  );
}

/** The keys that the schema knows at a path. */
function knownAt(path: readonly PropertyKey[]): readonly string[] {
  let schema: unknown = scenarioFile;
  for (const key of path) {
    if (key === 'steps') return STEPS;
    schema = unwrap(schema);
    schema =
      typeof key === 'number'
        ? (schema as { element?: unknown }).element
        : (schema as { shape?: Record<string, unknown> }).shape?.[String(key)];
  }
  const shape = (unwrap(schema) as { shape?: Record<string, unknown> } | undefined)?.shape;
  return shape ? Object.keys(shape) : [];
}

function unwrap(schema: unknown): unknown {
  let here = schema as { unwrap?: () => unknown; options?: readonly unknown[] } | undefined;
  while (here && typeof here.unwrap === 'function' && !('element' in here)) here = here.unwrap() as typeof here;
  return here;
}
