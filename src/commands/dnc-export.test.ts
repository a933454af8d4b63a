import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runDnc } from '../../test/kit/dnc.ts';
import { parseHead } from '../adapters/audit-anchor.ts';
import { createSystemIds } from '../adapters/ids.ts';
import { openStore } from '../adapters/store.ts';
import type { Fact, NewFact } from '../core/facts.ts';
import { callId, e164, ms } from '../core/ids.ts';

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'press9-export-'));
});
afterEach(() => rmSync(cwd, { recursive: true }));

const dnc = (...args: readonly string[]) => runDnc(cwd, args);

async function inStore<T>(path: string, work: (store: Awaited<ReturnType<typeof openStore>>) => Promise<T>): Promise<T> {
  const store = await openStore({ store: path, cwd, env: {}, ids: createSystemIds(), now: () => ms(Date.now()) });
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

/** What a fact says, without what its store gave it. */
const said = ({ id: _, recordedAt: __, ...fact }: Fact) => fact;
const factsOf = (path: string) =>
  inStore(path, async ({ facts }) => (await facts.list({})).map(said).toSorted((a, b) => (a.number < b.number ? -1 : 1)));

const text = fc.oneof(
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }).map((one) => one.toWellFormed().replaceAll('\0', '')),
  fc.string({
    unit: fc.constantFrom("'", '=', '+', '-', '@', '"', ',', ';', '\n', '\r', ' ', '\t', '#', 'a'),
    minLength: 1,
    maxLength: 8,
  }),
  fc
    .array(fc.constantFrom('9876543210', '+919812345678', '9.19877E+11', ';', '|', '\t', ',', '\n', '# ', 'sep=;', '"'), {
      minLength: 1,
      maxLength: 8,
    })
    .map((parts) => parts.join('')),
);
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const present = (fact: object) =>
  Object.fromEntries(Object.entries(fact).filter(([, value]) => value !== undefined && value !== ''));

const common = fc.record({
  scope: fc.constantFrom('all' as const, 'voice' as const, 'sms' as const),
  source: fc.constantFrom('key-press' as const, 'csv' as const, 'sms-stop' as const, 'web' as const),
  at: fc.integer({ min: 0, max: 1_790_000_000_000 }).map(ms),
  actor: text.filter((one) => one !== ''),
  reason: maybe(text),
  evidence: maybe(text),
  expiresAt: maybe(fc.constant(ms(4_000_000_000_000))),
});
const kinds = fc.oneof(
  fc.record({
    kind: fc.constant('opt-out'),
    key: maybe(fc.constantFrom('9', '#')),
    call: maybe(fc.constant(callId('a'.repeat(32)))),
  }),
  fc.record({ kind: fc.constant('opt-out'), scope: fc.constant('campaign'), campaign: text.filter((one) => one !== '') }),
  fc.record({
    kind: fc.constant('listing'),
    preference: fc.constant({
      block: 'categories',
      categories: [1, 4],
      modes: ['SMS'],
      days: ['holiday'],
      bandsOff: [],
      bandsOn: ['iii'],
    }),
  }),
  fc.record({
    kind: fc.constant('consent'),
    consent: text.map((shown) => present({ basis: 'explicit', text: shown, ip: '203.0.113.7' })),
  }),
);
const facts = fc
  .array(fc.tuple(common, kinds), { minLength: 1, maxLength: 12 })
  .map((all) => all.map(([base, own], i) => ({ ...present({ ...base, ...own }), number: subject(i) }) as NewFact));
const subject = (i: number) => (i === 3 ? '+9198*' : e164(`+9198765${String(10_000 + i)}`));

describe('press9 dnc export', () => {
  it.each(['csv', 'ndjson'])('comes back through import as it was: %s', async (format) => {
    let run = 0;
    await fc.assert(
      fc.asyncProperty(facts, async (all) => {
        const [from, to] = [`from${++run}.db`, `to${run}.db`];
        await inStore(from, (store) => store.facts.record(all));
        await dnc('export', 'list.txt', '--all', '--format', format, '--store', from);
        const imported = await dnc('import', 'list.txt', '--store', to);
        expect(imported).toMatchObject({ exitCode: 0, error: undefined });
        expect(await factsOf(to)).toEqual(await factsOf(from));
        expect((await dnc('import', 'list.txt', '--store', to)).out).toMatch(/added +0\n/);
      }),
      { numRuns: 25 },
    );
  });

  it('prints those on the list, oldest first, safe for a spreadsheet, the head of the audit last', async () => {
    await dnc('add', '9876543210', '--reason', '=1+1');
    await dnc('add', '9812345678', '--campaign', 'diwali');
    await dnc('add', '9811111111');
    await dnc('remove', '9811111111');
    const { out, err, exitCode } = await dnc('export');
    expect(exitCode).toBe(0);
    expect(err).toMatch(/\n2 rows\n$/);
    const rows: Record<string, string>[] = parse(out, { columns: true, comment: '#', comment_no_infix: true });
    expect(rows.map(({ number, scope, campaign, reason, standing }) => [number, scope, campaign, reason, standing])).toEqual([
      ["'+919876543210", 'all', '', "'=1+1", 'in force'],
      ["'+919812345678", 'campaign', 'diwali', '', 'in force'],
    ]);
    expect(out.split('\n').at(-2)).toMatch(/^# \{"head":\{"store":"[0-9a-f]+","seq":5,"hash":"[0-9a-f]{64}"\}\}$/);
    expect((await dnc('export', '--plain')).out).toContain('\n+919876543210,opt-out,all,');
  });

  it('is written whole, for its owner alone, and is told to the audit, which it vouches for later', async () => {
    await dnc('add', '9876543210');
    const { out, err } = await dnc('export', 'list.ndjson', '--format', 'ndjson');
    expect(out).toBe('');
    expect(err).toContain(`1 row in ${join(cwd, 'list.ndjson')}\n`);
    expect(statSync(join(cwd, 'list.ndjson')).mode & 0o777).toBe(0o600);
    await dnc('export', 'list.csv');
    expect((await dnc('audit')).out).toMatch(/asha {2}export .*file list\.ndjson\n/);
    for (const file of ['list.ndjson', 'list.csv']) {
      expect(parseHead(readFileSync(join(cwd, file), 'utf8'))).toMatchObject({ seq: expect.any(Number) });
      expect((await dnc('audit', '--verify', '--head', file)).exitCode).toBe(0);
    }
  });

  it('tells with --all what was lifted, which an import leaves out', async () => {
    await dnc('add', '9876543210');
    await dnc('remove', '9876543210');
    await dnc('add', '9812345678');
    await dnc('export', 'list.csv', '--all');
    const rows: Record<string, string>[] = parse(readFileSync(join(cwd, 'list.csv')), {
      columns: true,
      comment: '#',
      comment_no_infix: true,
    });
    expect(rows.map(({ kind, standing }) => `${kind} ${standing}`.trim())).toEqual([
      'opt-out lifted',
      'opt-in',
      'opt-out in force',
    ]);
    const { out } = await dnc('import', 'list.csv', '--store', 'other.db');
    expect(out).toMatch(/added +1\n {2}left out +2\n$/);
  });

  it('leaves out persons who were erased, and says how many', async () => {
    await dnc('add', '9876543210');
    await dnc('erase', '9876543210', '--reason', 'asked', '--evidence', 'letter');
    const { out, err } = await dnc('export');
    expect(out.split('\n')).toHaveLength(3);
    expect(err).toContain('0 rows; 1 of erased persons, who stay blocked, cannot be exported');
    await dnc('export', 'all.csv', '--all');
    expect((await dnc('import', 'all.csv', '--store', 'other.db')).out).toMatch(/added +0\n {2}left out +1\n$/);
  });

  it('tells everything itself when it is imported', async () => {
    await dnc('add', '9876543210');
    await dnc('export', 'list.csv');
    expect((await dnc('import', 'list.csv', '--scope', 'sms')).error?.message).toContain('tells everything itself');
    expect((await dnc('import', 'list.csv')).err).toContain('reading: UTF-8, an export of press9');
  });

  it('says what is wrong with a line that was changed', async () => {
    const line = {
      number: '+919876543210',
      kind: 'opt-out',
      scope: 'all',
      source: 'csv',
      at: '2025-12-24T10:00:00.000+05:30',
      actor: 'x',
    };
    const lines = [
      line,
      { ...line, scope: 'half' },
      { ...line, source: 'a bird' },
      { ...line, at: 'then' },
      { ...line, kind: 'listing' },
    ];
    writeFileSync(join(cwd, 'list.ndjson'), `${lines.map((one) => JSON.stringify(one)).join('\n')}\n{"broken\n`);
    await dnc('import', 'list.ndjson', '--report', 'all.csv');
    const rows: Record<string, string>[] = parse(readFileSync(join(cwd, 'all.csv')), { columns: true });
    expect(rows.map(({ outcome, why }) => [outcome, why])).toEqual([
      ['added', ''],
      ['refused', '"half" is no scope'],
      ['refused', '"a bird" is no source'],
      ['refused', '"then" is no date'],
      ['refused', 'its detail is not what an export writes'],
      ['refused', 'it is no JSON of a fact'],
    ]);
  });
});
