import { type FSWatcher, statSync, watch } from 'node:fs';
import type { Cancel } from '../core/ports.ts';

/** A save is often several events: a new file, a rename, a change of dates. */
const SETTLE = 50;

export type FolderWatch = {
  /**
   * Watches these folders, without those below them, and no others. A folder that is not there is left out. True when
   * some were not watched before: what changed in them until now was not seen.
   */
  follow(folders: Iterable<string>): boolean;
  close: Cancel;
};

/** Calls `changed` once things have settled after something in a followed folder changed. What changed is for the caller to find out. */
export function watchFolders(changed: () => void): FolderWatch {
  const watched = new Map<string, { watcher: FSWatcher; made: string }>();
  let timer: NodeJS.Timeout | undefined;
  const stir = () => {
    clearTimeout(timer);
    timer = setTimeout(changed, SETTLE);
  };
  const drop = (folder: string) => {
    watched.get(folder)?.watcher.close();
    watched.delete(folder);
  };
  return {
    follow(folders) {
      const wanted = new Set(folders);
      for (const folder of watched.keys()) if (!wanted.has(folder)) drop(folder);
      let more = false;
      for (const folder of wanted) {
        // A folder that was removed and made again is another one.
        const about = statSync(folder, { throwIfNoEntry: false });
        const made = `${about?.ino} ${about?.birthtimeMs}`;
        if (watched.get(folder)?.made === made) continue;
        drop(folder);
        if (!about) continue;
        try {
          const watcher = watch(folder, stir).on('error', () => drop(folder));
          watched.set(folder, { watcher, made });
          more = true;
        } catch {
          // It went away just now; the folder above it tells.
        }
      }
      return more;
    },
    close() {
      clearTimeout(timer);
      for (const folder of [...watched.keys()]) drop(folder);
    },
  };
}
