import type { DatabaseSync } from 'node:sqlite';
import { createSqliteAudit } from './audit-sqlite.ts';
import { FACT_COLUMNS, toFact } from './facts-row.ts';
import { machineNow } from './machine-now.ts';

/** Facts with one entry, at most. */
const MANY = 1000;

/** Takes the facts of a store that had no audit into the chain. */
export function adoptFacts(db: DatabaseSync): void {
  const audit = createSqliteAudit(db, machineNow);
  const next = db.prepare(`SELECT seq, ${FACT_COLUMNS.join(', ')} FROM facts WHERE seq > ? ORDER BY seq LIMIT ${MANY}`);
  for (let after = 0; ; ) {
    const rows = next.all(after);
    if (rows.length === 0) return;
    const [from, to] = [Number(rows[0]?.['seq']), Number(rows.at(-1)?.['seq'])];
    const body = { facts: rows.length, digest: audit.seal.digest(rows.map(({ seq: _, ...row }) => toFact(row))) };
    audit.write([{ action: 'adopt', at: machineNow(), actor: 'press9', facts: { from, to }, body }]);
    after = to;
  }
}
