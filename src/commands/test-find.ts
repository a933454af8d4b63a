import { type Dirent, readdirSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { UserError } from '../core/problem.ts';
import { suggest } from '../core/suggest.ts';

export type Found = {
  /** Scenario files, from the working folder, sorted. */
  files: readonly string[];
  /** Every folder that was looked into, absolute. */
  folders: readonly string[];
  /** The paths that were searched, as they were named. */
  looked: readonly string[];
};

/**
 * Scenario files: a file that is named; of a folder, whatever lies in a folder `scenarios` below it, and `*.scenario.yaml`.
 * Without paths `flows` is searched, or where there is none, the working folder.
 * @throws UserError (exit code 2) when a path is not there.
 */
export function findScenarios(cwd: string, paths: readonly string[]): Found {
  const looked = paths.length > 0 ? paths : [isFolder(join(cwd, 'flows')) ? 'flows' : '.'];
  const files = new Set<string>();
  const folders = new Set<string>();
  for (const path of looked) {
    const full = resolve(cwd, path);
    const about = statSync(full, { throwIfNoEntry: false });
    if (!about) throw missing(cwd, path);
    if (about.isDirectory()) search(full, files, folders);
    else files.add(full);
  }
  return { files: [...files].map((file) => relative(cwd, file)).sort(), folders: [...folders], looked };
}

function search(folder: string, files: Set<string>, folders: Set<string>): void {
  if (folders.has(folder)) return;
  folders.add(folder);
  const own = basename(folder) === 'scenarios';
  for (const entry of entriesOf(folder)) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (!entry.name.startsWith('.') && entry.name !== 'node_modules') search(path, files, folders);
    } else if (isScenario(entry.name, own) && (entry.isFile() || isFile(path))) files.add(path);
  }
}

const isScenario = (name: string, inScenarios: boolean): boolean =>
  !name.startsWith('.') && (inScenarios ? /\.ya?ml$/i : /\.scenario\.ya?ml$/i).test(name);

/** A folder that may not be read, or has just gone, holds nothing. */
function entriesOf(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;

function missing(cwd: string, path: string): UserError {
  const full = resolve(cwd, path);
  const near = suggest(
    basename(full),
    entriesOf(dirname(full)).map(({ name }) => name),
  );
  const meant = near === undefined ? '' : `Did you mean ${join(dirname(path), near)}? `;
  return new UserError(`There is no file or folder ${path}.`, { advice: `${meant}Looked for ${full}.` });
}

/** What to say when there is nothing to run. */
export const noneFound = ({ looked }: Found): UserError =>
  new UserError(`No scenarios in ${looked.join(', ')}.`, {
    exitCode: 1,
    advice:
      'A scenario is a .yaml file in a folder named scenarios, or is named *.scenario.yaml; a file named here is one in any case. ' +
      '--allow-none makes this fine.',
  });
