import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findFlows } from '../commands/find-flows.ts';
import { createFlowCache, type FlowCache } from '../commands/test-flows.ts';
import { UserError } from '../core/problem.ts';

const modifiedAt = (file: string): number | undefined => statSync(file, { throwIfNoEntry: false })?.mtimeMs;

type Known = { cache: FlowCache; stamps: Map<string, number | undefined> };
const folders = new Map<string, Known>();

/** The file of a flow that a test names: a file, a folder that holds flow.xml, or a file: URL. */
export async function flowFile(cwd: string, named: string | URL): Promise<string> {
  const name = typeof named === 'string' && !named.startsWith('file:') ? named : fileURLToPath(named);
  const [found, ...more] = await findFlows(cwd, [name]);
  if (!found || more.length > 0) throw new UserError(`${name} holds more than one flow; name one of them.`);
  return resolve(cwd, found.path);
}

/** Flows of a working folder, loaded once and again when one of their files has changed. */
export function flowsOf(cwd: string): FlowCache['load'] {
  const known = folders.get(cwd) ?? { cache: createFlowCache(cwd), stamps: new Map() };
  folders.set(cwd, known);
  const { cache, stamps } = known;
  return async (path, scenario) => {
    const changed = [...cache.filesOf(path)].filter((file) => stamps.has(file) && stamps.get(file) !== modifiedAt(file));
    if (changed.length > 0) cache.forget(new Set(changed));
    const set = await cache.load(path, scenario);
    for (const file of cache.filesOf(path)) stamps.set(file, modifiedAt(file));
    return set;
  };
}
