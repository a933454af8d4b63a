import { spawnSync } from 'node:child_process';

const told = spawnSync('python3', ['--version'], { encoding: 'utf8' });

/** Is Python 3.11 or newer on this machine? */
export const hasPython = Number(/^Python 3\.(\d+)/.exec(told.stdout ?? '')?.[1] ?? 0) >= 11;

/** Says once for a file of tests what was not tried without it. */
export function sayWithoutPython(untried: string): void {
  if (!hasPython) process.stderr.write(`\n!!! SKIPPED: ${untried}, because there is no Python 3.11 or newer here.\n\n`);
}
