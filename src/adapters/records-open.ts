import { accessSync, closeSync, constants, existsSync, mkdirSync, openSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { UserError } from '../core/problem.ts';
import { bringForward, checkOwner } from './records-schema.ts';
import { isLocked, sayWhy, sqlite } from './sqlite-driver.ts';

export type RecordsFile = {
  /** It and its folder are made when they are missing. */
  path: string;
  /** How long another emulator may hold it, in milliseconds; half a second unless told. */
  patience?: number;
  /** It grows no larger than so many pages of 4 KiB. */
  maxPages?: number;
};

/**
 * Opens the emulator's database for this process alone: the lock is the system's, and goes with the process however it ends.
 * @throws UserError when it cannot be used; what was there is left as it was.
 */
export async function openRecordsFile(file: RecordsFile): Promise<DatabaseSync> {
  const made = place(file.path);
  const until = performance.now() + (file.patience ?? 500);
  for (;;) {
    try {
      return openOnce(file);
    } catch (error) {
      if (!isLocked(error)) {
        if (made) remove(file.path);
        throw error instanceof UserError ? error : unusable(file.path, error);
      }
      if (performance.now() > until) throw taken(file.path);
    }
    // Two that begin at once stand in each other's way; the next time they do not begin at once.
    await sleep(10 + Math.random() * 30);
  }
}

/** @returns whether it had to be made. */
function place(path: string): boolean {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found?.isDirectory())
    throw new UserError(`${path} is a folder, not a file.`, { advice: `Name a file, such as ${path}/emulator.db.` });
  try {
    if (!found) return create(path);
    accessSync(path, constants.W_OK);
    accessSync(dirname(path), constants.W_OK);
    return false;
  } catch (error) {
    throw unusable(path, error);
  }
}

function create(path: string): boolean {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  try {
    closeSync(openSync(path, 'wx', 0o600));
    return true;
  } catch (error) {
    if (existsSync(path)) return false;
    throw error;
  }
}

function openOnce({ path, maxPages }: RecordsFile): DatabaseSync {
  const db = new (sqlite().DatabaseSync)(path);
  try {
    db.exec('PRAGMA busy_timeout = 0; PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; COMMIT;');
    checkOwner(db, path);
    if (maxPages !== undefined) db.exec(`PRAGMA max_page_count = ${Math.trunc(maxPages)}`);
    // NORMAL: what is committed outlives this process, not the power. The log is worked in every 16 MiB.
    db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = 4000;');
    db.exec('PRAGMA cache_size = -65536; PRAGMA temp_store = MEMORY;');
    bringForward(db);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

function remove(path: string): void {
  for (const end of ['', '-wal', '-journal']) rmSync(`${path}${end}`, { force: true });
}

const ADVICE = 'Name another file, or memory: to keep nothing.';

const taken = (path: string): UserError =>
  new UserError(`Another emulator is running on ${path}, or another program holds it.`, {
    advice: 'Stop that one, or name another file; memory: keeps nothing.',
  });

const unusable = (path: string, error: unknown): UserError =>
  new UserError(`The emulator cannot keep its calls in ${path}: ${sayWhy(error)}.`, { advice: ADVICE });
