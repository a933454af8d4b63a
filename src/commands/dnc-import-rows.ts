import type { CsvFile } from '../adapters/csv-read.ts';
import { type CsvRow, isIdle } from '../adapters/csv-row.ts';
import { unguarded } from '../adapters/csv-write.ts';
import { isErased, type Subject } from '../core/facts.ts';
import { normalise, quickNumber, severalNumbers } from '../core/phone.ts';
import { readLike } from './dnc-import-facts.ts';
import { type Columns, type ImportKind, type Texts, textsOf } from './dnc-import-fields.ts';
import type { About, ReadLike } from './dnc-import-like.ts';
import { keyOf, type Window } from './dnc-import-window.ts';

export type RowOptions = {
  kind: ImportKind | 'own';
  columns: Columns;
  about: About;
  /** A cell with several numbers is taken for all of them. */
  split: boolean;
  /** The report wants the cells of all rows. */
  keepCells: boolean;
};

/** What is remembered of the texts of earlier rows: most rows tell the same. */
const REMEMBERED = 10_000;

/** Puts the rows of a file into a window, or says there what is wrong with them. */
export function createRowReader({ layout, dialect }: CsvFile, options: RowOptions, window: Window): (row: CsvRow) => void {
  const { kind, columns, about, split, keepCells } = options;
  const { phone } = layout;
  const country = 'column' in phone ? about.country : 'US';
  const clean = kind === 'own' ? (dialect ? unguarded : (text: string) => text) : (text: string) => text.trim();
  const likeOf = createLikes(columns, clean, (texts) => readLike(kind, texts, about));
  const quick =
    'column' in phone
      ? (row: CsvRow) => row.quick(phone.column, country)
      : (row: CsvRow) => quickParts(row.text(phone.area), row.text(phone.local));
  const cellOf = (row: CsvRow) =>
    'column' in phone ? row.text(phone.column) : `${row.text(phone.area)} ${row.text(phone.local)}`;

  function enter(row: CsvRow, key: number): void {
    const read = likeOf(row);
    if (!read.ok) window.turnDown(row, read.leftOut ? 'left out' : 'refused', read.why, cellOf(row));
    else if (keepCells) window.add(row, key, read.like, cellOf(row));
    else window.add(row, key, read.like);
  }

  function enterSlowly(row: CsvRow): void {
    const cell = cellOf(row);
    if (row.trouble !== undefined) window.turnDown(row, 'refused', row.trouble, cell);
    if (row.trouble !== undefined || isIdle(row)) return;
    const parts = (split && severalNumbers(cell, country)) || [cell];
    for (const part of parts) {
      const read = readSubject(part, country);
      if (read.ok) enter(row, keyOf(read.subject));
      else window.turnDown(row, read.leftOut ? 'left out' : 'refused', read.why, cell);
    }
  }

  const isGone = 'area' in phone ? isDeletion : () => false;
  return (row) => {
    const key = row.trouble === undefined ? quick(row) : 0;
    if (isGone(row))
      window.turnDown(row, 'refused', 'the register deleted it; take it off by hand when it is listed', cellOf(row));
    else if (key === 0) enterSlowly(row);
    else enter(row, key);
  };
}

/** Files of changes tell what was added and what was deleted. */
function isDeletion(row: CsvRow): boolean {
  for (let cell = 2; cell < row.count; cell++) if (/^\s*d(?:eleted?)?\s*$/i.test(row.text(cell))) return true;
  return false;
}

const bytes = new Uint8Array(10);
const encoder = new TextEncoder();

function quickParts(area: string, local: string): number {
  const digits = area.trim() + local.trim().replace(/^(\d{3})-(\d{4})$/, '$1$2');
  if (digits.length !== 10) return 0;
  const { written } = encoder.encodeInto(digits, bytes);
  return written === 10 ? quickNumber(bytes, 0, 10, 'US') : 0;
}

type ReadSubject = { ok: true; subject: Subject } | { ok: false; why: string; leftOut?: true };

/** A number, or a prefix with its country code: `+9198765*`. */
function readSubject(text: string, country: string): ReadSubject {
  const prefix = /^'?(\+[1-9]\d{0,14}\*)$/.exec(text.trim())?.[1];
  if (prefix !== undefined) return { ok: true, subject: prefix as Subject };
  if (isErased(text)) return { ok: false, why: 'the person was erased; only their store knows them', leftOut: true };
  const read = normalise(text, country);
  return read.ok ? { ok: true, subject: read.number } : read;
}

/** Reads what a row tells, once for all rows that tell the same. */
function createLikes(
  columns: Columns,
  clean: (text: string) => string,
  read: (texts: Texts) => ReadLike,
): (row: CsvRow) => ReadLike {
  const { fields } = columns;
  if (fields.length === 0) {
    const only = read(columns.forAll);
    return () => only;
  }
  const known = new Map<string, ReadLike>();
  return (row) => {
    let spelled = '';
    for (const [, column] of fields) spelled += `${row.text(column)}\0`;
    const found = known.get(spelled);
    if (found) return found;
    if (known.size === REMEMBERED) known.clear();
    const like = read(textsOf(row, columns, clean));
    known.set(spelled, like);
    return like;
  };
}
