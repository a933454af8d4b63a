import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { ROOT } from '../source-files.ts';

export const BIN = join(ROOT, 'dist/bin.js');

export type Ran = { code: number | null; signal: NodeJS.Signals | null; out: string; err: string };
export type RunOptions = {
  cwd?: string;
  env?: Record<string, string>;
  /** Looked at after each piece of output; true kills the process at once, or sends it `signal`. */
  killWhen?: (out: string) => boolean;
  signal?: NodeJS.Signals;
};

/** Runs the built press9 and waits for its end. */
export function press9(
  args: readonly string[],
  { cwd = ROOT, env = {}, killWhen, signal: kill = 'SIGKILL' }: RunOptions = {},
): Promise<Ran> {
  const child: ChildProcess = spawn(process.execPath, [BIN, ...args], {
    cwd,
    env: { ...process.env, NO_COLOR: '1', PRESS9_STORE: '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ran: Ran = { code: null, signal: null, out: '', err: '' };
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    ran.out += text;
    if (killWhen?.(ran.out)) child.kill(kill);
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    ran.err += text;
  });
  return new Promise((done, fail) => {
    child.on('error', fail);
    child.on('close', (code, signal) => done({ ...ran, code, signal }));
  });
}

/** The first line that a process writes, or an empty one when it ends without. */
export async function firstLine({ stdout }: ChildProcess): Promise<string> {
  if (!stdout) return '';
  const { value = '' } = (await createInterface(stdout)[Symbol.asyncIterator]().next()) as { value?: string };
  stdout.resume();
  return value;
}

/** A folder that is gone when the work is done. */
export async function inTempFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'press9-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
