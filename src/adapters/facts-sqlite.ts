import type { DatabaseSync } from 'node:sqlite';
import { auditOfFact } from '../core/audit.ts';
import type { Fact, Subject } from '../core/facts.ts';
import type { FactImport, FactQuery, Facts, Post } from '../core/ports.ts';
import type { Unsealed } from './audit-seal.ts';
import type { SqliteAudit } from './audit-sqlite.ts';
import { createBulk } from './facts-bulk.ts';
import { createEraser } from './facts-erase.ts';
import { IN_FORCE, pagesIn } from './facts-pages.ts';
import { FACT_COLUMNS, toFact, toRow } from './facts-row.ts';
import { shown } from './facts-select.ts';
import { LONGEST, prefixesOf } from './facts-subjects.ts';
import { inArrays, inTransaction } from './sqlite-driver.ts';
import { type Stamp, stampFacts } from './stamp.ts';
import { FROM_NO_FILE, NO_OPT_OUT } from './store-steps.ts';

const NAMES = FACT_COLUMNS.join(', ');

/** Text is searched as it stands: `instr` has no wildcards. */
const MENTIONS = ['number', 'reason', 'evidence', 'flow', 'call']
  .map((column) => `coalesce(instr(lower(${column}), lower($text)), 0)`)
  .join(' OR ');
const STANDING = `SELECT id FROM facts WHERE number IN ($number, $hidden) AND ${IN_FORCE} ORDER BY recorded_at, seq`;

/** Facts of a SQLite store, and `insert` for facts that have their id already; a known id is passed over. */
export type SqliteFacts = Omit<Facts, 'close'> & FactImport & { insert(facts: readonly Fact[]): void };

/** @param keep takes the posts recorded with facts; called inside the transaction. */
export function createSqliteFacts(
  db: DatabaseSync,
  stamp: Stamp,
  audit: SqliteAudit,
  keep: (posts: readonly Post[]) => void,
): SqliteFacts {
  const { seal } = audit;
  const known = db.prepare('SELECT 1 FROM facts WHERE id = ?');
  const add = db.prepare(
    `INSERT INTO facts (${NAMES}) VALUES (${FACT_COLUMNS.map(() => '?').join(', ')}) ON CONFLICT (id) DO NOTHING`,
  );
  const lift = db.prepare('INSERT INTO lifted (number, id) VALUES (?, ?) ON CONFLICT DO NOTHING');
  const standing = db.prepare(STANDING);
  const about = aboutIn(db);

  /** The fact's place in the store's count; undefined for a known id. */
  function place(fact: Fact): number | undefined {
    const { changes, lastInsertRowid } = add.run(...toRow(fact));
    if (changes === 0) return undefined;
    if (fact.kind === 'opt-in') {
      for (const number of [fact.number, seal.hide(fact.number)]) for (const id of fact.supersedes ?? []) lift.run(number, id);
    }
    return Number(lastInsertRowid);
  }

  const inForce = ({ kind, number }: Fact): readonly string[] | undefined =>
    kind === 'opt-out' || kind === 'opt-in'
      ? standing.all({ number, hidden: seal.hide(number), now: stamp.now() }).map(({ id }) => String(id))
      : undefined;

  function insert(facts: readonly Fact[]): void {
    const entries = facts.flatMap((fact): Unsealed[] => {
      const before = inForce(fact);
      const seq = place(fact);
      if (seq === undefined) return [];
      const { body, ...entry } = auditOfFact(fact, before && { before, after: inForce(fact) ?? [] });
      return [{ ...entry, facts: { from: seq, to: seq }, body: { ...body, digest: seal.digest([fact]) } }];
    });
    audit.write(entries);
  }

  const isKnown = (id: string): boolean => known.get(id) !== undefined;

  return {
    insert,
    async record(facts, posts = []) {
      audit.flush();
      return inTransaction(db, () => {
        const recorded = stampFacts(facts, stamp, isKnown);
        insert(recorded);
        keep(posts);
        return recorded;
      });
    },
    about: async (number) => about(number, seal.hide(number)),
    list: async (query) => list(db, query, seal.hide, stamp.now()),
    erase: createEraser(db, audit),
    ...createBulk(db, stamp, audit, place),
    pages: pagesIn(db, stamp.now),
  };
}

function aboutIn(db: DatabaseSync): (number: Subject, hidden: Subject) => readonly Fact[] {
  const marks = Array.from({ length: LONGEST + 2 }, () => '?').join(', ');
  const select = inArrays(db.prepare(`SELECT ${NAMES} FROM facts WHERE number IN (${marks}) ORDER BY recorded_at, seq`));
  const blank = Array.from({ length: LONGEST }, () => null);
  return (number, hidden) => {
    const prefixes = prefixesOf(number);
    const rows = select.all(number, hidden, ...prefixes, ...blank.slice(prefixes.length));
    return rows.map((row) => shown(toFact(row), number, hidden));
  };
}

type Hide = (number: string) => Subject;

function list(db: DatabaseSync, query: FactQuery, hide: Hide, now: number): readonly Fact[] {
  const { number, kind, source, text, inForce, limit = -1 } = query;
  const hidden = number === undefined ? undefined : hide(number);
  const where = [
    number !== undefined && 'number IN ($number, $hidden)',
    kind !== undefined && 'kind = $kind',
    kind !== undefined && kind !== 'opt-out' && NO_OPT_OUT,
    source !== undefined && 'source = $source',
    source !== undefined && source !== 'csv' && FROM_NO_FILE,
    text !== undefined && `(${MENTIONS})`,
    inForce && IN_FORCE,
  ];
  const conditions = where.filter(Boolean).join(' AND ') || 'TRUE';
  const values = {
    ...(number !== undefined && hidden !== undefined && { number, hidden }),
    ...(kind !== undefined && { kind }),
    ...(source !== undefined && { source }),
    ...(text !== undefined && { text }),
    ...(inForce && { now }),
  };
  const select = db.prepare(`SELECT ${NAMES} FROM facts WHERE ${conditions} ORDER BY recorded_at DESC, seq DESC LIMIT $limit`);
  const facts = select.all({ ...values, limit }).map(toFact);
  return number === undefined || hidden === undefined ? facts : facts.map((fact) => shown(fact, number, hidden));
}
