import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { CannotMeasure } from './benchmark.ts';

const quoted = (word: string): string => `'${word.replaceAll("'", "'\\''")}'`;

/** @throws CannotMeasure where no pseudo terminal can be made. */
export function needTerminal(): void {
  if (spawnSync('script', ['--version']).status !== 0)
    throw new CannotMeasure('it needs "script" of util-linux, which makes the pseudo terminal.');
}

/** A node program in a terminal of 80x24, in a process group of its own, so that all of it can be ended. */
export function inTerminal(args: readonly string[], cwd: string): ChildProcess {
  const command = `stty cols 80 rows 24; exec ${[process.execPath, ...args].map(quoted).join(' ')}`;
  const env = { ...process.env, TERM: 'xterm-256color' };
  return spawn('script', ['-qfec', command, '/dev/null'], { cwd, env, detached: true, stdio: ['pipe', 'pipe', 'inherit'] });
}

/** The process that runs in the terminal. */
export function insideOf({ pid }: ChildProcess): number {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ');
  return Number(children[0]);
}

/** Resident memory of a process, in megabytes. */
export const residentOf = (pid: number): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;

/** Processor time a process has used so far, in milliseconds: clock ticks are hundredths of a second on Linux. */
export function processorOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
}
