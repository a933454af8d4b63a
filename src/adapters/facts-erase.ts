import type { DatabaseSync } from 'node:sqlite';
import type { AuditEntry } from '../core/audit.ts';
import type { E164 } from '../core/ids.ts';
import type { Erased, Erasure } from '../core/ports.ts';
import type { SqliteAudit } from './audit-sqlite.ts';
import { erasureEntry, type Forgotten, forget, forgetting, renewDigests, withoutTail } from './facts-forget.ts';
import { FACT_COLUMNS, toFact, toRow } from './facts-row.ts';
import { inTransaction, sayWhy } from './sqlite-driver.ts';

const NAMES = FACT_COLUMNS.join(', ');

/** Facts whose texts may hold the number; their own columns hold it for sure. */
const TOUCHED = `number IN (?1, ?2) OR ${['actor', 'flow', 'node', 'campaign', 'reason', 'evidence', 'detail']
  .map((column) => `instr(coalesce(${column}, ''), ?3)`)
  .join(' OR ')}`;

/** Erases a person from every table in one transaction, then from what SQLite leaves behind on the disk. */
export function createEraser(db: DatabaseSync, audit: SqliteAudit): (number: E164, by: Erasure) => Promise<Erased> {
  return async (number, by) => {
    audit.flush();
    const gone = forgetting(number, audit.seal);
    const erased = inTransaction(db, () => {
      db.exec('INSERT INTO erasing (now) VALUES (1)');
      const done = eraseAll(db, audit, gone);
      if (done.facts + done.entries + done.posts + done.digests.size > 0) audit.write([erasureEntry(gone, by, done)]);
      db.exec('DELETE FROM erasing');
      const { facts, entries, posts, givenUp } = done;
      return { facts, entries, posts, givenUp };
    });
    const left = purge(db);
    return { ...erased, ...(left !== undefined && { left }) };
  };
}

function eraseAll(db: DatabaseSync, audit: SqliteAudit, gone: Forgotten) {
  const rows = db.prepare(`SELECT seq, ${NAMES} FROM facts WHERE ${TOUCHED}`).all(...gone.own, gone.tail);
  const facts = rows.map(({ seq, ...row }) => ({ seq: Number(seq), fact: toFact(row) }));
  const own = facts.filter(({ fact }) => gone.own.includes(fact.number));
  const seqs = facts.map(({ seq }) => seq);
  const digests = renewDigests(audit, seqs, entryOf(db, audit), () => {
    const update = db.prepare(`UPDATE facts SET ${FACT_COLUMNS.map((column) => `${column} = ?`).join(', ')} WHERE seq = ?`);
    for (const { seq, fact } of facts) update.run(...toRow(forget(fact, gone)), seq);
  });
  db.prepare('UPDATE OR REPLACE lifted SET number = ? WHERE number IN (?, ?)').run(gone.hidden, ...gone.own);
  const calls = own.flatMap(({ fact }) => fact.call ?? []);
  return { facts: own.length, ...eraseEntries(db, gone), ...erasePosts(db, gone, calls), digests };
}

/** The entry that recorded a fact. */
function entryOf(db: DatabaseSync, audit: SqliteAudit): (seq: number) => AuditEntry | undefined {
  const find = db.prepare('SELECT seq FROM audit WHERE fact_from <= ? ORDER BY fact_from DESC LIMIT 1');
  return (fact) => audit.entry(Number(find.get(fact)?.['seq']));
}

function eraseEntries(db: DatabaseSync, { who, tail }: Forgotten): { entries: number; notes: readonly number[] } {
  const own = db.prepare(
    `UPDATE audit SET number = NULL, note = NULL
       WHERE who IN (?, ?) AND action <> 'erase' AND (number IS NOT NULL OR note IS NOT NULL)`,
  );
  const { changes } = own.run(...who);
  const notes = db
    .prepare('SELECT seq FROM audit WHERE instr(note, ?)')
    .all(tail)
    .map(({ seq }) => Number(seq));
  for (const seq of notes) db.prepare('UPDATE audit SET note = NULL WHERE seq = ?').run(seq);
  return { entries: Number(changes), notes };
}

/** Posts are emptied: what they tell of a person's calls is in no field of its own. */
function erasePosts(db: DatabaseSync, { tail }: Forgotten, calls: readonly string[]): { posts: number; givenUp: number } {
  const select = db.prepare(
    `SELECT seq, url, state FROM outbox
       WHERE (instr(body, ?1) OR instr(url, ?1) OR call IN (SELECT value FROM json_each(?2))) AND body <> ''`,
  );
  const posts = select.all(tail, JSON.stringify(calls));
  const empty = db.prepare(
    "UPDATE outbox SET body = '', url = ?, state = CASE state WHEN 'waiting' THEN 'given-up' ELSE state END WHERE seq = ?",
  );
  for (const { seq, url } of posts) empty.run(withoutTail(String(url), tail), Number(seq));
  return { posts: posts.length, givenUp: posts.filter(({ state }) => state === 'waiting').length };
}

/** Old contents stay in free pages and in the write-ahead log until both are written anew. */
function purge(db: DatabaseSync): string | undefined {
  try {
    db.exec('PRAGMA temp_store = MEMORY; PRAGMA secure_delete = ON; VACUUM');
    const { busy } = db.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get() ?? {};
    return busy ? 'another program has the store open' : undefined;
  } catch (error) {
    return sayWhy(error);
  }
}
