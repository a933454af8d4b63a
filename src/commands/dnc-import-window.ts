import type { CsvRow } from '../adapters/csv-row.ts';
import type { NewFact, Subject } from '../core/facts.ts';
import { e164 } from '../core/ids.ts';
import type { AlikeFacts } from '../core/ports.ts';
import type { Like } from './dnc-import-like.ts';
import { sortEntries } from './sort-entries.ts';

/** What becomes of a row; `undecided` until the store was asked. */
export const OUTCOMES = ['undecided', 'added', 'already there', 'duplicate', 'refused', 'left out'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** Rows are judged so many at a time, by their numbers: sorted, they go into the store several times as fast. */
export const WINDOW = 1 << 17;
/** One piece of a file holds no more rows than these. */
const PIECE = 1 << 18;
/** Facts of one entry in the audit. */
const CHUNK = 4000;

/**
 * A phone number as one whole number, so that many take little room and are sorted fast: its digits. A prefix is
 * negative.
 */
export const keyOf = (subject: Subject): number =>
  subject.endsWith('*') ? -Number(subject.slice(1, -1)) : Number(subject.slice(1));
export const subjectOf = (key: number): Subject => (key < 0 ? `+${-key}*` : e164(`+${key}`));

/** Rows of a file, in their order. */
export type Window = {
  readonly count: number;
  add(row: CsvRow, key: number, like: Like, cell?: string): void;
  turnDown(row: CsvRow, outcome: 'refused' | 'left out', why: string, cell: string): void;
  decide(entry: number, outcome: Outcome, why?: string): void;
  /** Entries yet undecided, by their numbers, those of one number in their order. */
  sorted(): Uint32Array;
  key(entry: number): number;
  like(entry: number): Like;
  outcome(entry: number): Outcome;
  told(entry: number): Told;
  clear(): void;
};

/** An entry, for the report. */
export type Told = { row: number; line: number; cell: string; number: string; outcome: Outcome; why: string };

export function createWindow(): Window {
  const size = WINDOW + PIECE;
  const [keys, outcomes] = [new Float64Array(size), new Uint8Array(size)];
  const [rows, lines] = [new Uint32Array(size), new Uint32Array(size)];
  let likes: Like[] = [];
  const cells = new Map<number, string>();
  const whys = new Map<number, string>();
  let count = 0;

  function enter(row: CsvRow, key: number, cell: string | undefined): number {
    keys[count] = key;
    rows[count] = row.row;
    lines[count] = row.line;
    outcomes[count] = 0;
    if (cell !== undefined) cells.set(count, short(cell));
    return count++;
  }

  function decide(entry: number, outcome: Outcome, why?: string): void {
    outcomes[entry] = OUTCOMES.indexOf(outcome);
    if (why !== undefined) whys.set(entry, why);
  }

  const key = (entry: number): number => keys[entry] ?? 0;
  const outcome = (entry: number): Outcome => OUTCOMES[outcomes[entry] ?? 0] ?? 'undecided';
  return {
    get count() {
      return count;
    },
    add(row, number, like, cell) {
      likes[enter(row, number, cell)] = like;
    },
    turnDown: (row, outcome, why, cell) => decide(enter(row, 0, cell), outcome, why),
    decide,
    sorted() {
      const open = new Uint32Array(count);
      let found = 0;
      for (let entry = 0; entry < count; entry++) if (outcomes[entry] === 0) open[found++] = entry;
      return sortEntries(open.subarray(0, found), keys);
    },
    key,
    like: (entry) => likes[entry] as Like,
    outcome,
    told: (entry) => ({
      row: rows[entry] ?? 0,
      line: lines[entry] ?? 0,
      cell: cells.get(entry) ?? '',
      number: key(entry) === 0 ? '' : subjectOf(key(entry)),
      outcome: outcome(entry),
      why: whys.get(entry) ?? '',
    }),
    clear() {
      count = 0;
      likes = [];
      cells.clear();
      whys.clear();
    },
  };
}

/** The beginning of a cell; a copy, so that the rest is let go. */
const short = (cell: string): string => (cell.length <= 300 ? cell : Buffer.from(`${cell.slice(0, 300)}…`).toString());

/** Fewer alike facts go in as well by themselves. */
const FEW = 50;

/** Entries as facts for the store, those that are alike together. */
export function* factsIn(window: Window, entries: Iterable<number>): Iterable<AlikeFacts | { facts: readonly NewFact[] }> {
  const groups = Map.groupBy(entries, window.like);
  const single: NewFact[] = [];
  for (const [{ fact }, group] of groups) {
    const numbers = group.map((entry) => subjectOf(window.key(entry)));
    if (group.length < FEW) single.push(...numbers.map((number): NewFact => ({ ...fact, number })));
    else for (const some of slices(numbers)) yield { alike: fact, numbers: some };
  }
  for (const facts of slices(single)) yield { facts };
}

function* slices<T>(all: readonly T[]): Iterable<readonly T[]> {
  for (let from = 0; from < all.length; from += CHUNK) yield all.slice(from, from + CHUNK);
}
