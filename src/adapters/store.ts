import { createMemoryFacts } from './facts-memory.ts';
import { createMemoryOutbox } from './outbox-memory.ts';
import type { Stamp } from './stamp.ts';
import { findStore, type StoreSearch } from './store-path.ts';
import type { Store } from './store-shape.ts';
import { openSqliteStore } from './store-sqlite.ts';

export type { Store } from './store-shape.ts';

export type StoreOptions = StoreSearch &
  Stamp & {
    /** How long to wait for a locked store, in milliseconds; 5000 unless told. */
    patience?: number;
  };

/**
 * Opens the store that the options, the environment or the working folder name, and makes it when there is none.
 * A store that cannot be made does not throw: `health` tells, and only the journal is read.
 * @throws UserError for a store that is there and cannot be read.
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  const place = findStore(options);
  return place.kind === 'memory' ? createMemoryStore(options) : openSqliteStore(place.path, options, options.patience ?? 5000);
}

/** For tests, simulations and `--store memory:`. */
export function createMemoryStore(stamp: Stamp): Store {
  const outbox = createMemoryOutbox();
  const facts = createMemoryFacts(stamp, outbox.keep);
  return {
    facts,
    outbox,
    describe: 'in memory, gone when this ends',
    health: 'ok',
    notes: [],
    async journal(fact, posts = []) {
      await facts.record([fact], posts);
      return 'memory:';
    },
    close: () => facts.close(),
  };
}
