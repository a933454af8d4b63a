import { UserError } from '../core/problem.ts';
import { didYouMean } from '../core/suggest.ts';
import type { Dialect, Rows } from './csv-dialect.ts';
import { isOwnHeader } from './csv-own.ts';
import { findPhoneColumn, hasHeader, plainName } from './csv-phone-column.ts';

/** What is in which column. */
export type Layout = {
  header: readonly string[] | undefined;
  /** One column with whole numbers; or two, with area code and the rest, as the American register has it. */
  phone: { column: number } | { area: number; local: number };
  why: string;
  /** Columns that hold phone numbers too. */
  others: readonly number[];
  /** An export of press9. */
  own: boolean;
};

export type LayoutOptions = {
  country: string;
  /** A name or a number from 1. */
  column?: string;
  /** Whether the first row names the columns; found out unless told. */
  header?: boolean;
};

/** @throws UserError when no column can be the one with the phone numbers. */
export function findLayout({ sample }: Dialect, options: LayoutOptions): Layout {
  const [first = [], ...below] = sample;
  if (isOwnHeader(first)) return { header: first, phone: { column: 0 }, why: 'it is an export of press9', others: [], own: true };
  const isHeader = options.header ?? (hasHeader(first, below, options.country) || names(first, options.column));
  const header = isHeader ? first : undefined;
  const rows = isHeader ? below : sample;
  const bare = { header, others: [], own: false };
  if (options.column !== undefined)
    return { ...bare, phone: { column: columnNamed(options.column, header, '--column') }, why: 'as told' };
  if (isAmerican(rows)) return { ...bare, phone: { area: 0, local: 1 }, why: 'area code and number, as the FTC has it' };
  const found = findPhoneColumn(header, rows, options.country);
  if (found) return { ...bare, phone: { column: found.column }, why: found.why, others: found.others };
  if (sample.length === 0 || (header ?? first).length === 1) return { ...bare, phone: { column: 0 }, why: 'the only one' };
  throw new UserError(`No column looks like phone numbers: ${shown(header ?? first)}.`, {
    advice: 'Name it with --column, by its name or its number; or tell the --country of the numbers.',
  });
}

const names = (first: readonly string[], column: string | undefined): boolean =>
  column !== undefined && !/^\d+$/.test(column.trim()) && first.some((name) => plainName(name) === plainName(column));

/** Three digits, then seven: so are the numbers of the American register divided. */
function isAmerican(rows: Rows): boolean {
  const fits = ([area = '', local = '']: readonly string[]) => /^\d{3}$/.test(area.trim()) && /^\d{3}-?\d{4}$/.test(local.trim());
  return rows.length > 0 && rows.filter(fits).length >= 0.9 * rows.length;
}

/**
 * The place of a column that is told by its name, or by its number from 1.
 * @throws UserError when there is none.
 */
export function columnNamed(wanted: string, header: readonly string[] | undefined, option: string): number {
  const column = header?.findIndex((name) => plainName(name) === plainName(wanted)) ?? -1;
  if (column >= 0 && plainName(wanted) !== '') return column;
  const number = /^\s*\d{1,4}\s*$/.test(wanted) ? Number(wanted) : 0;
  if (number > 0 && number <= (header?.length ?? 1000)) return number - 1;
  if (!header)
    throw new UserError(`${option}: the file has no header, so there is no column "${wanted}".`, {
      advice: 'Tell its number, from 1.',
    });
  throw new UserError(`${option}: there is no column "${wanted}".`, { advice: didYouMean(wanted, header) });
}

const shown = (cells: readonly string[]): string =>
  cells
    .slice(0, 12)
    .map((cell) => `"${cell.length > 24 ? `${cell.slice(0, 24)}…` : cell}"`)
    .join(', ');
