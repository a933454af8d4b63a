/** Records in the order in which they came, each under a key and at a place; those that are open are known apart. */
export type Kept<T> = {
  readonly all: readonly T[];
  placeOf(key: string): number | undefined;
  find(key: string): T | undefined;
  /** In place of what was kept under this key, or behind all others. */
  put(key: string, record: T): void;
  /** Oldest first. */
  open(): readonly T[];
  clear(): void;
};

export function createKept<T>(isOpen: (record: T) => boolean): Kept<T> {
  const all: T[] = [];
  const places = new Map<string, number>();
  const open = new Set<number>();
  return {
    all,
    placeOf: (key) => places.get(key),
    find(key) {
      const place = places.get(key);
      return place === undefined ? undefined : all[place];
    },
    put(key, record) {
      const place = places.get(key) ?? all.length;
      if (place === all.length) places.set(key, place);
      all[place] = record;
      if (isOpen(record)) open.add(place);
      else open.delete(place);
    },
    // Whatever was over and is open again stands where it stood.
    open: () => [...open].toSorted((a, b) => a - b).map((place) => all[place] as T),
    clear() {
      all.length = 0;
      places.clear();
      open.clear();
    },
  };
}

/** The last ones, newest first. */
export const newest = <T>(all: readonly T[], limit: number): T[] => all.slice(Math.max(0, all.length - limit)).reverse();
