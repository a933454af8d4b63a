import type { DatabaseSync } from 'node:sqlite';
import type { Outbox, Post } from '../core/ports.ts';
import { freeId } from './outbox-memory.ts';
import { inTransaction } from './sqlite-driver.ts';

const NAMES = 'id, what, url, content_type AS contentType, body, call';

/** The outbox of a SQLite store; `keep` is `add` within a transaction that is already open. */
export function createSqliteOutbox(db: DatabaseSync): Outbox & { keep(posts: readonly Post[]): void } {
  const find = db.prepare(`SELECT ${NAMES} FROM outbox WHERE id = ?`);
  const add = db.prepare('INSERT INTO outbox (id, what, url, content_type, body, call) VALUES (?, ?, ?, ?, ?, ?)');
  const due = db.prepare(
    `SELECT ${NAMES}, attempts FROM outbox WHERE state = 'waiting' AND (due_at IS NULL OR due_at <= ?) ORDER BY seq LIMIT ?`,
  );
  const settle = db.prepare(
    `UPDATE outbox SET attempts = attempts + 1, due_at = coalesce(?2, due_at),
       state = CASE WHEN state = 'delivered' THEN state ELSE ?3 END WHERE id = ?1`,
  );

  function keep(posts: readonly Post[]): void {
    for (const post of posts) {
      const id = freeId(post, (taken) => find.get(taken) as Post | undefined);
      if (id !== undefined) add.run(id, post.what, post.url, post.contentType, post.body, post.call);
    }
  }

  return {
    keep,
    add: async (posts) => inTransaction(db, () => keep(posts)),
    due: async (at, limit) => due.all(Math.floor(at), limit).map((row) => ({ ...row }) as Post & { attempts: number }),
    async settle(id, { delivered, retryAt }) {
      const state = delivered ? 'delivered' : retryAt === undefined ? 'given-up' : 'waiting';
      const { changes } = settle.run(id, retryAt === undefined ? null : Math.ceil(retryAt), state);
      if (changes === 0) throw new Error(`the outbox holds no post ${id}`);
    },
  };
}
