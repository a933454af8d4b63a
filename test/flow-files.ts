import { readdirSync } from 'node:fs';
import { join } from 'node:path';

export const ROOT = join(import.meta.dirname, '..');

/** Every flow file of the examples. */
export const listFlows = (): string[] =>
  readdirSync(join(ROOT, 'flows'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.xml'))
    .map((path) => join(ROOT, 'flows', path));
