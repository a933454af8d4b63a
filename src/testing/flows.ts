import { statSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findFlows } from '../commands/find-flows.ts';
import { flowPorts } from '../commands/open-flow.ts';
import { showPlace, UserError } from '../core/problem.ts';
import { loadFlow } from '../flow/load.ts';
import type { FlowSet } from '../flow/model.ts';

/** The file of a flow that a test names: a file, a folder that holds flow.xml, or a `file:` URL. */
export async function flowFile(cwd: string, named: string | URL): Promise<string> {
  const name = typeof named === 'string' && !named.startsWith('file:') ? named : fileURLToPath(named);
  const [found, ...more] = await findFlows(cwd, [name]);
  if (!found || more.length > 0) throw new UserError(`${name} holds more than one flow; name one of them.`);
  return resolve(cwd, found.path);
}

type Stamps = ReadonlyMap<string, number | undefined>;
type Loaded = { set: Promise<FlowSet>; stamps: Stamps };
const loaded = new Map<string, Loaded>();

const changedAt = (file: string): number | undefined => statSync(file, { throwIfNoEntry: false })?.mtimeMs;
const isFresh = (stamps: Stamps): boolean => [...stamps].every(([file, at]) => changedAt(file) === at);

/** A flow, loaded once, and again when one of the files it was made from has changed. @throws UserError with its errors. */
export function flowAt(cwd: string, path: string): Promise<FlowSet> {
  const known = loaded.get(path);
  if (known && isFresh(known.stamps)) return known.set;
  const stamps = new Map<string, number | undefined>();
  const set = load(cwd, relative(cwd, path), stamps);
  loaded.set(path, { set, stamps });
  return set;
}

async function load(cwd: string, path: string, stamps: Map<string, number | undefined>): Promise<FlowSet> {
  const ports = flowPorts(cwd, path);
  const result = await loadFlow(path, {
    ...ports,
    read(file) {
      const full = resolve(cwd, file);
      stamps.set(full, changedAt(full));
      return ports.read(file);
    },
  });
  if (result.ok) return result.set;
  const errors = result.problems.filter(({ severity }) => severity === 'error');
  throw new UserError(
    [`The flow cannot be run:`, ...errors.map(({ at, code, says }) => `  ${showPlace(at)}: ${code} ${says}`)].join('\n'),
  );
}
