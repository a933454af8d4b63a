import type { Cells } from './csv-cells.ts';
import type { CsvRow } from './csv-row.ts';

export type Scanner = {
  /** Visits every row that is complete. */
  push(chunk: Buffer): void;
  /** The file is over: visits what is left. */
  end(): void;
};

/** A row of more bytes is given up. */
const LONGEST_ROW = 1 << 20;
const [CR, LF] = [0x0d, 0x0a];

/**
 * Reads CSV byte by byte, in an encoding that keeps ASCII as it is. Quoted cells may hold delimiters, line ends and doubled
 * quotes; lines end with LF, CR LF or CR, the last one perhaps not at all. A quote inside a cell is taken as it stands, and
 * so is what follows a closing one. A row that opens a quote and never closes it is given up, and so is one that is too
 * long; reading goes on in the next line.
 * @param line where it begins in the file, from 1.
 */
export function createScanner(cells: Cells, visit: (row: CsvRow) => void, line = 1): Scanner {
  let data: Buffer = Buffer.alloc(0);
  /** The rest of a line that was given up is still to come. */
  let skipping = false;
  /** The last byte was a CR, perhaps half of a line end. */
  let afterCr = false;
  const row: CsvRow = { row: 0, line, count: 0, text: cells.text, quick: cells.quick };

  function visitRow(from: number, to: number, trouble?: string): void {
    row.row++;
    row.count = cells.count;
    row.trouble = trouble;
    visit(row);
    row.line += 1 + (cells.quoted ? countLineEnds(data, from, to) : 0);
  }

  function giveUp(at: number, why: string): number {
    cells.clear();
    visitRow(at, at, why);
    skipping = true;
    return skipLine(at);
  }

  /** Behind the line that is being skipped. */
  function skipLine(at: number): number {
    const end = endOfLine(data, at);
    if (end === data.length) return end;
    skipping = false;
    return afterLine(end);
  }

  function afterLine(at: number): number {
    if (data[at] === CR && at + 1 === data.length) afterCr = true;
    return Math.min(data.length, data[at] === CR && data[at + 1] === LF ? at + 2 : at + 1);
  }

  function begin(): number {
    const at = afterCr && data[0] === LF ? 1 : 0;
    if (data.length > 0) afterCr = false;
    return skipping ? skipLine(at) : at;
  }

  function scan(last: boolean): void {
    let at = begin();
    while (at < data.length) {
      const end = cells.read(data, at, last);
      if (end >= 0) {
        visitRow(at, end);
        at = afterLine(end);
      } else if (last) at = giveUp(at, 'a quote is opened in it and never closed');
      else if (data.length - at > LONGEST_ROW) at = giveUp(at, tooLong(data, at));
      else break;
    }
    data = data.subarray(at);
  }

  return {
    push(chunk) {
      data = data.length === 0 ? chunk : Buffer.concat([data, chunk]);
      scan(false);
    },
    end: () => scan(true),
  };
}

const tooLong = (data: Buffer, at: number): string =>
  endOfLine(data, at) < data.length ? 'a quote is opened in it and not closed for a megabyte' : 'it is longer than a megabyte';

function endOfLine(data: Buffer, from: number): number {
  let i = from;
  while (i < data.length && data[i] !== LF && data[i] !== CR) i++;
  return i;
}

function countLineEnds(data: Buffer, from: number, to: number): number {
  let count = 0;
  for (let i = from; i < to; i++) if (data[i] === CR || (data[i] === LF && data[i - 1] !== CR)) count++;
  return count;
}
