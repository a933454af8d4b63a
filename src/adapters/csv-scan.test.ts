import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCells } from './csv-cells.ts';
import { decoderOf, type Encoding, inAscii, sniffEncoding } from './csv-encoding.ts';
import { cellsOf } from './csv-row.ts';
import { createScanner } from './csv-scan.ts';

type Read = { row: number; line: number; cells: readonly string[]; trouble: string | undefined };

/** Every row of a text, handed over in pieces of so many bytes. */
function scan(text: string | Buffer, delimiter: string | null = ',', piece = 1 << 18): readonly Read[] {
  const rows: Read[] = [];
  const scanner = createScanner(createCells(delimiter?.charCodeAt(0), decoderOf('UTF-8')), (row) =>
    rows.push({ row: row.row, line: row.line, cells: cellsOf(row), trouble: row.trouble }),
  );
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += piece) scanner.push(bytes.subarray(at, at + piece));
  scanner.end();
  return rows;
}

const cells = (text: string, delimiter?: string | null) => scan(text, delimiter).map((row) => row.cells);

const DELIMITERS = [',', ';', '\t', '|'] as const;
const LINE_ENDS = ['\n', '\r\n', '\r'] as const;

const cell = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.string({ unit: fc.constantFrom('"', ',', ';', '\t', '|', '\n', '\r', ' ', 'a', '९', '+'), maxLength: 8 }),
);
const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 5 }), { minLength: 1, maxLength: 8 });

/** Quoted where it must be, and now and then where it need not. */
function spell(
  rows: readonly (readonly string[])[],
  delimiter: string,
  lineEnd: string,
  everyQuoted: boolean,
  last: boolean,
): string {
  const one = (text: string) =>
    everyQuoted || /["\r\n]|^\s|\s$/.test(text) || text.includes(delimiter) ? `"${text.replaceAll('"', '""')}"` : text;
  return rows.map((row) => row.map(one).join(delimiter)).join(lineEnd) + (last ? lineEnd : '');
}

describe('scanning CSV', () => {
  it('gives back any cells, in every dialect and in pieces of every size', () => {
    const dialect = fc.tuple(fc.constantFrom(...DELIMITERS), fc.constantFrom(...LINE_ENDS), fc.boolean(), fc.boolean());
    fc.assert(
      fc.property(table, dialect, fc.integer({ min: 1, max: 40 }), (rows, [delimiter, lineEnd, quoted, last], piece) => {
        const wellFormed = rows.map((row) => row.map((text) => text.toWellFormed()));
        const text = spell(wellFormed, delimiter, lineEnd, quoted, last);
        expect(scan(text, delimiter, piece).map((row) => row.cells)).toEqual(wellFormed);
      }),
      { numRuns: 500 },
    );
  });

  it('reads as csv-parse does, whatever the quotes and line ends', () => {
    const text = fc.string({ unit: fc.constantFrom('"', ',', '\n', 'a', 'b', '1'), maxLength: 30 });
    fc.assert(
      fc.property(text, (spelled) => {
        let theirs: string[][];
        try {
          theirs = parse(spelled, { relax_column_count: true, record_delimiter: ['\n'] });
        } catch {
          return;
        }
        expect(cells(spelled)).toEqual(theirs);
      }),
      { numRuns: 2000 },
    );
  });

  it('takes what is not quite CSV as it is meant', () => {
    expect(cells('a"b,"c" d,  "e,f"  ,"g""h"i\n')).toEqual([['a"b', 'c d', 'e,f  ', 'g"hi']]);
    expect(cells('a,b,\n,\n\n')).toEqual([['a', 'b', ''], ['', ''], ['']]);
    expect(cells('a\rb\r\nc\n\rd')).toEqual([['a'], ['b'], ['c'], [''], ['d']]);
    expect(cells('9876543210,x\n"98,12"', null)).toEqual([['9876543210,x'], ['98,12']]);
    expect(cells('98\u00007')).toEqual([['98\u00007']]);
  });

  it('counts rows as a spreadsheet does, and lines as an editor', () => {
    const rows = scan('name,phone\n"two\nlines",1\r\n"three\r\n\rlines",2\n\nlast,3');
    expect(rows.map(({ row, line }) => [row, line])).toEqual([
      [1, 1],
      [2, 2],
      [3, 4],
      [4, 7],
      [5, 8],
    ]);
  });

  it.each([1, 7, 1 << 18])('gives up a row whose quote is never closed, and goes on behind it (pieces of %i)', (piece) => {
    const rows = scan('1,a\n2,"b\n3,c\n4,d', ',', piece);
    expect(rows.map(({ cells, trouble }) => trouble ?? cells)).toEqual([
      ['1', 'a'],
      'a quote is opened in it and never closed',
      ['3', 'c'],
      ['4', 'd'],
    ]);
    expect(rows.map(({ line }) => line)).toEqual([1, 2, 3, 4]);
  });

  it('gives up a line of ten megabytes, and an open quote in a long file, and nothing else', () => {
    const long = scan(`1,a\n${'x'.repeat(10_000_000)}\r\n3,c`);
    expect(long.map(({ cells, trouble }) => trouble ?? cells)).toEqual([['1', 'a'], 'it is longer than a megabyte', ['3', 'c']]);
    const many = scan(`1,"a\n${'2,b\n'.repeat(500_000)}`);
    expect(many[0]?.trouble).toBe('a quote is opened in it and not closed for a megabyte');
    expect(many).toHaveLength(500_001);
    expect(many.at(-1)).toMatchObject({ cells: ['2', 'b'], row: 500_001, line: 500_001 });
  });

  it('looks at a thousand cells of a row, and at no more', () => {
    expect(cells(`${'a,'.repeat(5000)}b\nc`).map((row) => row.length)).toEqual([1000, 1]);
  });
});

describe('encodings', () => {
  const WESTERN = new TextDecoder('windows-1252');
  const western = (text: string) =>
    Buffer.from(
      [...text].map((char) => [...Array(256).keys()].find((byte) => WESTERN.decode(Uint8Array.of(byte)) === char) ?? 63),
    );
  const sixteenBe = (text: string) => Buffer.from(text, 'utf16le').swap16();
  const WRITTEN: readonly (readonly [string, Encoding, (text: string) => Buffer])[] = [
    ['UTF-8', 'UTF-8', (text) => Buffer.from(text)],
    ['UTF-8 with a mark', 'UTF-8', (text) => Buffer.from(`\ufeff${text}`)],
    ['UTF-16LE', 'UTF-16LE', (text) => Buffer.from(text, 'utf16le')],
    ['UTF-16LE with a mark', 'UTF-16LE', (text) => Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['UTF-16BE', 'UTF-16BE', sixteenBe],
    ['UTF-16BE with a mark', 'UTF-16BE', (text) => sixteenBe(`\ufeff${text}`)],
    ['Windows-1252', 'Windows-1252', western],
  ];

  async function read(bytes: Buffer, piece: number): Promise<{ encoding: Encoding; cells: readonly (readonly string[])[] }> {
    const sniffed = sniffEncoding(bytes);
    const rows: (readonly string[])[] = [];
    const scanner = createScanner(createCells(44, decoderOf(sniffed.encoding)), (row) => rows.push(cellsOf(row)));
    async function* pieces() {
      for (let at = 0; at < bytes.length; at += piece) yield bytes.subarray(at, at + piece);
    }
    for await (const part of inAscii(pieces(), sniffed)) scanner.push(part);
    scanner.end();
    return { encoding: sniffed.encoding, cells: rows };
  }

  it.each(WRITTEN)('knows and reads %s, in pieces of every size', async (_, encoding, write) => {
    const unit =
      encoding === 'Windows-1252'
        ? fc.constantFrom('é', 'ü', '€', 'a', '"', ',')
        : fc.constantFrom('é', '९', '😀', 'a', '"', ',');
    const texts = fc.array(fc.array(fc.string({ unit, maxLength: 6 }), { minLength: 2, maxLength: 3 }), { maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(texts, fc.integer({ min: 1, max: 30 }), async (rows, piece) => {
        const all = [['phone', 'é 9876543210'], ...rows];
        expect(await read(write(spell(all, ',', '\n', false, true)), piece)).toEqual({ encoding, cells: all });
      }),
      { numRuns: 60 },
    );
  });

  it('reads a cell in Latin-1 even when the file began as UTF-8', async () => {
    const bytes = Buffer.concat([Buffer.from('phone,name\n1,Aśa\n2,Jos'), Buffer.of(0xe9), Buffer.from('\n')]);
    expect((await read(bytes.subarray(0, 20), 9)).encoding).toBe('UTF-8');
    const rows: string[] = [];
    const scanner = createScanner(createCells(44, decoderOf('UTF-8')), (row) => rows.push(row.text(1)));
    scanner.push(bytes);
    scanner.end();
    expect(rows).toEqual(['name', 'Aśa', 'José']);
  });

  it('is not misled by a character that is cut in two', () => {
    for (const text of ['é', '९', '😀'])
      for (let cut = 1; cut < Buffer.from(text).length; cut++)
        expect(sniffEncoding(Buffer.from(`name ${text}`).subarray(0, 5 + cut)).encoding).toBe('UTF-8');
    expect(sniffEncoding(Buffer.from([0x4a, 0xe9, 0x20, 0x41])).encoding).toBe('Windows-1252');
  });
});
