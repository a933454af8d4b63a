import { quickNumber } from '../core/phone.ts';
import type { CsvRow } from './csv-row.ts';

/** Turns the bytes of a cell into text. */
export type Decode = (bytes: Uint8Array) => string;

export type Scanner = {
  /** Visits every row that is complete. */
  push(chunk: Buffer): void;
  /** The file is over: visits what is left. */
  end(): void;
};

/** A row of more bytes is given up. */
const LONGEST_ROW = 1 << 20;
/** Cells beyond these are not looked at. */
const MOST_CELLS = 1000;

const [QUOTE, CR, LF, SPACE] = [0x22, 0x0d, 0x0a, 0x20];

/** How a cell is spelled: as it is, in quotes, or in quotes with something to undo. */
const [PLAIN, QUOTED, KNOTTED] = [0, 1, 2];

/**
 * Reads CSV byte by byte, for encodings that keep ASCII as it is. Quoted cells may hold delimiters, line ends and doubled
 * quotes; lines end with LF, CR LF or CR, the last one perhaps not at all. A quote inside a cell is taken as it stands, and
 * so is what follows a closing one. A row that opens a quote and never closes it is given up, and reading goes on in the
 * next line.
 * @param delimiter one byte; without one a line is one cell.
 */
export function createScanner(delimiter: number | undefined, decode: Decode, visit: (row: CsvRow) => void): Scanner {
  const cells = new Int32Array(3 * MOST_CELLS);
  const apart = delimiter ?? -1;
  let data: Buffer = Buffer.alloc(0);
  let skipping = false;
  let afterCr = false;
  let lineEnds = 0;

  const row: CsvRow = {
    row: 0,
    line: 1,
    count: 0,
    text(cell) {
      if (cell >= row.count) return '';
      const [from = 0, to = 0, spelled] = cells.subarray(3 * cell, 3 * cell + 3);
      const text = decode(data.subarray(from, to));
      return spelled === KNOTTED ? untie(text) : text;
    },
    quick(cell, country) {
      if (cell >= row.count || cells[3 * cell + 2] === KNOTTED) return 0;
      return quickNumber(data, cells[3 * cell] ?? 0, cells[3 * cell + 1] ?? 0, country);
    },
  };

  function keep(from: number, to: number, spelled: number): void {
    if (row.count === MOST_CELLS) return;
    cells[3 * row.count] = from;
    cells[3 * row.count + 1] = to;
    cells[3 * row.count + 2] = spelled;
    row.count++;
  }

  /** Reads the cell at `at`; where it ends, or -1 when that is not there yet. */
  function readCell(at: number, last: boolean): number {
    let from = at;
    while (data[from] === SPACE && apart !== SPACE) from++;
    if (data[from] === QUOTE) return readQuoted(from, last);
    const end = endOfPlain(from);
    if (end === data.length && !last) return -1;
    keep(at, end, PLAIN);
    return end;
  }

  function endOfPlain(from: number): number {
    const end = data.length;
    let i = from;
    for (; i < end; i++) {
      const byte = data[i];
      if (byte === apart || byte === LF || byte === CR) break;
    }
    return i;
  }

  function readQuoted(at: number, last: boolean): number {
    let close = at;
    let knots = 0;
    for (;;) {
      close = data.indexOf(QUOTE, close + 1);
      if (close < 0 || (close === data.length - 1 && !last)) return -1;
      if (data[close + 1] !== QUOTE) break;
      knots++;
      close++;
    }
    const end = endOfPlain(close + 1);
    if (end === data.length && !last) return -1;
    if (knots === 0 && end === close + 1) keep(at + 1, close, QUOTED);
    else keep(at, end, KNOTTED);
    return end;
  }

  /** Reads the row at `at` and visits it; where the next one begins, or -1 when its end is not there yet. */
  function readRow(at: number, last: boolean): number {
    row.count = 0;
    for (let i = at; ; i++) {
      i = readCell(i, last);
      if (i < 0) return -1;
      if (i < data.length && data[i] === apart) continue;
      visitRow(at, i, undefined);
      return afterLine(i);
    }
  }

  function visitRow(from: number, to: number, trouble: string | undefined): void {
    row.row++;
    row.trouble = trouble;
    visit(row);
    row.line += 1 + (hasQuoted() || trouble ? countLines(from, to) : 0);
  }

  function hasQuoted(): boolean {
    for (let i = 0; i < row.count; i++) if (cells[3 * i + 2] !== PLAIN) return true;
    return false;
  }

  function countLines(from: number, to: number): number {
    lineEnds = 0;
    for (let i = from; i < to; i++) {
      const byte = data[i];
      if (byte === LF ? data[i - 1] !== CR || i === from : byte === CR) lineEnds++;
    }
    return lineEnds;
  }

  /** The place behind a line end. A CR at the end of a chunk may be half of one. */
  function afterLine(at: number): number {
    if (data[at] !== CR) return Math.min(at + 1, data.length);
    if (at + 1 === data.length) afterCr = true;
    return data[at + 1] === LF ? at + 2 : at + 1;
  }

  /** Gives up the row at `at`: the next line is the next row. -1 when there is none yet. */
  function giveUp(at: number, why: string): number {
    const end = endOfLine(at);
    row.count = 0;
    visitRow(at, at, why);
    if (end < data.length) return afterLine(end);
    skipping = true;
    return data.length;
  }

  function endOfLine(at: number): number {
    let i = at;
    while (i < data.length && data[i] !== LF && data[i] !== CR) i++;
    return i;
  }

  function scan(last: boolean): void {
    let at = begin();
    while (at < data.length) {
      const next = readRow(at, last);
      if (next >= 0) at = next;
      else if (last) at = giveUp(at, 'a quote is opened in it and never closed');
      else if (data.length - at > LONGEST_ROW) at = giveUp(at, whyTooLong(at));
      else break;
    }
    data = data.subarray(at);
  }

  const whyTooLong = (at: number): string =>
    endOfLine(at) < data.length ? 'a quote is opened in it and not closed for a megabyte' : 'it is longer than a megabyte';

  /** Behind the second half of a line end, and behind a line that was given up. */
  function begin(): number {
    let at = 0;
    if (afterCr && data.length > 0) {
      afterCr = false;
      if (data[0] === LF) at = 1;
    }
    if (!skipping) return at;
    const end = endOfLine(at);
    if (end === data.length) return end;
    skipping = false;
    return afterLine(end);
  }

  return {
    push(chunk) {
      data = data.length === 0 ? chunk : Buffer.concat([data, chunk]);
      scan(false);
    },
    end: () => scan(true),
  };
}

/** The text of a cell in quotes: doubled ones are one, and what follows the closing one is kept. */
function untie(text: string): string {
  const [, inside = '', rest = ''] = /^"((?:[^"]|"")*)"([^]*)$/.exec(text) ?? [];
  return inside.replaceAll('""', '"') + rest;
}
