import { statSync } from 'node:fs';
import { basename, dirname, relative, resolve } from 'node:path';
import { type FolderWatch, watchFolders } from '../adapters/watch-folders.ts';
import type { Cancel } from '../core/ports.ts';
import type { Problem } from '../core/problem.ts';
import { CannotRun } from '../scenario/world.ts';
import { createFlowCache, stampOf } from './flow-cache.ts';
import type { OpenedFlow } from './open-flow.ts';

/** The flow that the phone dials next. */
export type PhoneFlow = {
  current(): OpenedFlow;
  /** From now on this one; its problems, and no change, if it cannot be run. */
  choose(path: string): Promise<readonly Problem[]>;
  /** Reads it again, if a file of it looks different; its problems, and no change, if it cannot be run. */
  reload(): Promise<readonly Problem[]>;
  /** Hears when a file that it is made of was saved, removed or put back. */
  onSaved(listener: () => void): Cancel;
};

export function createPhoneFlow(cwd: string, start: OpenedFlow): PhoneFlow {
  const cache = createFlowCache(cwd);
  let current = start;
  /** How the files of the flow looked when they were seen last. */
  let seen = new Map(filesOf(cwd, start).map((file) => [file, stampOf(file)]));
  const watches = new Set<() => void>();
  /** One after the other: what was asked last is what counts. */
  let reading: Promise<unknown> = Promise.resolve();

  async function read(path: string): Promise<readonly Problem[]> {
    const full = resolve(cwd, path);
    cache.forget(new Set(changed(cache.filesOf(full))));
    const loaded = await cache.open(full);
    const broken = loaded instanceof CannotRun;
    if (!broken) current = { set: loaded, path: relative(cwd, full) };
    if (!broken || full === resolve(cwd, current.path)) seen = new Map(cache.filesOf(full));
    for (const follow of watches) follow();
    return broken ? loaded.problems : [];
  }

  function onSaved(listener: () => void): Cancel {
    const folders: FolderWatch = watchFolders(look);
    function look(): void {
      const files = changed(seen).filter((file) => basename(file) !== 'contacts.csv');
      for (const file of files) seen.set(file, stampOf(file));
      follow();
      if (files.length > 0) listener();
    }
    function follow(): void {
      if (folders.follow(new Set([...seen.keys()].map((file) => thereAbove(dirname(file)))))) look();
    }
    watches.add(follow);
    follow();
    return () => {
      watches.delete(follow);
      folders.close();
    };
  }

  function inTurn(path: () => string): Promise<readonly Problem[]> {
    const next = reading.then(() => read(path()));
    reading = next.catch(() => {});
    return next;
  }

  return {
    current: () => current,
    choose: (path) => inTurn(() => path),
    reload: () => inTurn(() => current.path),
    onSaved,
  };
}

const changed = (files: ReadonlyMap<string, string>): string[] =>
  [...files].flatMap(([file, stamp]) => (stampOf(file) === stamp ? [] : [file]));

/** The files that a flow was made of. */
function filesOf(cwd: string, { set, path }: OpenedFlow): string[] {
  const folder = resolve(cwd, dirname(path));
  const recordings = [...set.audio.keys()].filter((url) => !/^https?:/i.test(url));
  return [...[...set.flows.values()].map(({ file }) => resolve(cwd, file)), ...recordings.map((url) => resolve(folder, url))];
}

/** The folder, or of those above it the first that is there. */
function thereAbove(folder: string): string {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() || dirname(folder) === folder) return folder;
  return thereAbove(dirname(folder));
}
