import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import type { AuditEntry, AuditHead } from '../core/audit.ts';
import type { Fact } from '../core/facts.ts';
import type { Ms } from '../core/ids.ts';
import type { AuditQuery, AuditTrail } from '../core/ports.ts';
import { createBatch } from './audit-batch.ts';
import { createSeal, type Identity, type Seal, type Unsealed } from './audit-seal.ts';
import { type ChainSource, verifyChain } from './audit-verify.ts';
import { FACT_COLUMNS, toRow as factRow, toFact } from './facts-row.ts';
import { frozenCopy } from './frozen-copy.ts';
import { anyNumbers, inTransaction } from './sqlite-driver.ts';

const COLUMNS = 'seq, at, recorded_at, actor, action, who, number, said, note, fact_from, fact_to, body, prev, hash';

/** The chain of a SQLite store. */
export type SqliteAudit = {
  trail: AuditTrail;
  seal: Seal;
  /** Adds to the chain, inside a transaction. */
  write(entries: readonly Unsealed[]): void;
  /** Writes what was appended in this turn, now. */
  flush(): void;
  head(): AuditHead;
  entry(seq: number): AuditEntry | undefined;
  source: ChainSource;
};

export function createSqliteAudit(db: DatabaseSync, now: () => Ms): SqliteAudit {
  const seal = readSeal(db);
  const last = db.prepare('SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1');
  const add = db.prepare(`INSERT INTO audit (${COLUMNS}) VALUES (${COLUMNS.replace(/\w+/g, '?')})`);
  const isErased = db.prepare("SELECT 1 FROM audit WHERE who = ? AND action = 'erase' LIMIT 1");
  const find = db.prepare(`SELECT ${COLUMNS} FROM audit WHERE seq = ?`);
  const end = () => (last.get() as { seq: number; hash: string } | undefined) ?? { seq: 0, hash: seal.genesis };
  const head = () => ({ store: seal.store, ...end() });

  /** Nobody who was erased is named again, unless a fact of them is recorded anew. */
  const isWithheld = ({ action, facts, who }: AuditEntry): boolean =>
    action === 'erase' || (!facts && who !== undefined && isErased.get(who) !== undefined);

  function write(entries: readonly Unsealed[]): void {
    const recordedAt = now();
    let after: { seq: number; hash: string } = end();
    for (const unsealed of entries) {
      const entry = seal.seal(unsealed, after, recordedAt);
      add.run(...toRow(entry, isWithheld(entry)));
      after = entry;
    }
  }

  const source = sourceOf(db);
  const batch = createBatch<Unsealed>((entries) => inTransaction(db, () => write(entries)));
  return {
    seal,
    write,
    flush: batch.flush,
    head,
    source,
    entry(seq) {
      const row = find.get(seq);
      return row && toEntry(row);
    },
    trail: {
      append: (entries) => (entries.length === 0 ? Promise.resolve() : batch.add(frozenCopy(entries))),
      read: async (query) => read(db, seal, query),
      head: async () => head(),
      verify: async (...kept) => atOneMoment(db, () => verifyChain(source, seal, kept)),
    },
  };
}

export function readSeal(db: DatabaseSync): Seal {
  const identity = db.prepare('SELECT id, salt FROM identity').get() as Identity | undefined;
  if (!identity) throw new Error('its identity is missing');
  return createSeal(identity);
}

function atOneMoment<T>(db: DatabaseSync, work: () => T): T {
  db.exec('BEGIN');
  try {
    return work();
  } finally {
    db.exec('COMMIT');
  }
}

/** Facts that came in many have one entry, without a number: it is found by the facts of the number. */
const OF_NUMBER = `seq IN (
  SELECT seq FROM audit WHERE who = $who UNION
  SELECT (SELECT seq FROM audit WHERE fact_from <= facts.seq ORDER BY fact_from DESC LIMIT 1)
    FROM facts WHERE facts.number IN ($number, $hidden))`;

function read(db: DatabaseSync, seal: Seal, { number, action, since, after, limit = -1 }: AuditQuery): readonly AuditEntry[] {
  const conditions = [
    number !== undefined && OF_NUMBER,
    action !== undefined && 'action = $action',
    since !== undefined && 'recorded_at >= $since',
    after !== undefined && 'seq > $after',
  ];
  const where = conditions.filter(Boolean).join(' AND ') || 'TRUE';
  const values = {
    ...(number !== undefined && { number, who: seal.who(number), hidden: seal.hide(number) }),
    ...(action !== undefined && { action }),
    ...(since !== undefined && { since: Math.ceil(since) }),
    ...(after !== undefined && { after }),
  };
  const select = anyNumbers(db.prepare(`SELECT ${COLUMNS} FROM audit WHERE ${where} ORDER BY seq LIMIT $limit`));
  return select.all({ ...values, limit }).map(toEntry);
}

const NAMED = "SELECT value FROM facts, json_each(supersedes) WHERE kind = 'opt-in'";
const WRONG_LIFTS = `SELECT
  (SELECT count(*) FROM lifted WHERE id NOT IN (${NAMED})) +
  (SELECT count(*) FROM (${NAMED}) WHERE value NOT IN (SELECT id FROM lifted)) AS n`;

function sourceOf(db: DatabaseSync): ChainSource {
  const facts = anyNumbers(db.prepare(`SELECT ${FACT_COLUMNS.join(', ')} FROM facts WHERE seq BETWEEN ? AND ? ORDER BY seq`));
  return {
    *entries(action) {
      const where = action === undefined ? 'TRUE' : 'action = ?';
      const rows = anyNumbers(db.prepare(`SELECT ${COLUMNS} FROM audit WHERE ${where} ORDER BY seq`));
      for (const row of rows.iterate(...(action === undefined ? [] : [action]))) yield toEntry(row);
    },
    facts: ({ from, to }) => facts.all(from, to).map(legible),
    *factNumbers() {
      for (const row of anyNumbers(db.prepare('SELECT seq FROM facts ORDER BY seq')).iterate()) yield Number(row['seq']);
    },
    wrongLifts: () => Number(db.prepare(WRONG_LIFTS).get()?.['n']),
  };
}

function toRow(entry: AuditEntry, withheld: boolean): readonly SQLInputValue[] {
  const { seq, at, recordedAt, actor, action, who, number, said, note, facts, body, prev, hash } = entry;
  const open = [who ?? null, withheld ? null : (number ?? null), said ?? null, note ?? null];
  return [seq, at, recordedAt, actor, action, ...open, facts?.from ?? null, facts?.to ?? null, body, prev, hash];
}

/** Large numbers that somebody wrote there are read as well, and are no number of ours. */
function toEntry(row: Record<string, unknown>): AuditEntry {
  const { recorded_at: recordedAt, fact_from: from, fact_to: to, ...rest } = plain(row);
  const known = Object.entries(rest).filter(([, value]) => value !== null);
  return { ...Object.fromEntries(known), recordedAt, ...((from ?? to) !== null && { facts: { from, to } }) } as AuditEntry;
}

const DAMAGED = { id: 'damaged', number: '' } as unknown as Fact;

/** The fact of a row as it was written; of one that was written otherwise, what no fact of ours looks like. */
function legible(row: Record<string, unknown>): Fact {
  const read = plain(row);
  try {
    const fact = toFact(read);
    return factRow(fact).every((value, i) => value === read[FACT_COLUMNS[i] ?? '']) ? fact : DAMAGED;
  } catch {
    return DAMAGED;
  }
}

const plain = (row: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(row).map(([name, value]) => [name, typeof value === 'bigint' ? Number(value) : value]));
