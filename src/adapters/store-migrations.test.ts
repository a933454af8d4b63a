import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ASHA, countingStamp, optOut } from '../../test/contracts/facts-contract.ts';
import { ms } from '../core/ids.ts';
import { openStore } from './store.ts';
import { MIGRATIONS, migrate, stepsLeft } from './store-migrations.ts';

let folder: string;
let db: DatabaseSync;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'press9-migrate-'));
  db = new DatabaseSync(join(folder, 'x.db'));
});
afterEach(() => {
  db.close();
  rmSync(folder, { recursive: true });
});

const version = () => db.prepare('PRAGMA user_version').get()?.['user_version'];
const next = [...MIGRATIONS, "ALTER TABLE facts ADD COLUMN mood TEXT DEFAULT 'calm'"];

describe('bringing a store forward', () => {
  it('takes the steps that are missing, and keeps what is there', () => {
    migrate(db, 'x.db');
    expect(version()).toBe(MIGRATIONS.length);
    db.exec(`INSERT INTO facts (id, kind, number, scope, source, at, recorded_at, actor)
      VALUES ('a', 'opt-out', '+919876543210', 'all', 'manual', 1, 1, 'x')`);
    migrate(db, 'x.db', next);
    expect(version()).toBe(next.length);
    expect(db.prepare('SELECT id, mood FROM facts').get()).toEqual({ id: 'a', mood: 'calm' });
    migrate(db, 'x.db', next);
    expect(stepsLeft(db, 'x.db', next)).toBe(0);
  });

  it('takes a step whole or not at all', () => {
    migrate(db, 'x.db');
    const broken = [...MIGRATIONS, 'CREATE TABLE half (a TEXT); CREATE TABLE facts (a TEXT)'];
    expect(() => migrate(db, 'x.db', broken)).toThrow('already exists');
    expect(version()).toBe(MIGRATIONS.length);
    expect(db.prepare("SELECT name FROM sqlite_schema WHERE name = 'half'").get()).toBeUndefined();
  });

  it('leaves a newer store alone', () => {
    migrate(db, 'x.db', next);
    expect(() => migrate(db, 'x.db')).toThrow(
      `x.db was written by a newer press9 (version ${next.length}, this one knows ${MIGRATIONS.length})`,
    );
    expect(version()).toBe(next.length);
  });

  it('leaves another program’s database alone', () => {
    db.exec('PRAGMA application_id = 1234');
    expect(() => migrate(db, 'x.db')).toThrow('another program');
  });
});

/** A store as press9 made it before there was an audit: one number on the list, another taken off it. */
function firstStore(facts: number): string {
  migrate(db, 'x.db', MIGRATIONS.slice(0, 1));
  const add = db.prepare(`INSERT INTO facts (id, kind, number, scope, source, at, recorded_at, actor, reason, supersedes)
    VALUES (?, ?, ?, 'all', 'manual', 1, 1, 'asha', 'asked', ?)`);
  db.exec('BEGIN');
  for (let i = 1; i <= facts; i++) add.run(`f${i}`, 'opt-out', i === 1 ? ASHA : `+9198${10_000_000 + i}`, null);
  add.run('last', 'opt-in', '+919810000002', '["f2"]');
  db.exec("INSERT INTO lifted (number, id) VALUES ('+919810000002', 'f2')");
  db.exec('COMMIT');
  const path = join(folder, 'x.db');
  expect(version()).toBe(1);
  return path;
}

const open = (path: string, maxPages?: number) =>
  openStore({ ...countingStamp(), store: path, env: {}, cwd: folder, ...(maxPages !== undefined && { maxPages }) });

describe('a store of the first version', () => {
  it('is opened with everything it knows, and its facts are in the audit from then on', async () => {
    const path = firstStore(2500);
    const store = await open(path);
    expect(await store.facts.about(ASHA)).toMatchObject([{ id: 'f1', reason: 'asked', actor: 'asha' }]);
    expect(await store.facts.list({ inForce: true })).toHaveLength(2499);
    await store.facts.record([optOut(ASHA, { expiresAt: ms(9) })]);
    expect((await store.audit.read({})).map(({ action, facts }) => [action, facts])).toEqual([
      ['adopt', { from: 1, to: 1000 }],
      ['adopt', { from: 1001, to: 2000 }],
      ['adopt', { from: 2001, to: 2501 }],
      ['add', { from: 2502, to: 2502 }],
    ]);
    expect((await store.audit.read({ number: ASHA })).map(({ seq }) => seq)).toEqual([1, 4]);
    expect((await store.audit.verify()).problems).toEqual([]);
    await store.close();
    const again = await open(path);
    expect(await again.audit.verify()).toMatchObject({ entries: 4, problems: [] });
    await again.close();
  });

  it('forgets a person whom it knew before there was an audit', async () => {
    const store = await open(firstStore(3));
    await store.facts.erase(ASHA, { at: ms(1), actor: 'dpo', reason: 'asked', evidence: 'a letter' });
    expect(await store.facts.about(ASHA)).toMatchObject([{ id: 'f1', number: ASHA }]);
    expect(JSON.stringify(await store.facts.list({}))).not.toContain('9876543210');
    expect((await store.audit.verify()).problems).toEqual([]);
    await store.close();
  });

  it('is left as it is when there is no room to bring it forward', async () => {
    const path = firstStore(2500);
    db.close();
    const before = readFileSync(path);
    await expect(open(path, 1)).rejects.toThrow(`${path} is of an older press9 and cannot be brought forward: the disk is full.`);
    db = new DatabaseSync(path);
    expect(version()).toBe(1);
    expect(readFileSync(path).subarray(100)).toEqual(before.subarray(100));
    expect(db.prepare('SELECT count(*) AS n FROM facts').get()).toEqual({ n: 2501 });
  });
});
