import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { OWN_COLUMNS } from '../adapters/csv-own.ts';
import type { CsvFile } from '../adapters/csv-read.ts';
import { type CsvRow, cellsOf, isIdle } from '../adapters/csv-row.ts';
import { csvLine, guarded } from '../adapters/csv-write.ts';
import { stopwatch } from '../adapters/stopwatch.ts';
import { tellHow, tellScope, tellSince } from '../compliance/tell.ts';
import type { Fact, Subject } from '../core/facts.ts';
import type { E164, Ms } from '../core/ids.ts';
import { inForce, isAbout } from '../core/in-force.ts';
import { normalise } from '../core/phone.ts';
import { createProgress } from './dnc-import-progress.ts';
import { type List, withList } from './dnc-list.ts';
import { type FileOptions, openFile } from './dnc-open-file.ts';
import { factJson } from './dnc-show.ts';
import type { Io } from './io.ts';
import { writeWhole } from './write-whole.ts';

export type CheckFileOptions = FileOptions & { out?: string };

/** Is it the name of a file, and no number? */
export function namesFile(io: Io, text: string, { country }: FileOptions): boolean {
  if (normalise(text, country).ok) return false;
  const there = statSync(resolve(io.cwd, text), { throwIfNoEntry: false });
  return there !== undefined && !there.isDirectory();
}

/** Rows that are answered at once. */
const MANY = 5000;

/** A row, its number, or why it has none. */
type Asked = { row: number; cells: readonly string[] } & ({ number: E164 } | { why: string });
type Counts = { listed: number; notListed: number; refused: number };

/** `press9 dnc check FILE`: the file with an answer in each row. */
export async function checkFile(io: Io, file: string, options: CheckFileOptions): Promise<void> {
  const csv = await openFile(io, file, options);
  await withList(io, options, async (list) => {
    const counts: Counts = { listed: 0, notListed: 0, refused: 0 };
    const lines = options.json ? jsonLines(io, csv, list, options, counts) : csvLines(io, csv, list, options, counts);
    if (options.out === undefined) for await (const text of lines) io.out(text);
    else await writeWhole(resolve(io.cwd, options.out), lines);
    if (counts.listed > 0) io.exitCode = 3;
    else if (counts.refused > 0) io.exitCode = 1;
    const { listed, notListed, refused } = counts;
    io.err(`${listed} listed, ${notListed} not listed${refused > 0 ? `, ${refused} without a number that can be read` : ''}\n`);
  });
}

type Answer = { asked: Asked; facts: readonly Fact[] };

async function* csvLines(io: Io, csv: CsvFile, list: List, options: CheckFileOptions, counts: Counts): AsyncIterable<string> {
  const { header } = csv.layout;
  const even = inColumns(csv);
  if (header) yield csvLine([...even(header), 'listed', 'since', 'stops', 'why']);
  for await (const answers of answersTo(io, csv, list, options, counts)) {
    yield answers.map(({ asked, facts }) => csvLine([...even(asked.cells), ...told(asked, facts)])).join('');
  }
}

/** As many cells as the widest of the first rows has, so that all answers stand in the same columns; the last takes the surplus. */
function inColumns({ dialect, layout }: CsvFile): (cells: readonly string[]) => readonly string[] {
  const rows = dialect?.sample ?? (layout.header ? [layout.header] : []);
  const width = Math.max(1, ...rows.map((row) => row.length));
  const between = String.fromCharCode(dialect?.delimiter ?? 0x2c);
  return (cells) =>
    cells.length > width
      ? [...cells.slice(0, width - 1), cells.slice(width - 1).join(between)]
      : [...cells, ...Array.from({ length: width - cells.length }, () => '')];
}

function told(asked: Asked, facts: readonly Fact[]): readonly string[] {
  if ('why' in asked) return ['unknown', '', '', `no phone number: ${asked.why}`];
  const all = (tell: (fact: Fact) => string) => guarded([...new Set(facts.map(tell))].join('; '));
  return facts.length === 0 ? ['no', '', '', ''] : ['yes', all(tellSince), all(tellScope), all(because)];
}

const because = (fact: Fact): string => `it ${tellHow(fact)}${fact.reason === undefined ? '' : `: ${fact.reason}`}`;

async function* jsonLines(io: Io, csv: CsvFile, list: List, options: CheckFileOptions, counts: Counts): AsyncIterable<string> {
  let lead = '{"numbers":[';
  for await (const answers of answersTo(io, csv, list, options, counts)) {
    for (const { asked, facts } of answers) {
      const answer =
        'why' in asked
          ? { row: asked.row, refused: asked.why }
          : { row: asked.row, number: asked.number, listed: facts.length > 0, facts: facts.map((fact) => factJson(fact, true)) };
      yield `${lead}${JSON.stringify(answer)}`;
      lead = ',';
    }
  }
  yield `${lead === ',' ? '' : lead}],${JSON.stringify(counts).slice(1)}\n`;
}

async function* answersTo(
  io: Io,
  csv: CsvFile,
  { store, now }: List,
  { country }: CheckFileOptions,
  counts: Counts,
): AsyncIterable<readonly Answer[]> {
  const at = now();
  const prefixes: Fact[] = [];
  for await (const page of store.pages({ prefixes: true })) prefixes.push(...page);
  let asked: Asked[] = [];
  let rows = 0;
  const progress = createProgress(io, csv.size, stopwatch);
  const answer = async (some: readonly Asked[]): Promise<readonly Answer[]> => {
    const known = await store.aboutMany(some.flatMap((one) => ('number' in one ? [one.number] : [])));
    rows += some.length;
    return some.map((one) => ({ asked: one, facts: 'number' in one ? standing(one.number, known, prefixes, at) : [] }));
  };
  for await (const bytes of csv.rows((row) => void (isIdle(row) || asked.push(readRow(row, csv, country))))) {
    progress.tell(bytes, rows);
    for (let from = 0; from < asked.length; from += MANY) yield counted(await answer(asked.slice(from, from + MANY)), counts);
    asked = [];
  }
  progress.clear();
}

function counted(answers: readonly Answer[], counts: Counts): readonly Answer[] {
  for (const { asked, facts } of answers) counts['why' in asked ? 'refused' : facts.length > 0 ? 'listed' : 'notListed']++;
  return answers;
}

function standing(
  number: E164,
  known: ReadonlyMap<Subject, readonly Fact[]>,
  prefixes: readonly Fact[],
  at: Ms,
): readonly Fact[] {
  const own = known.get(number) ?? [];
  const wide = prefixes.length === 0 ? prefixes : prefixes.filter((fact) => isAbout(fact.number, number));
  return own.length + wide.length === 0 ? own : inForce([...own, ...wide], { number, at });
}

function readRow(row: CsvRow, { layout }: CsvFile, country: string): Asked {
  const { phone } = layout;
  const american = 'area' in phone;
  const text = american ? row.text(phone.area) + row.text(phone.local) : row.text(phone.column);
  const read = normalise(text, american ? 'US' : country);
  const cells = row.count > 1 && layout.own ? OWN_COLUMNS.map((_, i) => row.text(i)) : cellsOf(row);
  if (row.trouble !== undefined) return { row: row.row, cells, why: row.trouble };
  return read.ok ? { row: row.row, cells, number: read.number } : { row: row.row, cells, why: read.why };
}
