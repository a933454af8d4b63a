import { closeSync, fchmodSync, fstatSync, openSync, writeSync } from 'node:fs';
import type { Logged } from '../core/event.ts';
import { flatten, unflatten } from '../core/flatten.ts';
import type { CallLog } from '../core/ports.ts';
import { type Problem, UserError } from '../core/problem.ts';

/** One event a line, flattened, with whole numbers: a recording that can be replayed. */
export function createNdjsonLog(write: (line: string) => void): CallLog {
  return {
    append: (logged) => write(`${JSON.stringify(flatten(logged))}\n`),
    close: async () => {},
  };
}

/**
 * Records into a file that only its owner may read, because phone numbers stand in it whole. Each line is written when it
 * happens. A file that was there is written over.
 * @throws UserError when the file cannot be made; on `close`, when a line could not be written (disk full).
 */
export function createFileLog(path: string): CallLog {
  const file = openPrivate(path);
  let trouble: unknown;
  const log = createNdjsonLog((line) => {
    try {
      if (trouble === undefined) writeSync(file, line);
    } catch (error) {
      trouble = error; // the call goes on; whoever closes the log is told
    }
  });
  return {
    append: log.append,
    close: async () => {
      closeSync(file);
      if (trouble !== undefined)
        throw new UserError(`The recording ${path} is incomplete: ${because(trouble)}.`, { exitCode: 1 });
    },
  };
}

function openPrivate(path: string): number {
  try {
    const file = openSync(path, 'w', 0o600);
    // A file that was there keeps its mode otherwise; a device such as /dev/stdout is not ours to change.
    if (fstatSync(file).isFile()) fchmodSync(file, 0o600);
    return file;
  } catch (error) {
    throw new UserError(`Cannot record into ${path}: ${because(error)}.`);
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'its folder does not exist',
  EISDIR: 'it is a folder',
  EACCES: 'permission is missing',
  EPERM: 'permission is missing',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
};

function because(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return REASONS[code] ?? (error instanceof Error ? error.message : String(error));
}

export type ParsedRecording = { ok: true; log: readonly Logged[] } | { ok: false; problem: Problem };

/** A recording read back, exactly as it was logged, or the first line that is wrong. */
export function parseRecording(text: string, file = 'recording'): ParsedRecording {
  const log: Logged[] = [];
  const lines = text.replace(/^\ufeff/, '').split(/\r?\n/);
  for (const [i, line] of lines.entries()) {
    if (line.trim() === '') continue;
    const read = readLine(line, log);
    if (typeof read === 'string') return { ok: false, problem: problemAt(file, i + 1, read) };
    log.push(read);
  }
  if (log.length === 0) return { ok: false, problem: problemAt(file, 1, 'it is empty') };
  return { ok: true, log };
}

function readLine(line: string, before: readonly Logged[]): Logged | string {
  let flat: unknown;
  try {
    flat = JSON.parse(line);
  } catch {
    return 'it is not complete JSON';
  }
  const logged = unflatten(flat);
  if (typeof logged === 'string') return logged;
  if (logged.seq !== before.length + 1) return `event ${before.length + 1} should be here, but "seq" says ${logged.seq}`;
  const first = before[0];
  if (first === undefined) return logged.e.type === 'started' ? logged : 'a recording begins with "started"';
  return logged.call === first.call ? logged : 'another call begins here; a recording holds one call';
}

const problemAt = (file: string, line: number, says: string): Problem => ({
  code: 'bad-recording',
  severity: 'error',
  at: { file, line, column: 1 },
  says: `This line of the recording cannot be read: ${says}.`,
  try: 'Make the recording again with: press9 run FLOW --record FILE',
});
