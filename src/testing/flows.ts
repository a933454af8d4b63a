import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findFlows } from '../commands/find-flows.ts';
import { createFlowCache, type FlowCache, stampOf } from '../commands/flow-cache.ts';
import { showPlace, UserError } from '../core/problem.ts';
import type { FlowSet } from '../flow/model.ts';
import type { Scenario } from '../scenario/read.ts';
import { CannotRun } from '../scenario/world.ts';

/** The file of a flow that a test names: a file, a folder that holds flow.xml, or a `file:` URL. */
export async function flowFile(cwd: string, named: string | URL): Promise<string> {
  const name = typeof named === 'string' && !named.startsWith('file:') ? named : fileURLToPath(named);
  const [found, ...more] = await findFlows(cwd, [name]);
  if (!found || more.length > 0) throw new UserError(`${name} holds more than one flow; name one of them.`);
  return resolve(cwd, found.path);
}

const caches = new Map<string, FlowCache>();

function cacheOf(cwd: string): FlowCache {
  const known = caches.get(cwd) ?? createFlowCache(cwd);
  caches.set(cwd, known);
  return known;
}

/** A flow, loaded once, and again when one of the files it was made from has changed. @throws UserError with its errors. */
export async function flowAt(cwd: string, path: string, scenario: Scenario): Promise<FlowSet> {
  const cache = cacheOf(cwd);
  const changed = [...cache.filesOf(path)].filter(([file, stamp]) => stampOf(file) !== stamp);
  cache.forget(new Set(changed.map(([file]) => file)));
  try {
    return await cache.load(path, scenario);
  } catch (error) {
    if (!(error instanceof CannotRun)) throw error;
    const errors = error.problems.map(({ at, code, says }) => `  ${showPlace(at)}: ${code} ${says}`);
    throw new UserError(['The flow cannot be run:', ...errors].join('\n'));
  }
}
