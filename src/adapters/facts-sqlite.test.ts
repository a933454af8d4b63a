import { DatabaseSync } from 'node:sqlite';
import { expect, it } from 'vitest';
import { countingStamp } from '../../test/contracts/facts-contract.ts';
import type { FactQuery } from '../core/ports.ts';
import { createSqliteAudit } from './audit-sqlite.ts';
import { createSqliteFacts } from './facts-sqlite.ts';
import { migrate } from './store-migrations.ts';

/** How SQLite finds the facts of a query: the index, or all of the table. */
async function planOf(query: FactQuery): Promise<string> {
  const db = new DatabaseSync(':memory:');
  migrate(db, 'x.db');
  const stamp = countingStamp();
  const facts = createSqliteFacts(db, stamp, createSqliteAudit(db, stamp.now), () => {});
  const asked: string[] = [];
  const prepare = db.prepare.bind(db);
  db.prepare = (sql) => {
    asked.push(sql);
    return prepare(sql);
  };
  await facts.list(query);
  const plan = prepare(`EXPLAIN QUERY PLAN ${asked.at(-1)}`).all();
  db.close();
  return plan.map(({ detail }) => String(detail)).join('\n');
}

it.each<[FactQuery, string]>([
  [{ kind: 'opt-out', source: 'sms-stop' }, 'SEARCH facts USING INDEX facts_by_source (source=? AND kind=?)'],
  [{ kind: 'whitelist' }, 'SEARCH facts USING INDEX facts_by_kind (kind=?)'],
])('a list of %j does not read a million imported opt-outs', async (query, plan) => {
  expect(await planOf(query)).toBe(plan);
});
