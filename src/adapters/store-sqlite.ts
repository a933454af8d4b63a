import { randomUUID } from 'node:crypto';
import type { Fact } from '../core/facts.ts';
import type { Facts, Outbox } from '../core/ports.ts';
import { createJournal, type Imported, type Journal } from './facts-journal.ts';
import { oldestFirst, select } from './facts-memory.ts';
import { createSqliteFacts, type SqliteFacts } from './facts-sqlite.ts';
import { mayExist } from './journal-path.ts';
import { createSqliteOutbox } from './outbox-sqlite.ts';
import { inTransaction, sayWhy } from './sqlite-driver.ts';
import { openDatabase } from './sqlite-open.ts';
import { type Stamp, stampFacts } from './stamp.ts';
import { type Store, StoreError } from './store-shape.ts';

type Connection = { facts: SqliteFacts; outbox: Outbox; created: boolean; readOnly: boolean; import(): Imported; close(): void };

/** A SQLite file with its journal. See {@link Store}. */
export async function openSqliteStore(path: string, stamp: Stamp, patience: number): Promise<Store> {
  const journal = createJournal(path);
  const link = createLink(path, stamp, patience, journal);
  const { problem, notes } = await firstContact(path, link, journal);
  return {
    facts: journalled(path, link, journal),
    outbox: linkedOutbox(path, link),
    describe: `${path}${problem ? ' (cannot be used)' : link.now()?.created ? ' (new)' : ''}`,
    path,
    health: problem === undefined ? 'ok' : { problem },
    notes,
    async journal(fact, posts = []) {
      // An id of its own: a seeded one may be in the store already, and would be passed over when it is taken over.
      const id = `journal-${randomUUID()}`;
      return journal.append({
        facts: stampFacts([fact], { ...stamp, ids: { ...stamp.ids, next: () => id } }, () => false),
        posts,
      });
    },
    close: async () => link.close(),
  };
}

async function firstContact(path: string, link: Link, journal: Journal): Promise<{ problem?: string; notes: string[] }> {
  const found = await link.reach();
  if ('problem' in found) return { problem: `The store ${path} cannot be made: ${found.problem}.`, notes: [] };
  if (found.readOnly) return { problem: `The store ${path} is read-only.`, notes: [] };
  if (!journal.pending()) return { notes: [] };
  try {
    const { facts, broken } = found.import();
    const notes = facts ? [`${facts} journalled opt-out${facts === 1 ? ' was' : 's were'} taken over into the store.`] : [];
    if (broken) notes.push(`${broken} broken line${broken === 1 ? '' : 's'} of the journal: kept in ${journal.broken}.`);
    return { notes };
  } catch (error) {
    return { problem: `The journal beside ${path} cannot be taken over: ${sayWhy(error)}. Its opt-outs count.`, notes: [] };
  }
}

type Link = {
  /** @throws Error once closed, as `reach` does. */
  now(): Connection | undefined;
  /** The connection, tried again when there was none: what stood in the way may be gone. */
  reach(): Promise<Connection | { problem: string }>;
  close(): void;
};

function createLink(path: string, stamp: Stamp, patience: number, journal: Journal): Link {
  let connection: Connection | undefined;
  let closed = false;
  return {
    now() {
      if (closed) throw new Error('it is closed');
      return connection;
    },
    async reach() {
      if (closed) throw new Error('it is closed');
      if (connection) return connection;
      const opened = await openDatabase(path, patience);
      if ('problem' in opened) return opened;
      const { db, created, readOnly } = opened;
      const outbox = createSqliteOutbox(db);
      const facts = createSqliteFacts(db, stamp, outbox.keep);
      const takeOver = () =>
        journal.importInto((entries) =>
          inTransaction(db, () => {
            for (const entry of entries) {
              facts.insert(entry.facts);
              outbox.keep(entry.posts);
            }
          }),
        );
      connection = { facts, outbox, created, readOnly, import: takeOver, close: () => db.close() };
      return connection;
    },
    close() {
      closed = true;
      connection?.close();
      connection = undefined;
    },
  };
}

function journalled(path: string, link: Link, journal: Journal): Facts {
  /** A store that could not be made when we opened may have been made since, by another process. */
  async function reading<T>(work: (stored: SqliteFacts | undefined, waiting: readonly Fact[]) => Promise<T>): Promise<T> {
    try {
      const waiting = journal.pending() ? journal.read().flatMap(({ facts }) => facts) : [];
      const found = link.now() ?? (mayExist(path) ? await link.reach() : undefined);
      return await work(found && 'facts' in found ? found.facts : undefined, waiting);
    } catch (error) {
      throw new StoreError(`the store ${path} cannot be read: ${sayWhy(error)}`, { cause: error });
    }
  }

  return {
    async record(facts, posts) {
      const recorded = await writing(path, link, (connection) => connection.facts.record(facts, posts));
      if (journal.pending()) takeOverQuietly(link);
      return recorded;
    },
    about: (number) =>
      reading(async (stored, waiting) => {
        const known = (await stored?.about(number)) ?? [];
        return waiting.length === 0 ? known : oldestFirst(joined(known, waiting)).filter((fact) => fact.number === number);
      }),
    list: (query) =>
      reading(async (stored, waiting) => {
        if (waiting.length === 0) return (await stored?.list(query)) ?? [];
        const known = (await stored?.list({}))?.toReversed() ?? [];
        return select(joined(known, waiting), query);
      }),
    close: async () => link.close(),
  };
}

/** An import that was cut short leaves an entry in both. */
function joined(known: readonly Fact[], waiting: readonly Fact[]): readonly Fact[] {
  return [...new Map([...known, ...waiting].map((fact) => [fact.id, fact])).values()];
}

function takeOverQuietly(link: Link): void {
  try {
    link.now()?.import();
  } catch {
    // The entries stay in the journal, and count; the next opening tells why.
  }
}

function linkedOutbox(path: string, link: Link): Outbox {
  return {
    add: (posts) => writing(path, link, ({ outbox }) => outbox.add(posts)),
    due: async (at, limit) => (await link.now()?.outbox.due(at, limit)) ?? [],
    settle: (id, result) => writing(path, link, ({ outbox }) => outbox.settle(id, result)),
  };
}

/** @throws StoreError, always. */
async function writing<T>(path: string, link: Link, work: (connection: Connection) => Promise<T>): Promise<T> {
  try {
    const found = await link.reach();
    if ('problem' in found) throw new Error(found.problem);
    return await work(found);
  } catch (error) {
    throw new StoreError(`the store ${path} cannot be written: ${sayWhy(error)}`, { cause: error });
  }
}
