import type { Fact } from '../core/facts.ts';
import { createMemoryAudit } from './audit-memory.ts';
import { createIdentity, createSeal } from './audit-seal.ts';
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
    /** The store may not grow beyond so many pages of 4 KiB: a disk with so much room left. */
    maxPages?: number;
  };

/**
 * Opens the store that the options, the environment or the working folder name, and makes it when there is none.
 * A store that cannot be made does not throw: `health` tells, and only the journal is read.
 * @throws UserError for a store that is there and cannot be read.
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  const place = findStore(options);
  if (place.kind === 'memory') return createMemoryStore(options);
  const { patience = 5000, maxPages } = options;
  return openSqliteStore({ path: place.path, patience, ...(maxPages !== undefined && { maxPages }) }, options);
}

/** For tests, simulations and `--store memory:`. */
export function createMemoryStore(stamp: Stamp): Store {
  const outbox = createMemoryOutbox();
  const kept: Fact[] = [];
  const audit = createMemoryAudit(createSeal(createIdentity()), stamp.now, kept);
  const facts = createMemoryFacts(stamp, audit, kept, outbox);
  return {
    facts,
    outbox,
    audit: audit.trail,
    recordMany: facts.recordMany,
    aboutMany: facts.aboutMany,
    pages: facts.pages,
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
