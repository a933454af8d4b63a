import type { Outbox } from '../core/ports.ts';
import { UserError } from '../core/problem.ts';
import { type Anchor, createAnchor } from './audit-anchor.ts';
import { createSqliteAudit, type SqliteAudit } from './audit-sqlite.ts';
import type { Imported, Journal } from './facts-journal.ts';
import { createSqliteFacts, type SqliteFacts } from './facts-sqlite.ts';
import { createSqliteOutbox } from './outbox-sqlite.ts';
import { inTransaction, sayWhy } from './sqlite-driver.ts';
import { type OpenedDatabase, openDatabase, type StoreFile, unreadable } from './sqlite-open.ts';
import type { Stamp } from './stamp.ts';
import { StoreError } from './store-shape.ts';

export type Connection = {
  facts: SqliteFacts;
  outbox: Outbox;
  audit: SqliteAudit;
  anchor: Anchor;
  created: boolean;
  readOnly: boolean;
  import(): Imported;
  close(): void;
};

/** A store's file, opened when it can be. */
export type Link = {
  file: StoreFile;
  /** @throws Error once closed, as `reach` does. */
  now(): Connection | undefined;
  /** The connection, tried again when there was none: what stood in the way may be gone. */
  reach(): Promise<Connection | { problem: string }>;
  /** Work that others have to wait for. */
  alone<T>(work: () => Promise<T>): Promise<T>;
  /** Ends when nobody works alone any more. */
  busy(): Promise<unknown> | undefined;
  close(): void;
};

export function createLink(file: StoreFile, stamp: Stamp, journal: Journal): Link {
  let connection: Connection | undefined;
  let closed = false;
  let busy: Promise<unknown> | undefined;
  return {
    file,
    now() {
      if (closed) throw new Error('it is closed');
      return connection;
    },
    async reach() {
      if (closed) throw new Error('it is closed');
      if (connection) return connection;
      const opened = await openDatabase(file);
      if ('problem' in opened) return opened;
      try {
        connection ??= connect(opened, file.path, stamp, journal);
        return connection;
      } catch (error) {
        opened.db.close();
        throw unreadable(file.path, error);
      }
    },
    async alone(work) {
      const mine = work();
      busy = mine.catch(() => {});
      return mine.finally(() => {
        busy = undefined;
      });
    },
    busy: () => busy,
    close() {
      closed = true;
      connection?.close();
      connection = undefined;
    },
  };
}

function connect({ db, created, readOnly }: OpenedDatabase, path: string, stamp: Stamp, journal: Journal): Connection {
  const outbox = createSqliteOutbox(db);
  const audit = createSqliteAudit(db, stamp.now);
  const facts = createSqliteFacts(db, stamp, audit, outbox.keep);
  const anchor = createAnchor(path);
  const takeOver = () =>
    journal.importInto((entries) =>
      inTransaction(db, () => {
        for (const entry of entries) {
          facts.insert(entry.facts);
          outbox.keep(entry.posts);
        }
      }),
    );
  const first = audit.head().seq;
  const close = () => {
    audit.flush();
    if (!readOnly && audit.head().seq > first) keepHead(audit, anchor);
    db.close();
  };
  return { facts, outbox, audit, anchor, created, readOnly, import: takeOver, close };
}

/** Writes the head of the chain beside the store. One that the chain does not reach, or not as it was, is left as a witness. */
export function keepHead(audit: SqliteAudit, anchor: Anchor): void {
  const head = audit.head();
  let kept: ReturnType<Anchor['read']>;
  try {
    kept = anchor.read();
  } catch {
    kept = undefined;
  }
  if (kept && (kept.store !== head.store || (kept.seq > 0 && audit.entry(kept.seq)?.hash !== kept.hash))) return;
  anchor.write(head);
}

/** @throws StoreError when the store cannot be written; what is the user's mistake stays one. */
export async function writing<T>(link: Link, work: (connection: Connection) => Promise<T>): Promise<T> {
  try {
    const found = await link.reach();
    if ('problem' in found) throw new Error(found.problem);
    while (link.busy()) await link.busy();
    return await work(found);
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new StoreError(`the store ${link.file.path} cannot be written: ${sayWhy(error)}`, { cause: error });
  }
}
