import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runDnc } from '../../test/kit/dnc.ts';

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'press9-check-'));
});
afterEach(() => rmSync(cwd, { recursive: true }));

const dnc = (...args: readonly string[]) => runDnc(cwd, args);
const put = (content: string) => writeFileSync(join(cwd, 'contacts.csv'), content);

describe('press9 dnc check FILE', () => {
  it('gives the file back with an answer in each row, and exit code 3 when one is listed', async () => {
    await dnc('add', '9876543210', '--scope', 'voice', '--reason', 'too many, again');
    put('name;phone\n"Rao; Asha";98765 43210\nBina;9812345678\n\nChitra;12\n');
    const { out, err, exitCode } = await dnc('check', 'contacts.csv');
    expect(exitCode).toBe(3);
    expect(parse(out)).toEqual([
      ['name', 'phone', 'listed', 'since', 'stops', 'why'],
      [
        'Rao; Asha',
        '98765 43210',
        'yes',
        expect.stringMatching(/^\d{4}-.* IST$/),
        'calls',
        'it was added by hand by asha: too many, again',
      ],
      ['Bina', '9812345678', 'no', '', '', ''],
      ['Chitra', '12', 'unknown', '', '', 'no phone number: an Indian number has 10 digits, this one 2'],
    ]);
    expect(err).toMatch(/\n1 listed, 1 not listed, 1 without a number that can be read\n$/);
  });

  it('answers in the same columns, however many cells a row has', async () => {
    await dnc('add', '9876543210');
    const rows = Array.from({ length: 70 }, (_, i) => `R${i},98123${10_000 + i}`).join('\n');
    put(`name,phone\nAsha,9876543210,Rao,"a, b"\nBina\n${rows}\nChitra,9876543210,1,2,3,4\n`);
    const [head, ...answers]: Record<string, string>[] = parse((await dnc('check', 'contacts.csv')).out, {
      columns: ([name, phone, third, fourth, ...rest]: string[]) => [name, phone, `3${third}`, `4${fourth}`, ...rest],
    });
    expect(head).toMatchObject({ name: 'Asha', phone: '9876543210', '3': 'Rao', '4': 'a, b', listed: 'yes' });
    expect(answers[0]).toMatchObject({ name: 'Bina', phone: '', listed: 'unknown' });
    expect(answers[1]).toMatchObject({ name: 'R0', phone: '9812310000', '3': '', listed: 'no' });
    expect(answers.at(-1)).toMatchObject({ name: 'Chitra', '3': '1', '4': '2,3,4', listed: 'yes' });
    put('9876543210\n9812345678,Bina\n9811111111,Chitra\n');
    const lines: string[][] = parse((await dnc('check', 'contacts.csv')).out);
    expect(lines.map((cells) => cells[2])).toEqual(['yes', 'no', 'no']);
  });

  it('tells of everything that stops a number: prefixes too, unless the number was taken off', async () => {
    writeFileSync(join(cwd, 'list.csv'), '+9198765*\n+919876543210\n');
    await dnc('import', 'list.csv');
    put('9876543210\n9876500000\n9811111111\n');
    expect((await dnc('check', 'contacts.csv')).out.split('\n').map((line) => line.split(',')[1])).toEqual([
      'yes',
      'yes',
      'no',
      undefined,
    ]);
    const { numbers, ...counts } = JSON.parse((await dnc('check', 'contacts.csv', '--json')).out);
    expect(counts).toEqual({ listed: 2, notListed: 1, refused: 0 });
    expect(numbers.map((one: { facts: unknown[] }) => one.facts.length)).toEqual([2, 1, 0]);
  });

  it('ends with 0 when nobody is listed, with 1 when a row has no number', async () => {
    put('9876543210\n');
    expect(await dnc('check', 'contacts.csv')).toMatchObject({ exitCode: 0, out: '9876543210,no,,,\n' });
    put('9876543210\n12\n');
    expect((await dnc('check', 'contacts.csv')).exitCode).toBe(1);
    expect(JSON.parse((await dnc('check', 'contacts.csv', '--json')).out)).toEqual({
      numbers: [
        { row: 1, number: '+919876543210', listed: false, facts: [] },
        { row: 2, refused: 'an Indian number has 10 digits, this one 2' },
      ],
      listed: 0,
      notListed: 1,
      refused: 1,
    });
  });

  it('answers as many as there are, into a file for its owner alone', async () => {
    put(`phone\n${Array.from({ length: 12_000 }, (_, i) => 9_000_000_000 + i).join('\n')}`);
    await dnc('import', 'contacts.csv');
    put(`phone\n${Array.from({ length: 12_000 }, (_, i) => 9_000_006_000 + i).join('\n')}`);
    const { out, err } = await dnc('check', 'contacts.csv', '--out', 'answer.csv');
    expect(out).toBe('');
    expect(err).toContain('6000 listed, 6000 not listed\n');
    expect(statSync(join(cwd, 'answer.csv')).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(cwd, 'answer.csv'), 'utf8').split('\n')).toHaveLength(12_002);
  });

  it('is asked only for what is no number', async () => {
    writeFileSync(join(cwd, '9876543210'), '9812345678\n');
    expect((await dnc('check', '9876543210')).out).toBe('+919876543210  not listed\n');
    expect((await dnc('check', './9876543210')).out).toBe('9812345678,no,,,\n');
    expect((await dnc('check', 'none.csv')).error?.message).toContain('"none.csv" is no phone number');
  });
});
