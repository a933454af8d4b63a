import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
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
