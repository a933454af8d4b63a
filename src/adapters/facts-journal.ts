import { randomUUID } from 'node:crypto';
import {
  closeSync,
  fstatSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  statSync,
  unlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import type { Fact } from '../core/facts.ts';
import type { E164 } from '../core/ids.ts';
import type { Post } from '../core/ports.ts';
import { journalFiles, mayExist } from './journal-path.ts';
import { sayWhy } from './sqlite-driver.ts';
import { StoreError } from './store-shape.ts';

/** What the store could not record. */
export type Entry = { facts: readonly Fact[]; posts: readonly Post[] };
export type Imported = { facts: number; broken: number };

/**
 * The file that keeps opt-outs when the store cannot. One entry a line; a line broken by a crash was never
 * acknowledged and stands in nobody's way.
 */
export type Journal = {
  pending(): boolean;
  /** The same for those who ask thousands of times a second: another process's entry is seen a millisecond later. */
  pendingLately(): boolean;
  read(): readonly Entry[];
  /** Durable when it returns the path written. @throws StoreError when no place beside or above the store can be written. */
  append(entry: Entry): string;
  /** Hands every entry to `insert`, and removes the files after it has returned. Killed in between, it is done again. */
  importInto(insert: (entries: readonly Entry[]) => void): Imported;
  /** Drops broken lines that hold a number. */
  forget(number: E164): void;
  /** Where lines that could not be read are kept. */
  broken: string;
};

export function createJournal(store: string): Journal {
  const { all, importing, broken } = journalFiles(store);

  // The journals first, then those under import, then (by the caller) the store: the way that an entry travels.
  const readAll = () => [...all, ...filesIn(importing)].map(readEntries);

  const pending = () => all.some(mayExist) || mayExist(importing);
  let looked: { at: number; found: boolean } | undefined;

  return {
    broken,
    pending,
    pendingLately() {
      const at = performance.now();
      if (!looked || looked.found || at > looked.at + 1) looked = { at, found: pending() };
      return looked.found;
    },
    read: () => readAll().flatMap(({ entries }) => entries),
    append(entry) {
      looked = undefined;
      const line = `\n${JSON.stringify({ v: 1, ...entry })}\n`;
      let first: unknown;
      for (const file of all) {
        try {
          appendDurably(file, line);
          return file;
        } catch (error) {
          first ??= error;
        }
      }
      throw new StoreError(`the journal cannot be written, neither beside ${store} nor in a folder above: ${sayWhy(first)}`);
    },
    importInto(insert) {
      for (const file of all) moveInto(importing, file);
      const files = filesIn(importing);
      const read = files.map(readEntries);
      const entries = read.flatMap((file) => file.entries);
      insert(entries);
      const lines = read.flatMap((file) => file.broken);
      if (lines.length > 0) appendDurably(broken, `${lines.join('\n')}\n`);
      for (const file of files) unlessGone(() => unlinkSync(file));
      unlessGone(() => rmdirSync(importing), 'ENOTEMPTY');
      return { facts: entries.flatMap(({ facts }) => facts).length, broken: lines.length };
    },
    forget(number) {
      const lines = unlessGone(() => readFileSync(broken, 'utf8'))?.split('\n') ?? [];
      const kept = lines.filter((line) => !line.includes(number.slice(-10)));
      if (kept.length < lines.length) writeFileSync(broken, kept.join('\n'), { mode: 0o600 });
    },
  };
}

/** Writes and syncs; once more when the file was taken for import meanwhile, for the importer may have read it before. */
function appendDurably(path: string, text: string): void {
  const bytes = Buffer.from(text);
  for (let tries = 0; tries < 20; tries++) {
    const fd = openSync(path, 'a', 0o600);
    try {
      const whole = writeSync(fd, bytes) === bytes.length;
      fsyncSync(fd);
      const stillThere = statSync(path, { throwIfNoEntry: false })?.ino === fstatSync(fd).ino;
      if (!whole || !stillThere) continue;
      syncFolder(dirname(path));
      return;
    } finally {
      closeSync(fd);
    }
  }
  throw new Error(`${path} could not be written whole`);
}

/** So that the file's name outlives a power cut too. Windows cannot open a folder, and does not need it. */
function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const fd = openSync(folder, 'r');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

/** Moving comes before reading: what is appended from then on goes to a new file. */
function moveInto(folder: string, file: string): void {
  if (!mayExist(file)) return;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  unlessGone(() => renameSync(file, join(folder, `${randomUUID()}.ndjson`)));
}

const filesIn = (folder: string): readonly string[] =>
  unlessGone(() => readdirSync(folder))
    ?.toSorted()
    .map((name) => join(folder, name)) ?? [];

function readEntries(file: string): { entries: readonly Entry[]; broken: readonly string[] } {
  const lines = (unlessGone(() => readFileSync(file, 'utf8')) ?? '').split('\n').filter((line) => line.trim() !== '');
  const read = lines.map((line) => ({ line, entry: parseLine(line, file) }));
  return {
    entries: read.flatMap(({ entry }) => entry ?? []),
    broken: read.filter(({ entry }) => entry === undefined).map(({ line }) => line),
  };
}

/** @throws Error for an entry of a newer press9: it must count, and cannot be read. */
function parseLine(line: string, file: string): Entry | undefined {
  let value: { v?: unknown; facts?: unknown; posts?: unknown } | null;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined;
  }
  if (typeof value?.v === 'number' && value.v > 1) throw new Error(`${file} was written by a newer press9`);
  const { facts, posts } = value ?? {};
  return Array.isArray(facts) && facts.every(isFact) && Array.isArray(posts) ? { facts, posts } : undefined;
}

const isFact = (value: Partial<Fact> | null): value is Fact =>
  [value?.id, value?.kind, value?.number, value?.scope].every((field) => typeof field === 'string');

const GONE = ['ENOENT', 'ENOTDIR'];

/** Undefined when another process was faster, or the folder is none. */
function unlessGone<T>(work: () => T, also?: string): T | undefined {
  try {
    return work();
  } catch (error) {
    if ([...GONE, also].includes((error as NodeJS.ErrnoException).code)) return undefined;
    throw error;
  }
}
