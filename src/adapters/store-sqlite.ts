import { randomUUID } from 'node:crypto';
import type { Fact } from '../core/facts.ts';
import type { FactImport, Facts, Outbox } from '../core/ports.ts';
import { linkedAudit } from './audit-linked.ts';
import { createJournal, type Journal } from './facts-journal.ts';
import { oldestFirst, select, selectPages } from './facts-select.ts';
import type { SqliteFacts } from './facts-sqlite.ts';
import { prefixesOf } from './facts-subjects.ts';
import { mayExist } from './journal-path.ts';
import { sayWhy } from './sqlite-driver.ts';
import type { StoreFile } from './sqlite-open.ts';
import { type Stamp, stampFacts } from './stamp.ts';
import { type Connection, createLink, type Link, writing } from './store-link.ts';
import { type Store, StoreError } from './store-shape.ts';

/** A SQLite file with its journal. See {@link Store}. */
export async function openSqliteStore(file: StoreFile, stamp: Stamp): Promise<Store> {
  const { path } = file;
  const journal = createJournal(path);
  const link = createLink(file, stamp, journal);
  const { problem, notes } = await firstContact(link, journal);
  const facts = journalled(link, journal, stamp);
  return {
    facts,
    outbox: linkedOutbox(link),
    audit: linkedAudit(link),
    recordMany: (chunks, by) => writing(link, ({ facts }) => link.alone(() => facts.recordMany(chunks, by))),
    aboutMany: facts.aboutMany,
    pages: facts.pages,
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

async function firstContact(link: Link, journal: Journal): Promise<{ problem?: string; notes: string[] }> {
  const { path } = link.file;
  const found = await link.reach();
  if ('problem' in found) return { problem: `The store ${path} cannot be made: ${found.problem}.`, notes: [] };
  if (found.readOnly) return { problem: `The store ${path} is read-only.`, notes: [] };
  const notes = found.created ? earlierStore(found) : [];
  if (!journal.pending()) return { notes };
  try {
    const { facts, broken } = found.import();
    if (facts) notes.push(`${facts} journalled opt-out${facts === 1 ? ' was' : 's were'} taken over into the store.`);
    if (broken) notes.push(`${broken} broken line${broken === 1 ? '' : 's'} of the journal: kept in ${journal.broken}.`);
    return { notes };
  } catch (error) {
    return { problem: `The journal beside ${path} cannot be taken over: ${sayWhy(error)}. Its opt-outs count.`, notes };
  }
}

/** A store that is gone has left the head of its audit chain. */
function earlierStore({ anchor }: Connection): string[] {
  try {
    const head = anchor.read();
    if (!head) return [];
    return [`${anchor.path} tells of an earlier store here with ${head.seq} audit entries, which is gone.`];
  } catch {
    return [];
  }
}

function journalled(link: Link, journal: Journal, stamp: Stamp): Facts & Pick<FactImport, 'aboutMany' | 'pages'> {
  const { path } = link.file;
  const unreadable = (error: unknown) => new StoreError(`the store ${path} cannot be read: ${sayWhy(error)}`, { cause: error });

  /** A store that could not be made when we opened may have been made since, by another process. */
  async function reading<T>(work: (stored: SqliteFacts | undefined, waiting: readonly Fact[]) => Promise<T>): Promise<T> {
    try {
      const waiting = journal.pendingLately() ? journal.read().flatMap(({ facts }) => facts) : [];
      const found = link.now() ?? (mayExist(path) ? await link.reach() : undefined);
      return await work(found && 'facts' in found ? found.facts : undefined, waiting);
    } catch (error) {
      throw unreadable(error);
    }
  }

  const oldest = async (stored: SqliteFacts | undefined) => (await stored?.list({}))?.toReversed() ?? [];
  const hide = () => link.now()?.audit.seal.hide ?? ((number: string) => number as Fact['number']);

  return {
    async record(facts, posts) {
      const recorded = await writing(link, (connection) => connection.facts.record(facts, posts));
      if (journal.pending()) takeOverQuietly(link);
      return recorded;
    },
    about: (number) =>
      reading(async (stored, waiting) => {
        const known = (await stored?.about(number)) ?? [];
        if (waiting.length === 0) return known;
        const meant = new Set([number, ...prefixesOf(number)]);
        return oldestFirst(joined(known, waiting)).filter((fact) => meant.has(fact.number));
      }),
    aboutMany: (numbers) =>
      reading(async (stored, waiting) => {
        const known = new Map(await stored?.aboutMany(numbers));
        const meant = waiting.length > 0 ? new Set(numbers) : undefined;
        for (const fact of waiting.filter(({ number }) => meant?.has(number)))
          known.set(fact.number, oldestFirst(joined(known.get(fact.number) ?? [], [fact])));
        return known;
      }),
    async *pages(query) {
      const pages = await reading(async (stored, waiting) => {
        if (waiting.length === 0) return stored?.pages(query) ?? [];
        return selectPages(joined(await oldest(stored), waiting), query, hide(), stamp.now());
      });
      try {
        yield* pages;
      } catch (error) {
        throw unreadable(error);
      }
    },
    list: (query) =>
      reading(async (stored, waiting) => {
        if (waiting.length === 0) return (await stored?.list(query)) ?? [];
        return select(joined(await oldest(stored), waiting), query, hide(), stamp.now());
      }),
    erase: (number, by) =>
      writing(link, async (connection) => {
        if (journal.pending()) connection.import();
        const erased = await connection.facts.erase(number, by);
        journal.forget(number);
        return erased;
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

function linkedOutbox(link: Link): Outbox {
  return {
    add: (posts) => writing(link, ({ outbox }) => outbox.add(posts)),
    due: async (at, limit) => (await link.now()?.outbox.due(at, limit)) ?? [],
    settle: (id, result) => writing(link, ({ outbox }) => outbox.settle(id, result)),
  };
}
