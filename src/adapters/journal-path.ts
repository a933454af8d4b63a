import { statSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';

export type JournalFiles = {
  /** Beside the store, then in the folders above it, nearest first: the first that can be written is used. */
  all: readonly string[];
  /** The first two of them: where a store that could not be made has left its mark. */
  nearest: readonly string[];
  /** Journals under import are moved in here. */
  importing: string;
  /** Lines that could not be read are kept here. */
  broken: string;
};

/** The files that may hold what a store could not record. Each store has its own: two in one folder share none. */
export function journalFiles(store: string): JournalFiles {
  const folder = dirname(store);
  const stem = join(folder, basename(store) === 'store.db' ? 'optouts.journal' : `${basename(store)}-optouts.journal`);
  const above: string[] = [];
  for (let at = folder; at !== dirname(at); ) {
    at = dirname(at);
    above.push(join(at, `.press9-optouts${mark(relative(at, store))}.journal.ndjson`));
  }
  const all = [`${stem}.ndjson`, ...above];
  return { all, nearest: all.slice(0, 2), importing: `${stem}.importing`, broken: `${stem}.broken` };
}

/** Tells stores apart in a folder above them; the usual store needs no mark. */
const mark = (path: string): string =>
  path === join('.press9', 'store.db') ? '' : `.${encodeURIComponent(path.replaceAll('\\', '/'))}`;

/** True also for what cannot be looked at: it may be there. */
export function mayExist(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ENOTDIR';
  }
}
