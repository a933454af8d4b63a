import { statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

const NAMES = ['press9.yaml', 'press9.yml'];

/** The file that is named, else the nearest press9.yaml from the working folder upwards. */
export function findConfig(cwd: string, named: string | undefined): string | undefined {
  if (named !== undefined) return resolve(cwd, named);
  for (let folder = resolve(cwd); ; folder = dirname(folder)) {
    const found = NAMES.map((name) => join(folder, name)).find((path) => statSync(path, { throwIfNoEntry: false })?.isFile());
    if (found !== undefined || folder === dirname(folder)) return found;
  }
}
