import type { DatabaseSync } from 'node:sqlite';
import type { Fact, Subject } from '../core/facts.ts';
import type { FactImport, Ids } from '../core/ports.ts';
import type { SqliteAudit } from './audit-sqlite.ts';
import { runsOf } from './facts-alike.ts';
import { FACT_COLUMNS, toFact, toRow } from './facts-row.ts';
import { shown } from './facts-select.ts';
import { type Stamp, stampFacts } from './stamp.ts';

/** Ids of an import are counted from here on, so that all have the same length and follow each other in the index too. */
const FIRST = 1_000_001;

/**
 * Facts by the million. A run of alike facts is one statement, which reads what differs from JSON.
 * @param place records one fact by itself; its place in the store's count.
 */
export function createBulk(db: DatabaseSync, stamp: Stamp, audit: SqliteAudit, place: (fact: Fact) => number | undefined): FactImport {
  const isKnown = db.prepare('SELECT 1 FROM facts WHERE id = ?');
  const addRun = db.prepare(`INSERT INTO facts (${FACT_COLUMNS.join(', ')}) SELECT ${SHARED.join(', ')} FROM json_each($rows)`);

  function placeRun(run: readonly [first: Fact, ...others: Fact[]]): readonly number[] {
    const [first] = run;
    const row = toRow(first);
    const shared = Object.fromEntries(FACT_COLUMNS.flatMap((name, i) => (name in OWN ? [] : [[name, row[i] ?? null]])));
    const [, start = '', count = ''] = /^(.*-)(\d+)$/.exec(first.id) ?? [];
    const rows = JSON.stringify(run.map(({ number, evidence }) => (evidence === undefined ? number : `${number} ${evidence.toWellFormed()}`)));
    const { lastInsertRowid } = addRun.run({ ...shared, start, count: Number(count), rows });
    const to = Number(lastInsertRowid);
    return [to - run.length + 1, to];
  }

  function placeAll(facts: readonly Fact[]): { from: number; to: number } | undefined {
    const places = [...runsOf(facts)].flatMap((run) =>
      mayRun(run) ? placeRun(run) : run.flatMap((fact) => place(fact) ?? []),
    );
    const [from, to] = [places[0], places.at(-1)];
    return from === undefined || to === undefined ? undefined : { from, to };
  }

  return {
    async recordMany(chunks, by) {
      audit.flush();
      let count = 0;
      return inLongTransaction(db, async () => {
        const ids = idsInARow(stamp.ids, (id) => isKnown.get(id) !== undefined);
        for await (const { facts, body } of chunks) {
          const recorded = stampFacts(facts, { now: stamp.now, ids }, () => false);
          const range = placeAll(recorded);
          if (!range) continue;
          const sealed = { ...body, count: recorded.length, digest: audit.seal.digest(recorded) };
          audit.write([{ action: 'import', ...by, facts: range, body: sealed }]);
          count += recorded.length;
        }
        return count;
      });
    },
    aboutMany: lookUp(db, audit),
  };
}

/** An opt-in lifts others besides, and texts with NUL cannot be taken apart in SQL. */
const mayRun = (run: readonly [first: Fact, ...others: Fact[]]): boolean =>
  run.length > 2 && run[0].kind !== 'opt-in' && !run.some(({ evidence }) => evidence?.includes('\0'));

/** What the facts of a run have each for itself. */
const OWN: Readonly<Record<string, string>> = {
  id: '$start || ($count + key)',
  number: "iif(instr(value, ' '), substr(value, 1, instr(value, ' ') - 1), value)",
  evidence: "iif(instr(value, ' '), substr(value, instr(value, ' ') + 1), NULL)",
};
const SHARED = FACT_COLUMNS.map((column) => OWN[column] ?? `$${column}`);

/** One id, counted on: ids that follow each other are found and written several times as fast. */
function idsInARow(ids: Ids, isKnown: (id: string) => boolean): Ids {
  let first = ids.next();
  while (isKnown(`${first}-${FIRST}`)) first = ids.next();
  let next = FIRST;
  return { call: ids.call, next: () => `${first}-${next++}` };
}

function lookUp(db: DatabaseSync, { seal }: SqliteAudit): FactImport['aboutMany'] {
  const anybody = db.prepare('SELECT 1 FROM facts LIMIT 1');
  const erased = db.prepare("SELECT 1 FROM facts WHERE number > 'erased:' AND number < 'erased;' LIMIT 1");
  const select = db.prepare(
    `SELECT ${FACT_COLUMNS.join(', ')} FROM json_each(?) CROSS JOIN facts ON number = value ORDER BY recorded_at, seq`,
  );
  return async (numbers) => {
    const found = new Map<Subject, Fact[]>();
    if (!anybody.get()) return found;
    const hidden = erased.get() ? new Map(numbers.map((number) => [seal.hide(number), number])) : new Map<Subject, Subject>();
    for (const row of select.all(JSON.stringify([...numbers, ...hidden.keys()]))) {
      const fact = toFact(row);
      const number = hidden.get(fact.number) ?? fact.number;
      const known = found.get(number);
      if (known) known.push(shown(fact, number, fact.number));
      else found.set(number, [shown(fact, number, fact.number)]);
    }
    return found;
  };
}

async function inLongTransaction<T>(db: DatabaseSync, work: () => Promise<T>): Promise<T> {
  db.exec('BEGIN IMMEDIATE');
  try {
    const result = await work();
    db.exec('COMMIT');
    return result;
  } catch (error) {
    try {
      db.exec('ROLLBACK');
    } catch {
      // SQLite has rolled back by itself; the first error is the one to tell.
    }
    throw error;
  }
}
