import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { isCountry } from '../core/phone.ts';
import { UserError } from '../core/problem.ts';
import { createCells, type Decode } from './csv-cells.ts';
import { type Dialect, sniffDialect } from './csv-dialect.ts';
import { decoderOf, type Encoding, inAscii, type Sniffed, sniffEncoding } from './csv-encoding.ts';
import { jsonVisitor } from './csv-json.ts';
import { findLayout, type Layout, type LayoutOptions } from './csv-layout.ts';
import { OWN_COLUMNS } from './csv-own.ts';
import { type CsvRow, isIdle } from './csv-row.ts';
import { createScanner } from './csv-scan.ts';
import { sayWhy } from './sqlite-driver.ts';

export type CsvOptions = LayoutOptions & { delimiter?: number };

/** A file with rows, of which the beginning has been read. */
export type CsvFile = {
  path: string;
  /** In bytes; undefined for what has no end yet, such as a pipe. */
  size: number | undefined;
  encoding: Encoding;
  /** None for lines of JSON. */
  dialect: Dialect | undefined;
  layout: Layout;
  /**
   * Visits the rows below the header, idle ones too, and yields after each piece how many bytes of the file were read.
   * Once only.
   */
  rows(visit: (row: CsvRow) => void): AsyncIterable<number>;
};

/** What is read at once, in bytes. */
const PIECE = 1 << 18;

/** Files that people take for CSV, by their first bytes. */
const OTHERS: readonly [bytes: string, what: string, instead: string][] = [
  ['PK\u0003\u0004', 'a spreadsheet or an archive, no CSV', 'Save the sheet as CSV.'],
  ['\u00d0\u00cf\u0011\u00e0', 'an old spreadsheet, no CSV', 'Save the sheet as CSV.'],
  ['\u001f\u008b', 'compressed', 'Unpack it first.'],
  ['%PDF', 'a PDF, no CSV', 'Export the list as CSV.'],
];

/**
 * Opens a table of phone numbers and finds out how it is written.
 * @throws UserError when it cannot be read, is no table, or has no column with phone numbers.
 */
export async function openCsv(path: string, options: CsvOptions): Promise<CsvFile> {
  if (!isCountry(options.country))
    throw new UserError(`--country ${options.country} is no country code.`, { advice: 'Use two capital letters, such as IN.' });
  const size = await sizeOf(path);
  const pieces = piecesOf(path);
  const { value: first = Buffer.alloc(0), done = false } = await pieces.next();
  refuseOthers(path, first);
  const sniffed = sniffEncoding(first);
  const decode = decoderOf(sniffed.encoding);
  const head = await headOf(first, sniffed);
  const whole = done || first.length < PIECE;
  if (head.length === 0) throw new UserError(`${path} is empty.`);
  const isJson = /^\s*\{\s*"/.test(head.toString('latin1', 0, 256));
  const dialect = isJson ? undefined : sniffDialect(head, whole, decode, options);
  const layout: Layout = dialect ? findLayout(dialect, options) : JSON_LAYOUT;
  const found = { path, size, encoding: sniffed.encoding, dialect, layout };
  return { ...found, rows: (visit) => visitRows(found, { first, pieces, sniffed, decode }, visit) };
}

const JSON_LAYOUT: Layout = { header: OWN_COLUMNS, phone: { column: 0 }, why: 'lines of JSON', others: [], own: true };

async function sizeOf(path: string): Promise<number | undefined> {
  try {
    const about = await stat(path);
    if (about.isDirectory()) throw new UserError(`${path} is a folder.`);
    return about.isFile() ? about.size : undefined;
  } catch (error) {
    throw error instanceof UserError ? error : unreadable(path, error);
  }
}

async function* piecesOf(path: string): AsyncGenerator<Buffer> {
  try {
    for await (const piece of createReadStream(path, { highWaterMark: PIECE })) yield piece as Buffer;
  } catch (error) {
    throw unreadable(path, error);
  }
}

function unreadable(path: string, error: unknown): UserError {
  const { code } = error as { code?: unknown };
  return new UserError(code === 'ENOENT' ? `There is no file ${path}.` : `${path} cannot be read: ${sayWhy(error)}.`);
}

function refuseOthers(path: string, head: Buffer): void {
  const begin = head.toString('latin1', 0, 4);
  const other = OTHERS.find(([bytes]) => begin.startsWith(bytes));
  if (other) throw new UserError(`${path} is ${other[1]}.`, { advice: other[2] });
}

async function headOf(first: Buffer, sniffed: Sniffed): Promise<Buffer> {
  async function* one(): AsyncIterable<Buffer> {
    yield first;
  }
  const parts: Buffer[] = [];
  for await (const part of inAscii(one(), sniffed)) parts.push(part);
  return Buffer.concat(parts);
}

type Source = { first: Buffer; pieces: AsyncGenerator<Buffer>; sniffed: Sniffed; decode: Decode };

async function* visitRows(
  { dialect, layout }: Pick<CsvFile, 'dialect' | 'layout'>,
  { first, pieces, sniffed, decode }: Source,
  visit: (row: CsvRow) => void,
): AsyncIterable<number> {
  let bytes = 0;
  async function* all(): AsyncIterable<Buffer> {
    bytes = first.length;
    yield first;
    for await (const piece of pieces) {
      bytes += piece.length;
      yield piece;
    }
  }
  const wanted = dialect ? belowHeader(layout, visit) : jsonVisitor(visit);
  let skip = dialect?.skip ?? 0;
  const scanner = createScanner(createCells(dialect?.delimiter, decode), wanted, skip > 0 ? 2 : 1);
  for await (const piece of inAscii(all(), sniffed)) {
    scanner.push(piece.subarray(skip));
    skip = Math.max(0, skip - piece.length);
    yield bytes;
  }
  scanner.end();
  yield bytes;
}

/** Passes over the header, which is the first row that is neither empty nor a comment. */
function belowHeader(layout: Layout, visit: (row: CsvRow) => void): (row: CsvRow) => void {
  let above = layout.header !== undefined;
  return (row) => {
    if (!above) visit(row);
    else if (row.trouble !== undefined) visit(row);
    else if (!isIdle(row)) above = false;
  };
}
