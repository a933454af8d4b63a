import { resolve } from 'node:path';
import { delimiterName } from '../adapters/csv-dialect.ts';
import { type CsvFile, openCsv } from '../adapters/csv-read.ts';
import { UserError } from '../core/problem.ts';
import type { DncOptions } from './dnc-list.ts';
import type { Io } from './io.ts';

export type FileOptions = DncOptions & {
  /** A name, or a number from 1. */
  column?: string;
  /** False when the first row is none. */
  header?: boolean;
  delimiter?: string;
};

/** Opens a table of numbers, and says on standard error how it is read. */
export async function openFile(io: Io, file: string, options: FileOptions): Promise<CsvFile> {
  const { country, column, header, delimiter } = options;
  const csv = await openCsv(resolve(io.cwd, file), {
    country,
    ...(column !== undefined && { column }),
    ...(header === false && { header }),
    ...(delimiter !== undefined && { delimiter: readDelimiter(delimiter) }),
  });
  io.err(`reading: ${describe(csv)}\n`);
  return csv;
}

function readDelimiter(text: string): number {
  const sign = text.toLowerCase() === 'tab' || text === '\\t' ? '\t' : text;
  if (sign.length === 1 && /^[^\p{L}\p{N}"\r\n]$/u.test(sign) && sign.charCodeAt(0) < 128) return sign.charCodeAt(0);
  throw new UserError(`--delimiter "${text}" is none.`, { advice: 'It is one sign, such as ";", or tab.' });
}

/** How a file is read, and how that is known. */
function describe({ encoding, dialect, layout }: CsvFile): string {
  if (layout.own) return `${encoding}, an export of press9`;
  const { header, phone, others, why } = layout;
  const name = (column: number) => `${column + 1}${header?.[column] ? ` "${header[column].slice(0, 40)}"` : ''}`;
  const where = 'column' in phone ? `column ${name(phone.column)}` : 'columns 1 and 2';
  const parts = [
    encoding,
    `${delimiterName(dialect?.delimiter)} (${dialect?.why ?? ''})`,
    header ? 'a header' : 'no header',
    `numbers in ${where} (${why})`,
    ...others.map((column) => `column ${name(column)} holds numbers too: --column`),
  ];
  return parts.join(', ');
}
