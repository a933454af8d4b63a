import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { callRecord, messageRecord, postRecord, sidOf } from '../../test/kit/call-records.ts';
import { UserError } from '../core/problem.ts';
import type { Records } from '../core/records.ts';
import { openRecords } from './records.ts';
import { createCallRecords } from './records-calls.ts';
import { openRecordsFile } from './records-open.ts';
import { createTurns } from './records-turn.ts';
import { StoreError } from './store-shape.ts';

let cwd: string;
let opened: Records[];
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'press9-records-'));
  opened = [];
});
afterEach(async () => {
  for (const records of opened) await records.close();
  rmSync(cwd, { recursive: true });
});

const folder = () => join(cwd, '.press9');
const path = () => join(folder(), 'emulator.db');

async function open(more: { path?: string; maxPages?: number } = {}): Promise<Records> {
  const records = await openRecords({ path: path(), patience: 50, ...more });
  opened.push(records);
  return records;
}

async function refusal(work: Promise<unknown>): Promise<string> {
  const error = await work.catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(UserError);
  return (error as UserError).message;
}

function execute(file: string, sql: string): void {
  const db = new DatabaseSync(file);
  db.exec(sql);
  db.close();
}

describe("the emulator's file", () => {
  it('is for its owner alone', async () => {
    await (await open()).calls.save(callRecord(1));
    expect(statSync(folder()).mode & 0o777).toBe(0o700);
    for (const file of readdirSync(folder())) expect(statSync(join(folder(), file)).mode & 0o777, file).toBe(0o600);
  });

  it('holds what it held when it is opened again', async () => {
    const first = await open();
    await Promise.all([
      first.calls.save(callRecord(1)),
      first.messages.save(messageRecord('a')),
      first.posts.add([postRecord('a')]),
    ]);
    await first.close();
    const again = await open();
    expect(await again.calls.unfinished()).toEqual([callRecord(1)]);
    expect(await again.messages.find('a')).toEqual(messageRecord('a'));
    expect(await again.posts.waiting()).toEqual([postRecord('a')]);
  });

  it('is refused to a second emulator, which leaves it alone, and free when the first one closes', async () => {
    const first = await open();
    expect(await refusal(open())).toBe(`Another emulator is running on ${path()}, or another program holds it.`);
    await first.calls.save(callRecord(1));
    await first.close();
    expect(await (await open()).calls.unfinished()).toHaveLength(1);
  });

  it('opens for one of two that ask at once', async () => {
    const both = await Promise.allSettled([open(), open()]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  });
});

describe('what is no file of the emulator', () => {
  it.each([
    [
      'of a newer press9',
      'PRAGMA application_id = 0x5039454d; PRAGMA user_version = 99;',
      'was written by a newer press9 (version 99, ',
    ],
    ['of another program', 'CREATE TABLE guests (name TEXT)', 'is a database of another program, not of the emulator.'],
    ['of facts', 'PRAGMA application_id = 0x50394442;', 'is a press9 store, which holds who may be called.'],
  ])('is refused when it is a database %s, and left as it is', async (_, sql, says) => {
    mkdirSync(folder());
    execute(path(), sql);
    const before = readFileSync(path());
    expect(await refusal(open())).toContain(`${path()} ${says}`);
    expect(readFileSync(path())).toEqual(before);
    expect(readdirSync(folder())).toEqual(['emulator.db']);
  });

  it('is refused when it is no database at all, and left as it is', async () => {
    mkdirSync(folder());
    writeFileSync(path(), 'dear diary');
    expect(await refusal(open())).toBe(
      `The emulator cannot keep its calls in ${path()}: the file is damaged, or no SQLite database.`,
    );
    expect(readFileSync(path(), 'utf8')).toBe('dear diary');
  });

  it('is refused when it is a folder', async () => {
    expect(await refusal(open({ path: cwd }))).toBe(`${cwd} is a folder, not a file.`);
  });

  it('is refused when a file is in the way of its folder', async () => {
    writeFileSync(folder(), '');
    expect(await refusal(open())).toContain('a file is where a folder should be');
  });

  it.skipIf(process.getuid?.() === 0)('is refused where nothing can be written', async () => {
    chmodSync(cwd, 0o500);
    expect(await refusal(open())).toContain('permission is denied');
    chmodSync(cwd, 0o700);
    await (await open()).close();
    chmodSync(path(), 0o400);
    expect(await refusal(open())).toContain('permission is denied');
  });

  it.runIf(process.platform === 'linux')('is refused in a file system that takes nothing', async () => {
    expect(await refusal(open({ path: '/sys/press9/emulator.db' }))).toContain(
      'The emulator cannot keep its calls in /sys/press9',
    );
  });
});

describe('a disk that is full', () => {
  it('from the beginning: that is said, and nothing is left behind', async () => {
    expect(await refusal(open({ maxPages: 2 }))).toBe(`The emulator cannot keep its calls in ${path()}: the disk is full.`);
    expect(readdirSync(folder())).toEqual([]);
  });

  it('in the middle: all of that turn is refused with a sentence, what was kept is there, and there may be room again', async () => {
    const records = await open({ maxPages: 60 });
    await records.calls.save(callRecord(1));
    const huge = callRecord(2, { digits: 'x'.repeat(500_000) });
    const turn = [
      records.calls.save(callRecord(3)),
      records.calls.save(huge),
      records.messages.save(messageRecord('a')),
      records.posts.add([postRecord('a')]),
      records.posts.tried(
        'a',
        { at: callRecord(1).createdAt, took: callRecord(1).createdAt, result: 200, ok: true },
        'delivered',
      ),
    ];
    for (const result of await Promise.allSettled(turn)) {
      expect(result).toMatchObject({ status: 'rejected', reason: expect.any(StoreError) });
      expect(String((result as PromiseRejectedResult).reason.message)).toBe(
        `the emulator's calls in ${path()} cannot be written: the disk is full`,
      );
    }
    expect((await records.calls.page({ order: 'asc', limit: 9 })).records).toEqual([callRecord(1)]);
    expect([await records.messages.list(9), await records.posts.list({ limit: 9 })]).toEqual([[], []]);
    await records.calls.save(callRecord(3));
    expect(await records.calls.page({ order: 'asc', limit: 9 })).toMatchObject({ total: 2, records: [{}, { sid: sidOf(3) }] });
  });
});

it('what is saved again and again in one turn is written once', async () => {
  const db = await openRecordsFile({ path: path() });
  const turns = createTurns(db, path());
  const calls = createCallRecords(db, turns);
  const changes = () => db.prepare('SELECT total_changes() AS n').get()?.['n'];
  await Promise.all([calls.save(callRecord(1)), calls.save(callRecord(1, { status: 'busy' })), calls.save(callRecord(2))]);
  expect(changes()).toBe(2);
  turns.close();
});
