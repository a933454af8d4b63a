import type { DatabaseSync } from 'node:sqlite';
import type { Fact } from '../core/facts.ts';
import type { Ms } from '../core/ids.ts';
import type { FactImport, PageQuery } from '../core/ports.ts';
import { FACT_COLUMNS, toFact } from './facts-row.ts';

/** Opt-outs that are not lifted and have not expired at `$now`. */
export const IN_FORCE = `kind = 'opt-out' AND (expires_at IS NULL OR expires_at > $now)
  AND NOT EXISTS (SELECT 1 FROM lifted WHERE lifted.number = facts.number AND lifted.id = facts.id)`;

const PAGE = 2000;

/** Reads on while the pages are used: what is recorded meanwhile may be among them. */
export function pagesIn(db: DatabaseSync, now: () => Ms): FactImport['pages'] {
  return async function* pages({ inForce, prefixes }: PageQuery) {
    const where = [inForce && IN_FORCE, prefixes && "number LIKE '%*'"].filter(Boolean).join(' AND ') || 'TRUE';
    const select = db.prepare(`SELECT ${FACT_COLUMNS.join(', ')} FROM facts WHERE ${where} ORDER BY recorded_at, seq`);
    let page: Fact[] = [];
    for (const row of select.iterate(inForce ? { now: now() } : {})) {
      page.push(toFact(row));
      if (page.length < PAGE) continue;
      yield page;
      page = [];
    }
    if (page.length > 0) yield page;
  };
}
