import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { CannotMeasure } from './benchmark.ts';
import { median } from './measure.ts';

/** The program as it is published. Never built here: what is measured is what is there. */
export function builtProgram(): string {
  const bin = fileURLToPath(new URL('../dist/bin.js', import.meta.url));
  if (!existsSync(bin))
    throw new CannotMeasure('dist/bin.js is not there, so there is nothing to start. Run "npm run build" first.');
  return bin;
}

/** Milliseconds from start to end of a Node program, the middle of several. */
export function timeOf(args: readonly string[], starts: number): number {
  const times = Array.from({ length: starts }, () => {
    const begun = performance.now();
    const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    if (status !== 0) throw new CannotMeasure(`"node ${args.join(' ')}" ended with ${status}: ${stderr.trim()}`);
    return performance.now() - begun;
  });
  return median(times);
}
