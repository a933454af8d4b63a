import { quickNumber } from '../core/phone.ts';

/** Turns the bytes of a cell into text. */
export type Decode = (bytes: Buffer, from: number, to: number) => string;

/** Where the cells of one row lie in the bytes. */
export type Cells = {
  readonly count: number;
  /** May it hold line ends? */
  readonly quoted: boolean;
  /**
   * Reads the row that begins at `at`.
   * @param last no more bytes will follow.
   * @returns the place of its line end, or -1 when that is not there yet.
   */
  read(data: Buffer, at: number, last: boolean): number;
  clear(): void;
  text(cell: number): string;
  quick(cell: number, country: string): number;
};

/** Cells beyond these are not looked at. */
const MOST = 1000;
const [QUOTE, CR, LF, SPACE, HASH] = [0x22, 0x0d, 0x0a, 0x20, 0x23];
/** How a cell is spelled: as it is, in quotes, or in quotes with something to undo. */
const [PLAIN, QUOTED, KNOTTED] = [0, 1, 2];

/** @param delimiter one byte; without one a line is one cell. */
export function createCells(delimiter: number | undefined, decode: Decode): Cells {
  const apart = delimiter ?? -1;
  const found = new Int32Array(3 * MOST);
  let data: Buffer = Buffer.alloc(0);
  let count = 0;
  let quoted = false;

  function keep(from: number, to: number, spelled: number): number {
    if (spelled !== PLAIN) quoted = true;
    if (count < MOST) {
      const at = 3 * count++;
      found[at] = from;
      found[at + 1] = to;
      found[at + 2] = spelled;
    }
    return to;
  }

  /** Up to a delimiter or line end. */
  function endOfPlain(from: number): number {
    const end = data.length;
    for (let i = from; i < end; i++) {
      const byte = data[i];
      if (byte === apart || byte === LF || byte === CR) return i;
    }
    return end;
  }

  /** The end of the cell at `at`, or -1. */
  function readCell(at: number, last: boolean): number {
    let from = at;
    while (data[from] === SPACE) from++;
    if (data[from] === QUOTE) return readQuoted(from, last);
    const end = endOfPlain(from);
    return end === data.length && !last ? -1 : keep(at, end, PLAIN);
  }

  function readQuoted(at: number, last: boolean): number {
    let knotted = false;
    let close = data.indexOf(QUOTE, at + 1);
    while (close >= 0 && data[close + 1] === QUOTE) {
      knotted = true;
      close = data.indexOf(QUOTE, close + 2);
    }
    if (close < 0) return -1;
    const end = endOfPlain(close + 1);
    if (end === data.length && !last) return -1;
    if (knotted || end > close + 1) return keep(at, end, KNOTTED);
    keep(at + 1, close, QUOTED);
    return end;
  }

  return {
    get count() {
      return count;
    },
    get quoted() {
      return quoted;
    },
    read(bytes, at, last) {
      data = bytes;
      count = 0;
      quoted = false;
      let end = readCell(at, last);
      while (end >= 0 && end < data.length && data[end] === apart) end = readCell(end + 1, last);
      return end;
    },
    clear() {
      count = 0;
    },
    text(cell) {
      if (cell >= count) return '';
      const at = 3 * cell;
      const text = decode(data, found[at] ?? 0, found[at + 1] ?? 0);
      return found[at + 2] === KNOTTED ? untie(text) : text;
    },
    quick(cell, country) {
      const at = 3 * cell;
      if (cell >= count || found[at + 2] === KNOTTED || data[found[0] ?? 0] === HASH) return 0;
      return quickNumber(data, found[at] ?? 0, found[at + 1] ?? 0, country);
    },
  };
}

/** The text of a cell in quotes: doubled ones are one, and what follows the closing one is kept. */
function untie(text: string): string {
  let close = text.indexOf('"', 1);
  while (text[close + 1] === '"') close = text.indexOf('"', close + 2);
  return text.slice(1, close).replaceAll('""', '"') + text.slice(close + 1);
}
