import { accessSync, closeSync, constants, existsSync, mkdirSync, openSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { UserError } from '../core/problem.ts';
import { createAnchor } from './audit-anchor.ts';
import { mayExist } from './journal-path.ts';
import { isFull, isLocked, sayWhy, sqlite } from './sqlite-driver.ts';
import { MIGRATIONS, migrate, stepsLeft } from './store-migrations.ts';

export type StoreFile = {
  path: string;
  /** How long another process may hold it locked, in milliseconds. */
  patience: number;
  /** It grows no larger than so many pages of 4 KiB. */
  maxPages?: number;
};
export type OpenedDatabase = { db: DatabaseSync; created: boolean; readOnly: boolean };

/**
 * Opens the store, makes it when there is none, brings it forward when it is old.
 * @returns why it cannot be made, as a sentence's end, when there is no store.
 * @throws UserError when there is a store that cannot be read: who is on the list is not known then.
 */
export async function openDatabase(file: StoreFile): Promise<OpenedDatabase | { problem: string }> {
  const { path, patience } = file;
  const created = !mayExist(path);
  if (created) {
    const problem = create(path);
    if (problem !== undefined) return { problem };
  } else refuseEmptied(path);
  const until = performance.now() + patience;
  for (;;) {
    try {
      const opened = openFile(file);
      return 'problem' in opened ? opened : { ...opened, created };
    } catch (error) {
      if (error instanceof UserError) throw error;
      // Two processes that make a store at once get "locked" without any waiting on SQLite's side.
      if (!isLocked(error) || performance.now() > until) throw unreadable(path, error);
    }
    await sleep(20);
  }
}

function create(path: string): string | undefined {
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    closeSync(openSync(path, 'wx', 0o600));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST' && mayExist(path)) return undefined;
    return fileInTheWay(path) ?? sayWhy(error);
  }
  return undefined;
}

function fileInTheWay(path: string): string | undefined {
  let folder = dirname(path);
  while (!mayExist(folder)) folder = dirname(folder);
  return statSync(folder).isDirectory() ? undefined : `${folder} is a file, not a folder`;
}

/** A file that was never filled has no head beside it; one that has lost all it held does. */
function refuseEmptied(path: string): void {
  if (statSync(path, { throwIfNoEntry: false })?.size !== 0) return;
  const anchor = createAnchor(path);
  if (!anchor.exists()) return;
  throw new UserError(`The store ${path} is empty, and ${anchor.path} tells of what was in it. It was left as it is.`, {
    advice: 'Bring back a copy of it; to begin anew, remove both. Without it, nobody knows who is on the list.',
  });
}

type File = { db: DatabaseSync; readOnly: boolean };

function openFile({ path, patience, maxPages }: StoreFile): File | { problem: string } {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) {
    throw new UserError(`${path} is a folder, not a store.`, { advice: `Name a file, such as ${path}/store.db.` });
  }
  const readOnly = !isWritable(path);
  const db = readOnly ? openReadOnly(path) : new (sqlite().DatabaseSync)(path);
  try {
    db.exec(`PRAGMA busy_timeout = ${Math.max(0, Math.trunc(patience))}`);
    if (maxPages !== undefined) db.exec(`PRAGMA max_page_count = ${Math.trunc(maxPages)}`);
    return bringForward(db, path, readOnly);
  } catch (error) {
    db.close();
    throw error;
  }
}

/** A file that was never filled has nobody on its list: that it cannot be filled now is a problem, no more. */
function bringForward(db: DatabaseSync, path: string, readOnly: boolean): File | { problem: string } {
  const left = stepsLeft(db, path);
  const blank = left === MIGRATIONS.length;
  if (readOnly && left > 0) {
    if (!blank) throw new UserError(`${path} is of an older press9 and cannot be brought forward: it is read-only.`);
    db.close();
    return { problem: 'it is read-only' };
  }
  try {
    if (!readOnly) prepareForWriting(db, path);
    return { db, readOnly };
  } catch (error) {
    if (isLocked(error) || (!blank && left === 0)) throw error;
    if (!blank)
      throw new UserError(`${path} is of an older press9 and cannot be brought forward: ${sayWhy(error)}. It was left as it is.`);
    db.close();
    return { problem: sayWhy(error) };
  }
}

/**
 * Acknowledged means on the disk: FULL syncs every commit, `fullfsync` also through the caches of macOS. What is erased is
 * overwritten. Up to 64 MiB of the store are kept in memory.
 */
function prepareForWriting(db: DatabaseSync, path: string): void {
  if (db.prepare('PRAGMA journal_mode').get()?.['journal_mode'] !== 'wal') db.exec('PRAGMA journal_mode = WAL');
  db.exec('PRAGMA synchronous = FULL; PRAGMA fullfsync = ON; PRAGMA secure_delete = ON; PRAGMA cache_size = -65536;');
  migrate(db, path);
}

function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    accessSync(dirname(path), constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * SQLite wants to write beside a WAL database even to read it. Where it may not, the file alone is read: only when
 * no write-ahead log is left, which may hold opt-outs.
 */
function openReadOnly(path: string): DatabaseSync {
  const { DatabaseSync } = sqlite();
  try {
    const db = new DatabaseSync(path, { readOnly: true });
    db.prepare('SELECT count(*) FROM sqlite_schema').get();
    return db;
  } catch (error) {
    if (existsSync(`${path}-wal`) && statSync(`${path}-wal`).size > 0) throw error;
    return new DatabaseSync(`${pathToFileURL(path).href}?immutable=1`, { readOnly: true });
  }
}

/** A store that is there and cannot be used. */
export const unreadable = (path: string, error: unknown): UserError =>
  new UserError(`The store ${path} cannot be read: ${sayWhy(error)}. It was left as it is.`, {
    advice: isFull(error)
      ? 'Make room on its disk. Until then, nobody knows who is on the list.'
      : 'Move it away or bring back a copy of it, or name another with --store. Without it, nobody knows who is on the list.',
  });
