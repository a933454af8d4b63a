import type { DatabaseSync } from 'node:sqlite';
import { UserError } from '../core/problem.ts';
import { inTransaction } from './sqlite-driver.ts';

/** `P9DB`, in every store's header: another program's database is never taken for ours. */
const APPLICATION = 0x50394442;

/**
 * The steps from an empty file to today's store; `user_version` counts those taken. Steps are added at the end and
 * never changed once released.
 */
export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE facts (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    number TEXT NOT NULL,
    scope TEXT NOT NULL,
    source TEXT NOT NULL,
    at INTEGER NOT NULL,
    recorded_at INTEGER NOT NULL,
    actor TEXT NOT NULL,
    call TEXT, flow TEXT, node TEXT, key TEXT, campaign TEXT, reason TEXT, evidence TEXT,
    supersedes TEXT
  ) STRICT;
  CREATE INDEX facts_of_number ON facts (number, recorded_at, seq);
  CREATE INDEX facts_by_time ON facts (recorded_at, seq);
  CREATE TRIGGER facts_are_not_changed BEFORE UPDATE ON facts BEGIN SELECT RAISE(ABORT, 'facts are never changed'); END;
  CREATE TRIGGER facts_are_not_erased BEFORE DELETE ON facts BEGIN SELECT RAISE(ABORT, 'facts are never erased'); END;

  CREATE TABLE lifted (number TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY (number, id)) STRICT, WITHOUT ROWID;

  CREATE TABLE outbox (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    what TEXT NOT NULL,
    url TEXT NOT NULL,
    content_type TEXT NOT NULL,
    body TEXT NOT NULL,
    call TEXT NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'delivered', 'given-up')),
    due_at INTEGER
  ) STRICT;
  CREATE INDEX outbox_waiting ON outbox (seq) WHERE state = 'waiting';
  `,
];

const pragma = (db: DatabaseSync, name: string): number => Number(db.prepare(`PRAGMA ${name}`).get()?.[name] ?? 0);

type Header = { version: number; application: number; used: boolean };

const readHeader = (db: DatabaseSync): Header => ({
  used: db.prepare('SELECT count(*) AS n FROM sqlite_schema').get()?.['n'] !== 0,
  version: pragma(db, 'user_version'),
  application: pragma(db, 'application_id'),
});

/**
 * Steps the store has yet to take. Must not be called inside a transaction.
 * @throws UserError for a store of a newer press9, and for a database that is no store.
 */
export function stepsLeft(db: DatabaseSync, path: string, migrations: readonly string[] = MIGRATIONS): number {
  // Read at one moment: another process may be making the store, and half of what it did would look like a stranger's.
  db.exec('BEGIN');
  try {
    return judge(readHeader(db), path, migrations);
  } finally {
    db.exec('COMMIT');
  }
}

function judge({ version, application, used }: Header, path: string, migrations: readonly string[]): number {
  if (application !== APPLICATION && (application !== 0 || (used && version <= migrations.length))) {
    throw new UserError(`${path} is a database of another program, not a press9 store. It was left as it is.`, {
      advice: 'Name another file with --store.',
    });
  }
  if (version > migrations.length) {
    throw new UserError(
      `${path} was written by a newer press9 (version ${version}, this one knows ${migrations.length}). It was left as it is.`,
      { advice: 'Upgrade press9, or name another store with --store.' },
    );
  }
  return migrations.length - version;
}

/** Brings a store forward, each step all or nothing; another process may be doing the same. */
export function migrate(db: DatabaseSync, path: string, migrations: readonly string[] = MIGRATIONS): void {
  while (stepsLeft(db, path, migrations) > 0) {
    inTransaction(db, () => {
      const left = judge(readHeader(db), path, migrations);
      if (left === 0) return;
      const version = migrations.length - left;
      db.exec(`${migrations[version]}; PRAGMA application_id = ${APPLICATION}; PRAGMA user_version = ${version + 1};`);
    });
  }
}
