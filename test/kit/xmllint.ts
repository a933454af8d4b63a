import { spawnSync } from 'node:child_process';

/** Is xmllint on this machine? Where it is not, whatever needs it is skipped, and said to be. */
export const hasXmllint = spawnSync('xmllint', ['--version']).error === undefined;

/** Says once for a file of tests what was not tried without it. */
export function sayWithoutXmllint(untried: string): void {
  if (!hasXmllint) process.stderr.write(`\n!!! SKIPPED: ${untried}, because xmllint is not installed here.\n\n`);
}
