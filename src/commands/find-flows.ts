import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { UserError } from '../core/problem.ts';
import { suggest } from '../core/suggest.ts';

/** A flow file, from the working folder. `guessed` when a folder was named and this file lies below it. */
export type FoundFlow = { path: string; guessed: boolean };

/**
 * The files that names on the command line mean: a file itself; of a folder its flow.xml, else every .xml below it.
 * @throws UserError (exit code 2) when a name means nothing.
 */
export async function findFlows(cwd: string, names: readonly string[]): Promise<readonly FoundFlow[]> {
  const found = new Map<string, FoundFlow>();
  for (const name of names) {
    for (const one of await findOne(cwd, name)) if (!found.has(one.path)) found.set(one.path, one);
  }
  return [...found.values()];
}

async function findOne(cwd: string, name: string): Promise<readonly FoundFlow[]> {
  const full = resolve(cwd, name);
  const kind = await kindOf(full);
  const shown = (path: string) => relative(cwd, path) || path;
  if (kind === 'file') return [{ path: shown(full), guessed: false }];
  if (kind === undefined) throw await missing(cwd, name);
  const own = join(full, 'flow.xml');
  if ((await kindOf(own)) === 'file') return [{ path: shown(own), guessed: false }];
  const below = (await readdir(full, { recursive: true })).filter(
    (path) => /\.xml$/i.test(path) && !/(^|[\\/])(\.|node_modules)/.test(path),
  );
  if (below.length === 0) throw new UserError(`There is no flow in the folder ${name}: no flow.xml, and no .xml file below it.`);
  return below.sort().map((path) => ({ path: shown(join(full, path)), guessed: true }));
}

async function kindOf(path: string): Promise<'file' | 'folder' | undefined> {
  const about = await stat(path).catch(() => undefined);
  return about && (about.isDirectory() ? 'folder' : 'file');
}

/** Names the nearest name in the folder, and of `a/b/c.xml` the first folder that is not there. */
async function missing(cwd: string, name: string): Promise<UserError> {
  const full = resolve(cwd, name);
  const folder = dirname(full);
  if (folder !== full && (await kindOf(folder)) !== 'folder') {
    const shown = relative(cwd, folder) || folder;
    const near = await nearest(folder);
    return new UserError(`There is no flow ${name}: the folder ${shown} does not exist.`, {
      advice:
        near === undefined
          ? `Looked for ${full}.`
          : `Did you mean ${join(relative(cwd, dirname(folder)), near, basename(full))}?`,
    });
  }
  const near = await nearest(full);
  const advice = near === undefined ? `Looked for ${full}.` : `Did you mean ${join(dirname(name), near)}? Looked for ${full}.`;
  return new UserError(`There is no file or folder ${name}.`, { advice });
}

async function nearest(path: string): Promise<string | undefined> {
  const beside = await readdir(dirname(path)).catch((): string[] => []);
  return suggest(basename(path), beside);
}
