import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runDnc } from '../../test/kit/dnc.ts';
import { createSystemIds } from '../adapters/ids.ts';
import { openStore } from '../adapters/store.ts';
import type { Fact, NewFact } from '../core/facts.ts';
import { e164, ms } from '../core/ids.ts';
import { parseInstant } from '../core/time.ts';
import type { Io } from './io.ts';

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'press9-import-'));
});
afterEach(() => rmSync(cwd, { recursive: true }));

const dnc = (...args: readonly string[]) => runDnc(cwd, args);
const put = (content: string | Buffer, name = 'list.csv') => writeFileSync(join(cwd, name), content);

async function inStore<T>(work: (store: Awaited<ReturnType<typeof openStore>>) => Promise<T>): Promise<T> {
  const store = await openStore({ cwd, env: {}, ids: createSystemIds(), now: () => ms(Date.now()) });
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}
const facts = () => inStore(async (store) => (await store.facts.list({})).toReversed());
const record = (...all: readonly NewFact[]) => inStore((store) => store.facts.record(all));

type Row = { row: string; line: string; cell: string; number: string; outcome: string; why: string };
const report = (name: string): readonly Row[] =>
  parse(readFileSync(join(cwd, name), 'utf8'), { columns: true, comment: '#', comment_no_infix: true });

const ASHA = e164('+919876543210');

describe('press9 dnc import', () => {
  it('puts the numbers of a list on the list, and says how it read it', async () => {
    put('Name;Mobile\nAsha;098765 43210\nBina;+91-98123-45678\n');
    const { out, err, exitCode } = await dnc('import', 'list.csv', '--reason', 'asked by mail');
    expect(out).toBe('list.csv: 2 rows\n  added                  2\n');
    expect(err.split('\n')).toEqual([
      'reading: UTF-8, semicolons (in 100 % of the first rows), a header, numbers in column 2 "Mobile" (its name)',
      `store: ${join(cwd, '.press9', 'store.db')} (new)`,
      '',
    ]);
    expect(exitCode).toBe(0);
    expect(existsSync(join(cwd, 'list.csv.report.csv'))).toBe(false);
    const both = await facts();
    expect(both.map(({ number }) => number)).toEqual(['+919812345678', '+919876543210']);
    expect(both[0]).toMatchObject({
      kind: 'opt-out',
      scope: 'all',
      source: 'csv',
      actor: 'asha',
      reason: 'asked by mail',
      evidence: 'list.csv',
    });
    expect((await dnc('check', '9876543210')).exitCode).toBe(3);
    expect((await dnc('audit')).out).toMatch(/asha {2}import .*2 at once; file list\.csv\n$/);
    expect((await dnc('audit', '--verify')).out).toMatch(/^1 entry, chain whole/);
  });

  it('gives every row of a dirty file the right outcome', async () => {
    const rows: readonly (readonly [cell: string, outcome: string, of?: string])[] = [
      ['98765 00001', 'added', '+919876500001'],
      ['+91 98765-00002', 'added', '+919876500002'],
      ['09876500003', 'added', '+919876500003'],
      ['0919876500004', 'added', '+919876500004'],
      ['00919876500005', 'added', '+919876500005'],
      ['tel:+919876500006', 'added', '+919876500006'],
      ["'9876500007", 'added', '+919876500007'],
      ['\u00a09876500008\u00a0', 'added', '+919876500008'],
      ['98765\u200b00009', 'added', '+919876500009'],
      ['९८७६५०००१०', 'added', '+919876500010'],
      ['"98765\n00011"', 'added', '+919876500011'],
      ['+919876500001', 'duplicate', '+919876500001'],
      ['9.19877E+11', 'refused: a spreadsheet has shortened it, digits are lost'],
      ['9876500012.0', 'refused: a spreadsheet has made it a decimal number; format the column as text'],
      ['9876500013/9876500014', 'refused: it holds more than one number'],
      ['"9876500015\n9876500016"', 'refused: it holds more than one number'],
      ['9876500017 x12', 'refused: it has an extension, and a list holds whole lines'],
      ['9876500018 ext. 5', 'refused: it has an extension, and a list holds whole lines'],
      ['98765\u000000019', 'refused: it has characters that are no part of a phone number'],
      ['98765', 'refused: an Indian number has 10 digits, this one 5'],
      ['', 'refused: it is empty'],
      ['1800 123 4567', 'refused: it is a toll-free number'],
      ['+14155552671', 'added', '+14155552671'],
      [`"${'9'.repeat(2_000_000)}"`, 'refused: it is longer than a megabyte'],
      ['9876500020', 'added', '+919876500020'],
    ];
    const text = rows.map(([cell], i) => `${i % 2 ? '"a;b"' : 'x'};${cell}`).join('\r');
    put(`\ufeffsep=;\rwho;phone\r${text}\r;;\r\r"open;9876500021\r9876500022;9876500022`);
    const { exitCode, out } = await dnc('import', 'list.csv', '--report', 'all.csv');
    const told = report('all.csv').map(({ outcome, why, number }) => [
      outcome === 'refused' ? `refused: ${why}` : outcome,
      number,
    ]);
    expect(told).toEqual([
      ...rows.map(([, outcome, number = '']) => [outcome, number && `'${number}`]),
      ['refused: a quote is opened in it and never closed', ''],
      ['added', "'+919876500022"],
    ]);
    expect(out).toMatch(/added +14\n {2}duplicate +1\n {2}refused +12\n$/);
    expect(exitCode).toBe(1);
    expect(await facts()).toHaveLength(14);
  });

  it('leaves out rows that are comments, however their numbers are spelled', async () => {
    put('Name,Mobile\n# Asha,9876500001\n# Bina,98765 00002\nChitra,9876500003\n');
    expect((await dnc('import', 'list.csv')).out).toBe('list.csv: 1 row\n  added                  1\n');
    expect((await facts()).map(({ number }) => number)).toEqual(['+919876500003']);
  });

  it('adds nothing the second time', async () => {
    put(Array.from({ length: 3000 }, (_, i) => 9_000_000_000 + 7919 * i).join('\n'));
    expect((await dnc('import', 'list.csv')).out).toContain('added              3,000');
    const again = await dnc('import', 'list.csv');
    expect(again).toMatchObject({
      out: 'list.csv: 3,000 rows\n  added                  0\n  already there      3,000\n',
      exitCode: 0,
    });
    expect(await facts()).toHaveLength(3000);
  });

  it('tells only of the rows that were refused, in a file that its owner alone may read', async () => {
    put('phone\n9876543210\n12\n');
    const { err, exitCode } = await dnc('import', 'list.csv');
    const path = join(cwd, 'list.csv.report.csv');
    expect(err).toContain(`report: ${path}\n`);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(report('list.csv.report.csv')).toEqual([
      { row: '3', line: '3', cell: '12', number: '', outcome: 'refused', why: 'an Indian number has 10 digits, this one 2' },
    ]);
    expect(exitCode).toBe(1);
  });

  it('guards the report against formulas', async () => {
    put('phone,x\n=1+1,a\n9876543210,b\n');
    await dnc('import', 'list.csv');
    expect(report('list.csv.report.csv')[0]).toMatchObject({ cell: "'=1+1", why: expect.stringContaining('characters') });
  });

  it('takes every number of a cell when told', async () => {
    put('phone\n9876543210 / 98123 45678\n"9811111111\n9822222222"\n');
    expect((await dnc('import', 'list.csv', '--split')).out).toContain('added                  4');
    expect((await facts()).map(({ number }) => number).toSorted()).toEqual([
      '+919811111111',
      '+919812345678',
      '+919822222222',
      '+919876543210',
    ]);
  });

  it('records nothing in a dry run, and nothing when all was wanted and a row was refused', async () => {
    put('9876543210\n9876543210\n12\n');
    const dry = await dnc('import', 'list.csv', '--dry-run');
    expect(dry.out).toContain('to be added            1\n  duplicate              1\n  refused                1\n');
    expect(dry.out).toContain('Nothing was recorded: it was tried only.');
    const strict = await dnc('import', 'list.csv', '--all-or-nothing', '--report', 'all.csv');
    expect(strict).toMatchObject({ exitCode: 1 });
    expect(strict.out).toContain('Nothing was recorded: rows were refused, and it was to be all or nothing.');
    expect(readFileSync(join(cwd, 'all.csv'), 'utf8')).toMatch(/\n# Nothing was recorded: .*\n$/);
    expect(await facts()).toEqual([]);
    expect((await dnc('audit', '--verify')).out).toMatch(/^0 entries, chain whole/);
  });

  it('prints one object with --json', async () => {
    put('9876543210\n12\n');
    expect(JSON.parse((await dnc('import', 'list.csv', '--json')).out)).toEqual({
      file: 'list.csv',
      rows: 2,
      added: 1,
      alreadyThere: 0,
      duplicate: 0,
      refused: 1,
      leftOut: 0,
      recorded: 1,
      report: join(cwd, 'list.csv.report.csv'),
    });
  });

  it('leaves nothing when it is interrupted', async () => {
    put(Array.from({ length: 60_000 }, (_, i) => 9_000_000_000 + i).join('\n'));
    let stop = () => {};
    const io: Partial<Io> = {
      isTTY: true,
      err: () => stop(),
      onInterrupt: (how) => {
        stop = how;
        how();
        return () => {};
      },
    };
    const ran = await runDnc(cwd, ['import', 'list.csv', '--report', 'all.csv'], io);
    expect(ran.out).toContain('Nothing was recorded: it was interrupted.');
    expect(ran.exitCode).toBe(130);
    expect(await facts()).toEqual([]);
    expect(readdirSync(cwd).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  it.each([
    [['--map', 'colour=1'], '--map: "colour" is nothing that a column can tell here'],
    [['--map', 'reason'], '--map reason needs a column'],
    [['--map', 'reason=why'], '--map reason: there is no column "why"'],
    [['--delimiter', 'ab'], '--delimiter "ab" is none'],
    [['--as', 'registry'], '--as registry needs a column with the preference'],
    [['--as', 'consent'], '--as consent needs a column with the date'],
    [['--report', '/nowhere/at/all.csv'], 'The report /nowhere/at/all.csv cannot be written'],
  ])('refuses %j before anything is written', async (options, says) => {
    put('phone,name\n9876543210,Asha\n');
    const { error } = await dnc('import', 'list.csv', ...options);
    expect(error?.message).toContain(says);
    expect(await facts()).toEqual([]);
  });
});

describe('what columns tell', () => {
  it('is taken from those that are named: scope, campaign, reason, source, date, end', async () => {
    put(
      'phone,what,offer,why,who,when,end\n' +
        '9876543210,calls,,too many,website,24/12/2025,31-12-2099\n' +
        '9812345678,,diwali,,STOP,2025-12-24T10:00,\n' +
        '9811111111,,,,a friend,,\n' +
        '9822222222,fax,,,,,\n' +
        '9833333333,,,,,tomorrow,\n' +
        '9844444444,,,,,2099-01-01,\n' +
        '9855555555,,,,,2020-01-01,2021-01-01\n' +
        '9866666666,campaign,,,,,\n',
    );
    const map = 'scope=what,campaign=offer,reason=why,source=who';
    const { out } = await dnc('import', 'list.csv', '--map', map, '--map', 'date=6,expires=End', '--report', 'all.csv');
    expect(out).toMatch(/added +3\n {2}refused +4\n {2}left out +1\n/);
    const [friend, bina, asha] = (await facts()).toSorted((a, b) => (a.number < b.number ? -1 : 1));
    expect(asha).toMatchObject({ scope: 'voice', reason: 'too many', source: 'web', at: parseInstant('2025-12-24') });
    expect(asha?.expiresAt).toBe(parseInstant('2100-01-01'));
    expect(bina).toMatchObject({
      scope: 'campaign',
      campaign: 'diwali',
      source: 'sms-stop',
      at: parseInstant('2025-12-24T10:00'),
    });
    expect(friend).toMatchObject({ scope: 'all', source: 'csv', evidence: 'a friend' });
    expect(
      report('all.csv')
        .map(({ why }) => why)
        .slice(3),
    ).toEqual([
      '"fax" is no scope: all, voice, sms or campaign',
      '"tomorrow" is no date',
      '"2099-01-01" lies in the future',
      'it has expired',
      'its scope is a campaign, and none is named',
    ]);
  });

  it('counts: a wider scope, another campaign, a longer time and the person’s own act are new', async () => {
    put(
      'phone,scope,campaign,expires,source\n' +
        '9876543210,sms,,,\n9876543210,all,,2099-01-01,\n9876543210,all,,,\n9876543210,voice,,,\n' +
        '9876543210,all,,,complaint\n9876543210,campaign,holi,,\n9812345678,,holi,,\n9812345678,,diwali,,\n9812345678,,holi,,\n',
    );
    const map = 'scope=scope,campaign=campaign,expires=expires,source=source';
    await dnc('import', 'list.csv', '--map', map, '--report', 'all.csv');
    expect(report('all.csv').map(({ outcome }) => outcome)).toEqual([
      'added',
      'added',
      'added',
      'duplicate',
      'added',
      'duplicate',
      'added',
      'added',
      'duplicate',
    ]);
    await dnc('import', 'list.csv', '--map', map, '--report', 'again.csv');
    expect(new Set(report('again.csv').map(({ outcome }) => outcome))).toEqual(new Set(['already there']));
  });

  it('does not block a person anew who came back since, when the list says from when it is', async () => {
    put('phone,date\n9876543210,2025-12-24\n');
    await dnc('import', 'list.csv', '--map', 'date=date');
    await dnc('remove', '9876543210', '--reason', 'asked again', '--evidence', 'ticket 4711');
    await dnc('import', 'list.csv', '--map', 'date=date', '--report', 'all.csv');
    expect(report('all.csv')[0]).toMatchObject({ outcome: 'already there', why: 'since 2025-12-24 00:00:00 IST, lifted since' });
    expect((await dnc('check', '9876543210')).exitCode).toBe(0);
    await dnc('import', 'list.csv');
    expect((await dnc('check', '9876543210')).exitCode).toBe(3);
  });

  it('knows persons who were erased, and says nothing of them', async () => {
    put('9876543210\n');
    await dnc('import', 'list.csv');
    await dnc('erase', '9876543210', '--reason', 'asked', '--evidence', 'letter');
    expect((await dnc('import', 'list.csv')).out).toMatch(/already there +1\n/);
    expect(JSON.stringify(await facts())).not.toContain('9876543210');
  });
});

describe('other lists', () => {
  it('from the American register: area code and number, with what was deleted since', async () => {
    put('415,5552671\n202,5550143,2025-12-24,A\n202,5550144,2025-12-24,D\n415,1112222,2025-12-24,D\n');
    const { out } = await dnc('import', 'list.csv', '--source', 'registry', '--report', 'all.csv');
    expect(out).toMatch(/added +2\n {2}refused +2\n/);
    expect((await facts()).map(({ number, source }) => `${number} ${source}`)).toEqual([
      '+12025550143 registry',
      '+14155552671 registry',
    ]);
    expect(report('all.csv').map(({ why }) => why)[2]).toContain('the register deleted it');
  });

  it('from the Indian register: a preference a row', async () => {
    put(
      'Number,Preference,Registration Date\n' +
        '9876543210,"BLOCK 1,4",24-12-2025\n9812345678,Fully Blocked,24-12-2025\n9811111111,0,24-12-2025\n' +
        '9822222222,"2,3",24-12-2025\n9833333333,UNBLOCK ALL,24-12-2025\n9844444444,sometimes,24-12-2025\n9855555555,,24-12-2025\n',
    );
    const run = await dnc('import', 'list.csv', '--as', 'registry');
    expect(run.out).toMatch(/added +5\n {2}refused +2\n/);
    const kept = new Map((await facts()).map((fact) => [fact.number.slice(-2), fact]));
    const block = (fact: Fact | undefined) =>
      fact?.kind === 'listing' ? [fact.preference.block, ...fact.preference.categories].join(' ') : '';
    expect(['10', '78', '11', '22', '33'].map((end) => block(kept.get(end)))).toEqual([
      'categories 1 4',
      'full',
      'full',
      'categories 2 3',
      'none',
    ]);
    expect(kept.get('10')).toMatchObject({ source: 'registry', scope: 'all', at: parseInstant('2025-12-24') });
    expect((await dnc('import', 'list.csv', '--as', 'registry')).out).toMatch(/added +0\n {2}already there +5\n/);
    put('9876543210\n');
    expect((await dnc('import', 'list.csv', '--as', 'registry', '--preference', 'FULLY BLOCK')).out).toMatch(/added +1\n/);
  });

  it('of consents: nothing without date and source', async () => {
    put(
      'phone,date,source,ip,text,purpose,expires\n' +
        '9876543210,2025-12-24T10:00,website,203.0.113.7,I agree,reminder,2026-06-24\n' +
        '9812345678,,website,,,,\n9811111111,2025-12-24,,,,,\n9822222222,2025-12-24,a fair in Pune,,,,\n',
    );
    const run = await dnc('import', 'list.csv', '--as', 'consent', '--report', 'all.csv');
    expect(run.out).toMatch(/added +2\n {2}refused +2\n/);
    const [asha] = (await facts()).filter(({ number }) => number === ASHA);
    expect(asha).toMatchObject({
      kind: 'consent',
      source: 'web',
      at: parseInstant('2025-12-24T10:00'),
      expiresAt: parseInstant('2026-06-24'),
      consent: { basis: 'explicit', purpose: 'reminder', text: 'I agree', ip: '203.0.113.7' },
    });
    expect(report('all.csv').map(({ why }) => why)).toEqual([
      '',
      'it tells no date of the consent',
      'it tells no source of the consent',
      '',
    ]);
    expect((await dnc('import', 'list.csv', '--as', 'consent')).out).toMatch(/added +0\n {2}already there +2\n/);
  });

  it('with prefixes, which stop every number that begins so', async () => {
    put('phone\n+9198765*\n9812345678\n');
    await dnc('import', 'list.csv');
    expect((await dnc('check', '9876599999')).exitCode).toBe(3);
    expect((await dnc('check', '9776599999')).exitCode).toBe(0);
    expect((await dnc('import', 'list.csv')).out).toMatch(/already there +2\n/);
  });

  it('in front of a store that cannot be written', async () => {
    put('9876543210\n');
    writeFileSync(join(cwd, '.press9'), 'a file where the folder should be');
    const { error, exitCode, out } = await dnc('import', 'list.csv');
    expect(error?.message).toContain('is a file, not a folder');
    expect({ exitCode, out }).toEqual({ exitCode: 1, out: '' });
  });

  it('of numbers that are on the list by themselves', async () => {
    await record({
      kind: 'opt-out',
      number: ASHA,
      scope: 'all',
      source: 'key-press',
      at: ms(1_766_500_000_000),
      actor: 'caller',
    });
    put('9876543210\n9812345678\n');
    await dnc('import', 'list.csv', '--report', 'all.csv');
    expect(report('all.csv').map(({ outcome }) => outcome)).toEqual(['already there', 'added']);
  });
});
