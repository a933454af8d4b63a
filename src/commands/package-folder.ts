import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Where the examples are: this file runs as source, or as a part of the built program. */
export function packageFolder(from = import.meta.dirname): string {
  if (existsSync(join(from, 'flows', 'appointment-reminder', 'flow.xml')) || dirname(from) === from) return from;
  return packageFolder(dirname(from));
}
