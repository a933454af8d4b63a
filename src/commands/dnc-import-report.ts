import { closeSync, fsyncSync, openSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { csvLine, guarded } from '../adapters/csv-write.ts';
import { sayWhy } from '../adapters/sqlite-driver.ts';
import { UserError } from '../core/problem.ts';
import type { Outcome, Told, Window } from './dnc-import-window.ts';
import { refuseDatabase } from './write-whole.ts';

/** What became of the rows. Written beside the file that it becomes, and put in its place at the end. */
export type Report = {
  /** All rows, or only those that were refused. */
  whole: boolean;
  path: string;
  counts: Readonly<Record<Outcome, number>>;
  /** Why there is none, though rows were refused; one that was asked for throws. */
  readonly trouble: string | undefined;
  /** Counts every entry, and tells those that are to be told. */
  tell(window: Pick<Window, 'count' | 'outcome' | 'told'>): void;
  /** Writes what is told so far. */
  flush(): void;
  /** @param note for a last line; of what was not done after all. */
  finish(note?: string): void;
  /** Nothing is left of it. */
  drop(): void;
};

const HEADER = csvLine(['row', 'line', 'cell', 'number', 'outcome', 'why']);
const FLUSH = 1 << 16;

/**
 * @param wanted where all rows are told. Without it only refused ones are, beside the file, and nothing when there is none.
 * @throws UserError when one that is wanted cannot be written, by any of its methods.
 */
export function createReport(file: string, wanted: string | undefined): Report {
  const path = wanted ?? `${file}.report.csv`;
  const counts: Record<Outcome, number> = { undecided: 0, added: 0, 'already there': 0, duplicate: 0, refused: 0, 'left out': 0 };
  const draft = draftOf(path);
  let trouble: string | undefined;
  let begun = false;
  let fd: number | undefined;
  let waiting = '';

  function trying(work: () => void): void {
    if (trouble !== undefined) return;
    try {
      work();
    } catch (error) {
      trouble = `The report ${path} cannot be written: ${sayWhy(error)}.`;
      if (wanted !== undefined) throw new UserError(trouble, { exitCode: 1 });
    }
  }

  function write(text: string): void {
    if (!begun) waiting = HEADER;
    begun = true;
    waiting += text;
    if (waiting.length > FLUSH) flush();
  }

  function flush(): void {
    if (!begun) return;
    trying(() => {
      fd ??= openSync(draft, 'w', 0o600);
      for (let bytes = Buffer.from(waiting); bytes.length > 0; ) bytes = bytes.subarray(writeSync(fd, bytes));
    });
    waiting = '';
  }

  if (wanted !== undefined) {
    write('');
    flush();
  }
  return {
    whole: wanted !== undefined,
    path,
    counts,
    get trouble() {
      return trouble;
    },
    tell(window) {
      for (let entry = 0; entry < window.count; entry++) {
        const outcome = window.outcome(entry);
        counts[outcome]++;
        if (wanted !== undefined || outcome === 'refused') write(lineOf(window.told(entry)));
      }
    },
    flush,
    finish(note) {
      if (begun && note !== undefined) write(`# ${note}\n`);
      flush();
      trying(() => {
        if (fd === undefined) return;
        if (draft !== path) fsyncSync(fd);
        closeSync(fd);
        fd = undefined;
        if (draft !== path) renameSync(draft, path);
      });
    },
    drop() {
      if (fd !== undefined) closeSync(fd);
      fd = undefined;
      if (draft !== path) rmSync(draft, { force: true });
    },
  };
}

/** A device is written to as it is. */
function draftOf(path: string): string {
  const there = statSync(path, { throwIfNoEntry: false });
  if (there?.isFile()) refuseDatabase(path);
  return there && !there.isFile() && !there.isDirectory() ? path : `${path}.${process.pid}.part`;
}

const lineOf = ({ row, line, cell, number, outcome, why }: Told): string =>
  csvLine([String(row), String(line), guarded(cell), guarded(number), outcome, why]);
