import { type Document, isMap, isNode, isPair, LineCounter, parseDocument } from 'yaml';
import type { Place, Problem } from '../core/problem.ts';
import { problemAt, toProblems, type Where } from './mistakes.ts';
import { quickYaml } from './quick-yaml.ts';
import { type ScenarioFile, scenarioFile } from './schema.ts';

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
  const none = notScenario(raw, file);
  if (none) return { ok: false, problems: [none] };
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
    return document.toJS({ maxAliasCount: 50 });
  } catch {
    return TOO_MANY_ALIASES;
  }
}

const TOO_MANY_ALIASES = Symbol('too many aliases');

/** A file that is no scenario at all. One that names only a flow is: its call must not ask what nothing answers. */
function notScenario(raw: unknown, file: string): Problem | undefined {
  const at: Place = { file, line: 1, column: 1 };
  const example = 'For example: steps: [{ hear: Hello }, { press: 1 }] and expect: { status: completed }.';
  if (raw === TOO_MANY_ALIASES) {
    return problemAt(
      at,
      'SCENARIO_ALIASES',
      'The aliases (*name) of this file repeat themselves too often.',
      'Write the values out.',
    );
  }
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) {
    return problemAt(
      at,
      'SCENARIO_NO_MAPPING',
      'A scenario has the keys flow, call, world, steps and expect; this file has none.',
      example,
    );
  }
  return undefined;
}

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
