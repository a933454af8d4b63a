import { closeSync, openSync, readSync } from 'node:fs';
import { open, rename, rm, stat } from 'node:fs/promises';
import { sayWhy } from '../adapters/sqlite-driver.ts';
import { StoreError } from '../adapters/store-shape.ts';
import { UserError } from '../core/problem.ts';

/**
 * Writes a file for its owner alone: all of it, or what was there before. A device is written to as it is.
 * @throws UserError when it cannot be written, or is a store.
 */
export async function writeWhole(path: string, parts: AsyncIterable<string>): Promise<void> {
  const there = await stat(path).catch(() => undefined);
  if (there?.isFile()) refuseDatabase(path);
  const draft = there && !there.isFile() ? path : `${path}.${process.pid}.part`;
  try {
    const file = await open(draft, 'w', 0o600);
    try {
      for await (const part of parts) await file.writeFile(part);
      if (draft !== path) await file.sync();
    } finally {
      await file.close();
    }
    if (draft !== path) await rename(draft, path);
  } catch (error) {
    if (draft !== path) await rm(draft, { force: true });
    if (error instanceof StoreError) throw error;
    throw new UserError(`${path} cannot be written: ${sayWhy(error)}.`, { exitCode: 1 });
  }
}

const SQLITE = 'SQLite format 3\0';

/**
 * One name at the wrong place must not cost the list.
 * @throws UserError for a file of SQLite.
 */
export function refuseDatabase(path: string): void {
  if (beginOf(path) === SQLITE)
    throw new UserError(`${path} is a store, or another database: it is not written over.`, { advice: 'Name another file.' });
}

function beginOf(path: string): string | undefined {
  const bytes = Buffer.alloc(SQLITE.length);
  try {
    const file = openSync(path, 'r');
    try {
      return bytes.toString('latin1', 0, readSync(file, bytes));
    } finally {
      closeSync(file);
    }
  } catch {
    return undefined;
  }
}
