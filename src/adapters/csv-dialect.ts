import { createCells, type Decode } from './csv-cells.ts';
import { isOwnHeader } from './csv-own.ts';
import { likenesses } from './csv-phone-column.ts';
import { type CsvRow, cellsOf, isIdle } from './csv-row.ts';
import { createScanner } from './csv-scan.ts';

export type Rows = readonly (readonly string[])[];

/** How a file's rows are divided, and how that is known. */
export type Dialect = {
  /** One byte; undefined when a line is one cell. */
  delimiter: number | undefined;
  why: string;
  /** Bytes of a first line that says `sep=;`. */
  skip: number;
  /** The first rows, without empty ones and comments. */
  sample: Rows;
};

const SIGNS: readonly [sign: string, name: string][] = [
  [',', 'commas'],
  [';', 'semicolons'],
  ['\t', 'tabs'],
  ['|', 'bars'],
];
const SAMPLE_ROWS = 60;

export const delimiterName = (delimiter: number | undefined): string =>
  SIGNS.find(([sign]) => sign.charCodeAt(0) === delimiter)?.[1] ??
  (delimiter === undefined ? 'one column' : `"${String.fromCharCode(delimiter)}"`);

/** @param head the first bytes, in an encoding that keeps ASCII. @param whole they are all there is. */
export function sniffDialect(
  head: Buffer,
  whole: boolean,
  decode: Decode,
  wanted: { country: string; delimiter?: number },
): Dialect {
  const sep = /^"?sep=([^\r\n"])"?(?:\r\n|\r|\n|$)/i.exec(head.toString('latin1', 0, 16));
  const skip = sep?.[0].length ?? 0;
  const rest = head.subarray(skip);
  const sampleBy = (delimiter: number | undefined) => sampleOf(rest, whole, decode, delimiter);
  const told = wanted.delimiter ?? sep?.[1]?.charCodeAt(0);
  if (told !== undefined) {
    const why = wanted.delimiter === undefined ? 'its first line says so' : 'as told';
    return { delimiter: told, why, skip, sample: sampleBy(told) };
  }
  const guesses = SIGNS.map(([sign]) => sign.charCodeAt(0)).map((delimiter) => {
    const sample = sampleBy(delimiter);
    return { delimiter, sample, ...regularity(sample), phones: bestOf(sample, wanted.country) };
  });
  const own = guesses.find(({ sample: [first = []] }) => first.length > 1 && isOwnHeader(first));
  if (own) return { delimiter: own.delimiter, why: 'it is an export of press9', skip, sample: own.sample };
  const [best] = guesses
    .filter(({ width }) => width > 1)
    .toSorted((a, b) => b.phones - a.phones || b.share - a.share || b.width - a.width);
  const lines = sampleBy(undefined);
  if (!best || bestOf(lines, wanted.country) > best.phones + 0.1)
    return { delimiter: undefined, why: 'nothing divides its lines', skip, sample: lines };
  return { delimiter: best.delimiter, why: `in ${Math.round(best.share * 100)} % of the first rows`, skip, sample: best.sample };
}

/** The first rows; one that is cut off at the end is none. */
function sampleOf(head: Buffer, whole: boolean, decode: Decode, delimiter: number | undefined): Rows {
  const rows: (readonly string[])[] = [];
  const scanner = createScanner(createCells(delimiter, decode), (row: CsvRow) => {
    if (rows.length < SAMPLE_ROWS && row.trouble === undefined && !isIdle(row)) rows.push(cellsOf(row));
  });
  scanner.push(head);
  if (whole) scanner.end();
  return rows;
}

/** How many cells most rows have, and how many rows do. */
function regularity(rows: Rows): { width: number; share: number } {
  const counts = new Map<number, number>();
  for (const { length } of rows) counts.set(length, (counts.get(length) ?? 0) + 1);
  const [width = 0, often = 0] = [...counts].toSorted((a, b) => b[1] - a[1] || b[0] - a[0])[0] ?? [];
  return { width, share: often / Math.max(1, rows.length) };
}

const bestOf = (rows: Rows, country: string): number => Math.round(10 * Math.max(0, ...likenesses(rows, country))) / 10;
