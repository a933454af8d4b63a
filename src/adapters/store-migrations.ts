import type { DatabaseSync } from 'node:sqlite';
import { UserError } from '../core/problem.ts';
import { inTransaction } from './sqlite-driver.ts';
import { MIGRATIONS, type Step } from './store-steps.ts';

export { MIGRATIONS };

/** `P9DB`, in every store's header: another program's database is never taken for ours. */
const APPLICATION = 0x50394442;

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
export function stepsLeft(db: DatabaseSync, path: string, migrations: readonly Step[] = MIGRATIONS): number {
  // Read at one moment: another process may be making the store, and half of what it did would look like a stranger's.
  db.exec('BEGIN');
  try {
    return judge(readHeader(db), path, migrations);
  } finally {
    db.exec('COMMIT');
  }
}

function judge({ version, application, used }: Header, path: string, migrations: readonly Step[]): number {
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
export function migrate(db: DatabaseSync, path: string, migrations: readonly Step[] = MIGRATIONS): void {
  while (stepsLeft(db, path, migrations) > 0) {
    inTransaction(db, () => {
      const left = judge(readHeader(db), path, migrations);
      if (left === 0) return;
      const version = migrations.length - left;
      const step = migrations[version] ?? '';
      if (typeof step === 'string') db.exec(step);
      else step(db);
      db.exec(`PRAGMA application_id = ${APPLICATION}; PRAGMA user_version = ${version + 1};`);
    });
  }
}
