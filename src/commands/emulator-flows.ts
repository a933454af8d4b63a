import { relative, resolve } from 'node:path';
import { stopwatch } from '../adapters/stopwatch.ts';
import type { AppFlow, Flows, Told } from '../emulator/parts.ts';
import { flowNumber } from '../exotel/ids.ts';
import type { FlowSet } from '../flow/model.ts';
import { CannotRun } from '../scenario/world.ts';
import { findFlows } from './find-flows.ts';
import { createFlowCache, stampOf } from './flow-cache.ts';

export type FlowFolder = Flows & {
  /** Loads what is there. @throws UserError when there is no such folder, or no flow in it. */
  open(): Promise<void>;
};

/** Files are looked at again no more often than this, in milliseconds. */
const LOOK_AGAIN = 500;
/** The same for a flow that is not known: somebody may have written it just now. */
const UNKNOWN_AGAIN = 20;

/**
 * The flows of a folder, each by its app id and name. A file that was saved is read again before a call, and one that is asked
 * for and not known is looked for; while a file is broken, the calls go on with what it was.
 * @param say of flows that cannot be run, or are not what they were, as a sentence.
 * @param lookAgain after so many milliseconds.
 */
export function openFlowFolder(cwd: string, folder: string, say: (line: Told) => void, lookAgain = LOOK_AGAIN): FlowFolder {
  const cache = createFlowCache(cwd);
  const flows = new Map<string, AppFlow>();
  const told = new Map<string, string>();
  let lookedAt = Number.NEGATIVE_INFINITY;

  async function look(): Promise<void> {
    lookedAt = stopwatch();
    const found = (await findFlows(cwd, [folder])).map(({ path }) => resolve(cwd, path));
    for (const path of flows.keys()) if (!found.includes(path)) drop(path);
    for (const path of found) await load(path);
  }

  function drop(path: string): void {
    flows.delete(path);
    say({ about: 'flow', says: `${relative(cwd, path)} is gone.` });
  }

  async function load(path: string): Promise<void> {
    const changed = [...cache.filesOf(path)].filter(([file, stamp]) => stampOf(file) !== stamp);
    if (changed.length > 0) cache.forget(new Set(changed.map(([file]) => file)));
    else if (flows.has(path)) return;
    const set = await cache.open(path);
    const stamp = [...cache.filesOf(path).values()].join();
    if (set instanceof CannotRun) complain(path, stamp, set);
    else take(path, set);
  }

  function complain(path: string, stamp: string, { problems }: CannotRun): void {
    if (told.get(path) === stamp) return;
    told.set(path, stamp);
    const shown = relative(cwd, path);
    const kept = flows.has(path) ? '; calls go on with the flow as it was' : '';
    const errors = `${problems.length} ${problems.length === 1 ? 'error' : 'errors'}`;
    say({ about: 'trouble', says: `${shown} cannot be run: ${errors}${kept}. press9 check ${shown} lists them.` });
  }

  function take(path: string, set: FlowSet): void {
    const known = flows.get(path);
    if (known?.set === set) return;
    const shown = relative(cwd, path);
    if (known) say({ about: 'flow', says: `${shown} was read again.` });
    told.delete(path);
    flows.set(path, { app: known?.app ?? freeApp(flowNumber(set.root)), name: set.root, path: shown, set });
  }

  /** Two names in a hundred thousand may have the same number. */
  function freeApp(app: string): string {
    const taken = new Set([...flows.values()].map((flow) => flow.app));
    let free = Number(app);
    while (taken.has(String(free))) free++;
    return String(free);
  }

  const among = (app: string) => [...flows.values()].find((flow) => flow.app === app || flow.name === app);

  async function freshly(wait = lookAgain): Promise<void> {
    if (stopwatch() - lookedAt < wait) return;
    try {
      await look();
    } catch {
      // The folder is gone for the moment, as when an editor replaces it: what is known stays.
    }
  }

  return {
    open: look,
    async find(app) {
      await freshly();
      if (!among(app)) await freshly(Math.min(UNKNOWN_AGAIN, lookAgain));
      return among(app);
    },
    async list() {
      await freshly();
      return [...flows.values()];
    },
  };
}
