import { type Document, isMap, isNode, isPair, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import type { Place, Problem } from '../core/problem.ts';
import { didYouMean } from '../core/suggest.ts';
import { quickYaml } from './quick-yaml.ts';
import { type ScenarioFile, STEPS, scenarioFile } from './schema.ts';

/** A scenario, ready to run: one file, or one row of its `each`. */
export type Scenario = ScenarioFile & {
  /** The path of its file, and of a row its number. */
  title: string;
  file: string;
  places: Places;
};

/** Where the parts of a scenario stand. Found when first asked: most scenarios pass, and nobody asks. */
export type Places = {
  readonly steps: readonly Place[];
  readonly expect: Readonly<Record<string, Place>>;
  readonly file: Place;
  /** Of anything else, by its path: `['world', 'http', 0]`; with `key`, of that key of a map. The nearest there is. */
  at?(path: readonly PropertyKey[], key?: string): Place;
};

export type ReadScenario = { ok: true; scenarios: readonly Scenario[] } | { ok: false; problems: readonly Problem[] };

const MOST_BYTES = 1_000_000;

/** Reads a scenario file; a mistake is a problem at its place, and all of them come at once. */
export function readScenario(text: string, file: string): ReadScenario {
  if (text.length > MOST_BYTES)
    return { ok: false, problems: [problemAt({ file, line: 1, column: 1 }, 'SCENARIO_TOO_LARGE', 'The file is over 1 MB.')] };
  const source = sourceOf(text, file);
  const quick = quickYaml(text);
  const broken = quick ? undefined : source.broken();
  if (broken) return { ok: false, problems: [broken] };
  const raw: unknown = quick ? quick.value : bounded(source.document());
  const { where } = source;
  const rows = rowsOf(raw);
  const problems: Problem[] = [];
  const scenarios: Scenario[] = [];
  rows.forEach((row, i) => {
    const parsed = scenarioFile.safeParse(row === undefined ? raw : fillIn(raw, row));
    if (!parsed.success) {
      if (problems.length === 0) problems.push(...toProblems(parsed.error.issues, raw, where));
      return;
    }
    const places = placesOf(parsed.data, where, { file, line: 1, column: 1 });
    scenarios.push({ ...parsed.data, file, title: row === undefined ? file : `${file}#${i + 1}${nameOf(row)}`, places });
  });
  return problems.length > 0 ? { ok: false, problems } : { ok: true, scenarios };
}

/** The parsed YAML of a file, for what the quick reader leaves out and for places; parsed when first asked for. */
function sourceOf(text: string, file: string) {
  let parsed: Document.Parsed | undefined;
  const counter = new LineCounter();
  const document = () => {
    parsed ??= parseDocument(text, { lineCounter: counter, prettyErrors: false, merge: false });
    return parsed;
  };
  const placeOf = (offset: number): Place => {
    const { line, col } = counter.linePos(offset);
    return { file, line: Math.max(1, line), column: Math.max(1, col) };
  };
  return {
    document,
    broken(): Problem | undefined {
      const [first] = document().errors;
      return first && problemAt(placeOf(first.pos[0]), 'SCENARIO_YAML', `Not well-formed YAML: ${first.message}`);
    },
    where: (path: readonly PropertyKey[], key?: string): Place => placeOf(offsetOf(document(), path, key)),
  };
}

/** Aliases are resolved only so often: a small file must not become a large value. */
function bounded(document: Document.Parsed): unknown {
  try {
    return document.toJS({ maxAliasCount: 50 }) ?? {};
  } catch {
    return {};
  }
}

const problemAt = (at: Place, code: string, says: string, advice?: string): Problem => ({
  code,
  severity: 'error',
  at,
  says,
  ...(advice !== undefined && { try: advice }),
});

type Row = Readonly<Record<string, unknown>>;

function rowsOf(raw: unknown): readonly (Row | undefined)[] {
  const each = typeof raw === 'object' && raw !== null ? (raw as Row)['each'] : undefined;
  return Array.isArray(each) && each.length > 0
    ? each.map((row): Row => (typeof row === 'object' && row !== null ? (row as Row) : {}))
    : [undefined];
}

const nameOf = (row: Row): string => {
  const [first] = Object.values(row);
  return first === undefined ? '' : ` ${String(first)}`;
};

/** Every `{{name}}` of a row's column, in every text but the rows themselves. */
function fillIn(value: unknown, row: Row): unknown {
  if (typeof value === 'string') {
    return value.replace(/\{\{\s*([\w.-]+)\s*\}\}/g, (whole, name: string) =>
      Object.hasOwn(row, name) ? String(row[name]) : whole,
    );
  }
  if (Array.isArray(value)) return value.map((one) => fillIn(one, row));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, key === 'each' ? one : fillIn(one, row)]));
}

function offsetOf(document: Document.Parsed, path: readonly PropertyKey[], key?: string): number {
  for (let length = path.length; length >= 0; length--) {
    const node = length === 0 ? document.contents : document.getIn(path.slice(0, length), true);
    if (key !== undefined && isMap(node)) {
      const pair = node.items.find((item) => isPair(item) && isNode(item.key) && String(item.key) === key);
      if (pair && isNode(pair.key) && pair.key.range) return pair.key.range[0];
    }
    if (isNode(node) && node.range) return node.range[0];
  }
  return 0;
}

function placesOf(scenario: ScenarioFile, where: Where, file: Place): Places {
  let steps: readonly Place[] | undefined;
  let expect: Readonly<Record<string, Place>> | undefined;
  return {
    get steps() {
      steps ??= scenario.steps.map((_, i) => where(['steps', i]));
      return steps;
    },
    get expect() {
      expect ??= Object.fromEntries(Object.keys(scenario.expect).map((name) => [name, where(['expect'], name)]));
      return expect;
    },
    file,
    at: where,
  };
}

type Issue = z.core.$ZodIssue;
type Where = (path: readonly PropertyKey[], key?: string) => Place;

function toProblems(issues: readonly Issue[], raw: unknown, where: Where): Problem[] {
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
