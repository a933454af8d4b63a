import { basename, dirname, join, resolve } from 'node:path';
import { UserError } from '../core/problem.ts';
import { journalFiles, mayExist } from './journal-path.ts';

export type StoreSearch = {
  /** `--store`: a path, or `memory:`. */
  store?: string | undefined;
  /** `PRESS9_STORE` is read. */
  env: Readonly<Record<string, string | undefined>>;
  cwd: string;
};

export type StorePlace = { kind: 'memory' } | { kind: 'file'; path: string };

/**
 * Where the store is: as told, else as the environment tells, else the first `.press9/store.db` from the working
 * folder upwards, else such a file in the working folder, which may have to be made.
 * @throws UserError when the place named cannot be a store.
 */
export function findStore({ store, env, cwd }: StoreSearch): StorePlace {
  if (store !== undefined) return named(store, '--store', cwd);
  if (env['PRESS9_STORE']) return named(env['PRESS9_STORE'], 'PRESS9_STORE', cwd);
  const start = resolve(cwd);
  for (let folder = start; ; folder = dirname(folder)) {
    const path = join(folder, '.press9', 'store.db');
    if (isThere(path)) return { kind: 'file', path };
    if (folder === dirname(folder)) return { kind: 'file', path: join(start, '.press9', 'store.db') };
  }
}

/** A store that could not be made yet has left its journal where it should be. */
const isThere = (path: string): boolean => mayExist(path) || journalFiles(path).nearest.some(mayExist);

function named(text: string, by: string, cwd: string): StorePlace {
  if (text === 'memory:' || text === ':memory:') return { kind: 'memory' };
  if (text.trim() === '') throw new UserError(`${by} is empty.`, { advice: 'Give the path of a file, or memory:.' });
  if (/^[a-z][a-z+]+:/i.test(text)) {
    const scheme = text.slice(0, text.indexOf(':') + 1);
    throw new UserError(`${by}: this press9 keeps no store at "${scheme}".`, { advice: 'Give the path of a file, or memory:.' });
  }
  const path = resolve(cwd, text);
  return { kind: 'file', path: /[\\/]$/.test(text) || basename(path) === '.press9' ? join(path, 'store.db') : path };
}
