import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { UserError } from '../core/problem.ts';

type Sqlite = typeof import('node:sqlite');

let loaded: Sqlite | undefined;

/** Node's own SQLite, loaded on first use: most commands need none. */
export function sqlite(): Sqlite {
  loaded ??= withoutItsWarning(() => process.getBuiltinModule('node:sqlite'));
  if (!loaded) throw new UserError('This Node.js has no SQLite.', { advice: 'Use Node.js 22.13 or newer.' });
  return loaded;
}

/** Node 22 and early 24 warn on stderr that SQLite is experimental. That one is left out; every other is let through. */
function withoutItsWarning<T>(load: () => T): T {
  const warn = process.emitWarning;
  process.emitWarning = ((warning: string | Error, ...rest: unknown[]) => {
    if (String(warning).includes('SQLite') && rest[0] === 'ExperimentalWarning') return;
    Reflect.apply(warn, process, [warning, ...rest]);
  }) as typeof process.emitWarning;
  try {
    return load();
  } finally {
    process.emitWarning = warn;
  }
}

/** All or nothing. Takes the write lock at once, so that two writers wait for each other instead of failing. */
export function inTransaction<T>(db: DatabaseSync, work: () => T): T {
  db.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    db.exec('COMMIT');
    return result;
  } catch (error) {
    try {
      db.exec('ROLLBACK');
    } catch {
      // SQLite has rolled back by itself; the first error is the one to tell.
    }
    throw error;
  }
}

/** Rows as arrays of their columns, where this Node can: they are read a third faster. */
export function inArrays(statement: StatementSync): StatementSync {
  (statement as { setReturnArrays?: (enabled: boolean) => void }).setReturnArrays?.(true);
  return statement;
}

/** Whole numbers as BigInt: a row is read whatever somebody wrote into it. */
export function anyNumbers(statement: StatementSync): StatementSync {
  statement.setReadBigInts(true);
  return statement;
}

const SQLITE_SAYS: Record<number, string> = {
  3: 'permission is denied',
  5: 'another program holds it locked',
  6: 'another program holds it locked',
  8: 'it is read-only',
  10: 'the disk reports an error',
  11: 'the file is damaged',
  13: 'the disk is full',
  14: 'the file cannot be opened',
  26: 'the file is damaged, or no SQLite database',
};

const SYSTEM_SAYS: Record<string, string> = {
  EACCES: 'permission is denied',
  EPERM: 'permission is denied',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EROFS: 'the file system is read-only',
  ENOTDIR: 'a file is where a folder should be',
  EEXIST: 'a file is where a folder should be',
  EISDIR: 'a folder is where a file should be',
  ERR_OUT_OF_RANGE: 'it holds a number that is too large',
};

const IOERR_SHMSIZE = 4874;
const FULL = 13;

/** SQLite's primary result code; where no room is left for the memory that readers share, the disk is full. */
export const sqliteCode = (error: unknown): number | undefined => {
  const code = (error as { errcode?: unknown }).errcode;
  if (code === IOERR_SHMSIZE) return FULL;
  return typeof code === 'number' ? code & 0xff : undefined;
};

export const isFull = (error: unknown): boolean => sqliteCode(error) === FULL;

export const isLocked = (error: unknown): boolean => [5, 6].includes(sqliteCode(error) ?? 0);

/** Why a file or store failed, as the end of a sentence. */
export function sayWhy(error: unknown): string {
  const { code, message } = error as { code?: unknown; message?: unknown };
  return SQLITE_SAYS[sqliteCode(error) ?? -1] ?? SYSTEM_SAYS[String(code)] ?? String(message ?? error);
}
