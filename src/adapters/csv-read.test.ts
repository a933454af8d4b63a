import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { delimiterName } from './csv-dialect.ts';
import { OWN_COLUMNS } from './csv-own.ts';
import { type CsvOptions, openCsv } from './csv-read.ts';
import { type CsvRow, cellsOf, isIdle } from './csv-row.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'press9-csv-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

async function open(content: string | Buffer, options: Partial<CsvOptions> = {}) {
  const path = join(folder, 'list.csv');
  writeFileSync(path, content);
  const csv = await openCsv(path, { country: 'IN', ...options });
  const rows: (readonly string[])[] = [];
  const lines: number[] = [];
  const visit = (row: CsvRow) => {
    if (isIdle(row)) return;
    rows.push(cellsOf(row));
    lines.push(row.line);
  };
  let bytes = 0;
  for await (const read of csv.rows(visit)) bytes = read;
  const { header, phone, why, others, own } = csv.layout;
  return {
    delimiter: delimiterName(csv.dialect?.delimiter),
    header,
    phone,
    why,
    others,
    own,
    rows,
    lines,
    bytes,
    size: csv.size,
  };
}

const ROWS = ['Asha', '9876543210', 'Bina', '98123 45678'];

describe('a list of phone numbers', () => {
  it.each([
    [',', 'commas'],
    [';', 'semicolons'],
    ['\t', 'tabs'],
    ['|', 'bars'],
  ])('is read whatever divides it: %j', async (sign, name) => {
    const [a, b, c, d] = ROWS;
    const read = await open(`Name${sign}Mobile No.\n${a}${sign}${b}\n\n${c}${sign}${d}\n`);
    expect(read).toMatchObject({ delimiter: name, phone: { column: 1 }, why: 'its name', header: ['Name', 'Mobile No.'] });
    expect(read.rows).toEqual([
      [a, b],
      [c, d],
    ]);
    expect(read.bytes).toBe(read.size);
  });

  it('may say itself what divides it', async () => {
    const read = await open('sep=;\r\nA, B;9876543210\r\nC;98,12\r\n');
    expect(read).toMatchObject({ delimiter: 'semicolons', header: undefined, phone: { column: 1 } });
    expect(read.rows).toEqual([
      ['A, B', '9876543210'],
      ['C', '98,12'],
    ]);
    expect((await open('"sep=|"\n1|9876543210\n')).delimiter).toBe('bars');
    expect(read.lines).toEqual([2, 3]);
    expect((await open('sep=;\rA;9876543210\n')).lines).toEqual([2]);
  });

  it('may hold commas in its texts without being divided by them', async () => {
    const read = await open('name;phone\nRao, Asha;9876543210\nIyer, Bina;9812345678\nKhan, C;9811111111\n');
    expect(read).toMatchObject({ delimiter: 'semicolons', phone: { column: 1 } });
  });

  it('may be one number a line, with or without a header, some lines with two', async () => {
    const plain = await open('9876543210\n98123 45678\n+91-9811111111\n9822222222;9833333333\n');
    expect(plain).toMatchObject({ delimiter: 'one column', header: undefined, phone: { column: 0 }, why: 'the only one' });
    expect(plain.rows).toHaveLength(4);
    expect(await open('Phone\n9876543210')).toMatchObject({ header: ['Phone'], why: 'its name' });
    expect(await open('do not call these\n9876543210')).toMatchObject({ header: ['do not call these'] });
    expect(await open('98765\n9876543210')).toMatchObject({ header: undefined });
  });

  it('is looked at for its numbers when no column has a name that tells', async () => {
    const read = await open('id,when,who\n1,2025-12-24,9876543210\n2,2025-12-25,9812345678\n');
    expect(read).toMatchObject({ phone: { column: 2 }, why: 'its cells look like phone numbers' });
    const bare = await open('1,2025-12-24,9876543210\n2,2025-12-25,9812345678\n');
    expect(bare).toMatchObject({ header: undefined, phone: { column: 2 } });
  });

  it('is known by numbers that a spreadsheet has mangled, so that each is refused', async () => {
    expect(await open('who,what\nAsha,9.87654E+09\nBina,9.81235E+09\n')).toMatchObject({ phone: { column: 1 } });
  });

  it('tells of other columns with numbers, and takes the one that is named', async () => {
    const text = 'phone,alt phone,name\n9876543210,9812345678,Asha\n9811111111,9822222222,Bina\n';
    expect(await open(text)).toMatchObject({ phone: { column: 0 }, others: [1] });
    for (const column of ['Alt Phone', 'altphone', '2'])
      expect(await open(text, { column })).toMatchObject({ phone: { column: 1 }, why: 'as told', others: [] });
  });

  it('takes the column with more numbers, though some are broken, and not one that is mostly empty', async () => {
    const rows = '9876543210,,A\n9811111111,9822222222,B\n9.81235E+9,,C\n9833333333,,D\n';
    expect(await open(`phone,alt phone,name\n${rows}`)).toMatchObject({ phone: { column: 0 }, why: 'its name', others: [1] });
    expect(await open(rows)).toMatchObject({ header: undefined, phone: { column: 0 } });
    expect(await open('name,phone\nA,\nB,9811111111\nC,\nD,\n')).toMatchObject({ phone: { column: 1 } });
  });

  it('does not take a serial number for a phone number because of its name', async () => {
    expect(await open('Number,Mobile\n1,9876543210\n2,9812345678\n')).toMatchObject({ phone: { column: 1 } });
  });

  it('may be divided as the American register is', async () => {
    const read = await open('415,5552671\n202,5550143\n');
    expect(read).toMatchObject({ phone: { area: 0, local: 1 }, header: undefined });
    expect(await open('Area Code,Number\n415,5552671\n202,5550143\n')).toMatchObject({ phone: { area: 0, local: 1 } });
  });

  it('may name its first column #, which is no comment', async () => {
    const read = await open('#,Name,Mobile\n1,Asha,9876543210\n# 2,Bina,9812345678\n#,,\n');
    expect(read).toMatchObject({ header: ['#', 'Name', 'Mobile'], phone: { column: 2 }, why: 'its name' });
    expect(read.rows).toEqual([['1', 'Asha', '9876543210']]);
  });

  it('is known as an export whatever stands in its texts', async () => {
    const own = `${OWN_COLUMNS.join()}\n'+919876543210,opt-out,all,,manual,2025-12-24T10:00:00+05:30,,;9812345678;|9812345678|${','.repeat(11)}\n`;
    for (const text of [own, own.replaceAll(',', ';'), own.replaceAll(',', '\t')])
      expect(await open(text)).toMatchObject({ own: true, rows: [expect.arrayContaining(['opt-out'])] });
  });

  it('reads numbers of another country when told', async () => {
    expect(await open('who,what\nA,(415) 555-2671\n', { country: 'US' })).toMatchObject({ phone: { column: 1 } });
  });

  it.each([
    ['', {}, 'is empty'],
    ['\ufeff', {}, 'is empty'],
    ['PK\u0003\u0004 and more', {}, 'is a spreadsheet or an archive, no CSV'],
    ['a,b\nc,d\n', {}, 'No column looks like phone numbers: "a", "b"'],
    ['phone,name\n9876543210,A\n', { column: 'fone' }, '--column: there is no column "fone"'],
    ['phone,name\n9876543210,A\n', { column: '3' }, '--column: there is no column "3"'],
    ['9876543210,A\n', { column: 'phone' }, 'the file has no header, so there is no column "phone"'],
    ['9876543210\n', { country: 'XX' }, '--country XX is no country code'],
  ])('is refused as a whole: %j %j', async (text, options, says) => {
    await expect(open(text, options)).rejects.toThrow(says);
  });

  it('is refused when it is no file, in words', async () => {
    await expect(openCsv(folder, { country: 'IN' })).rejects.toThrow(`${folder} is a folder.`);
    await expect(openCsv(join(folder, 'none.csv'), { country: 'IN' })).rejects.toThrow('There is no file');
  });

  it('may begin with a line that is too long for anything', async () => {
    const read = await open(`${'9'.repeat(3_000_000)}\n9876543210\n`);
    expect(read.phone).toEqual({ column: 0 });
    expect(read.rows.at(-1)).toEqual(['9876543210']);
  });
});
