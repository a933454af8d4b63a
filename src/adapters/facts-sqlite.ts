import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import type { Fact } from '../core/facts.ts';
import type { Facts, Post } from '../core/ports.ts';
import { inTransaction } from './sqlite-driver.ts';
import { type Stamp, stampFacts } from './stamp.ts';

const COLUMNS = {
  id: 'id',
  kind: 'kind',
  number: 'number',
  scope: 'scope',
  source: 'source',
  at: 'at',
  recordedAt: 'recorded_at',
  actor: 'actor',
  call: 'call',
  flow: 'flow',
  node: 'node',
  key: 'key',
  campaign: 'campaign',
  reason: 'reason',
  evidence: 'evidence',
  supersedes: 'supersedes',
} as const satisfies Record<keyof Fact, string>;

const FIELDS = Object.keys(COLUMNS) as (keyof Fact)[];
const NAMES = Object.values(COLUMNS).join(', ');

/** Text is searched as it stands: `instr` has no wildcards. */
const MENTIONS = ['number', 'reason', 'evidence', 'flow', 'call']
  .map((column) => `coalesce(instr(lower(${column}), lower($text)), 0)`)
  .join(' OR ');
const IN_FORCE = `kind = 'opt-out' AND NOT EXISTS (SELECT 1 FROM lifted WHERE lifted.number = facts.number AND lifted.id = facts.id)`;

/** Facts of a SQLite store, and `insert` for facts that have their id already; a known id is passed over. */
export type SqliteFacts = Omit<Facts, 'close'> & { insert(facts: readonly Fact[]): void };

/** @param keep takes the posts recorded with facts; called inside the transaction. */
export function createSqliteFacts(db: DatabaseSync, stamp: Stamp, keep: (posts: readonly Post[]) => void): SqliteFacts {
  const known = db.prepare('SELECT 1 FROM facts WHERE id = ?');
  const add = db.prepare(`INSERT INTO facts (${NAMES}) VALUES (${FIELDS.map(() => '?').join(', ')}) ON CONFLICT (id) DO NOTHING`);
  const lift = db.prepare('INSERT INTO lifted (number, id) VALUES (?, ?) ON CONFLICT DO NOTHING');
  const ofNumber = db.prepare(`SELECT ${NAMES} FROM facts WHERE number = ? ORDER BY recorded_at, seq`);

  function insert(facts: readonly Fact[]): void {
    for (const fact of facts) {
      add.run(...FIELDS.map((field) => toColumn(fact[field])));
      if (fact.kind === 'opt-in') for (const id of fact.supersedes ?? []) lift.run(fact.number, id);
    }
  }

  return {
    insert,
    record: async (facts, posts = []) =>
      inTransaction(db, () => {
        const stamped = stampFacts(facts, stamp, (id) => known.get(id) !== undefined);
        insert(stamped);
        keep(posts);
        return stamped;
      }),
    about: async (number) => ofNumber.all(number).map(toFact),
    async list({ number, text, inForce, limit = -1 }) {
      const where = [number !== undefined && 'number = $number', text !== undefined && `(${MENTIONS})`, inForce && IN_FORCE];
      const conditions = where.filter(Boolean).join(' AND ') || 'TRUE';
      const select = db.prepare(
        `SELECT ${NAMES} FROM facts WHERE ${conditions} ORDER BY recorded_at DESC, seq DESC LIMIT $limit`,
      );
      return select.all({ ...(number && { number }), ...(text !== undefined && { text }), limit }).map(toFact);
    },
  };
}

function toColumn(value: Fact[keyof Fact]): SQLInputValue {
  if (value === undefined) return null;
  return typeof value === 'object' ? JSON.stringify(value) : value;
}

function toFact(row: Record<string, unknown>): Fact {
  const fact: Record<string, unknown> = {};
  for (const field of FIELDS) {
    const value = row[COLUMNS[field]];
    if (value !== null) fact[field] = field === 'supersedes' ? JSON.parse(String(value)) : value;
  }
  return fact as Fact;
}
