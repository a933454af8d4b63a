import type { DatabaseSync } from 'node:sqlite';
import { type FactRange, factText } from '../core/audit.ts';
import type { Fact, NewFact, Subject } from '../core/facts.ts';
import type { AlikeFacts, FactChunk, FactImport, Ids } from '../core/ports.ts';
import type { SqliteAudit } from './audit-sqlite.ts';
import { factsOf } from './facts-chunk.ts';
import { FACT_COLUMNS, toFact, toRow } from './facts-row.ts';
import { shown } from './facts-select.ts';
import { type Stamp, stampFacts } from './stamp.ts';

/** What the audit keeps of facts that came in together. */
type Placed = { facts: FactRange; count: number; digest: string };

/**
 * Facts by the million.
 * @param place records one fact by itself; its place in the store's count.
 */
export function createBulk(
  db: DatabaseSync,
  stamp: Stamp,
  audit: SqliteAudit,
  place: (fact: Fact) => number | undefined,
): Omit<FactImport, 'pages'> {
  const isKnown = db.prepare('SELECT 1 FROM facts WHERE id = ?');
  const placeAlike = alikeIn(db, stamp, audit);

  function placeAll(facts: readonly NewFact[], ids: Ids): Placed {
    const recorded = stampFacts(facts, { now: stamp.now, ids }, () => false);
    const places = recorded.flatMap((fact) => place(fact) ?? []);
    const range = { from: places[0] ?? 0, to: places.at(-1) ?? 0 };
    return { facts: range, count: recorded.length, digest: audit.seal.digest(recorded) };
  }

  return {
    async recordMany(chunks, by) {
      audit.flush();
      let total = 0;
      return inLongTransaction(db, async () => {
        const row = idsInARow(stamp.ids, (id) => isKnown.get(id) !== undefined);
        for await (const chunk of chunks) {
          const all = 'numbers' in chunk ? chunk.numbers : chunk.facts;
          if (all.length === 0) continue;
          const { facts, count, digest } = mayBeAlike(chunk) ? placeAlike(chunk, row) : placeAll(factsOf(chunk), row);
          audit.write([{ action: 'import', ...by, facts, body: { ...chunk.body, count, digest } }]);
          total += count;
        }
        return total;
      });
    },
    aboutMany: aboutManyIn(db, audit),
  };
}

/** An opt-in lifts others besides. */
const mayBeAlike = (chunk: FactChunk): chunk is FactChunk & AlikeFacts => 'alike' in chunk && chunk.alike.kind !== 'opt-in';

/** One id, counted on: ids that follow each other are found and written several times as fast as others. */
type IdRow = Ids & { start: string; take(count: number): number };

/** Of one length, so that they follow each other in an index too. */
const FIRST = 1_000_001;

function idsInARow(ids: Ids, isKnown: (id: string) => boolean): IdRow {
  const draw = () => `${ids.next().slice(0, 12)}-`;
  let start = draw();
  while (isKnown(`${start}${FIRST}`)) start = draw();
  let next = FIRST;
  const take = (count: number): number => {
    next += count;
    return next - count;
  };
  return { call: ids.call, next: () => `${start}${take(1)}`, start, take };
}

/** What alike facts have each for itself, from the JSON of their numbers. */
const OWN: Readonly<Record<string, string>> = { id: '$start || ($first + key)', number: 'value' };

/** One statement for many facts, and one text of which only the gaps are filled. */
function alikeIn(db: DatabaseSync, stamp: Stamp, { seal }: SqliteAudit): (chunk: AlikeFacts, ids: IdRow) => Placed {
  const columns = FACT_COLUMNS.map((name) => OWN[name] ?? `$${name}`).join(', ');
  const add = db.prepare(`INSERT INTO facts (${FACT_COLUMNS.join(', ')}) SELECT ${columns} FROM json_each($numbers)`);
  return ({ alike, numbers }, ids) => {
    const first = ids.take(numbers.length);
    const [model] = stampFacts([{ ...alike, number: GAP }], { now: stamp.now, ids: { ...ids, next: () => GAP } }, () => false);
    const texts = textsOf(model as Fact, ids.start, first, numbers);
    const row = toRow(model as Fact);
    const shared = FACT_COLUMNS.flatMap((name, i) => (name in OWN ? [] : [[name, row[i] ?? null] as const]));
    const own = { start: ids.start, first: BigInt(first), numbers: JSON.stringify(numbers) };
    const to = Number(add.run({ ...Object.fromEntries(shared), ...own }).lastInsertRowid);
    return { facts: { from: to - numbers.length + 1, to }, count: numbers.length, digest: seal.digestTexts(texts) };
  };
}

const GAP = '+0*';

/** Id and number, which come first and third, are plain: they need no escapes. */
function textsOf(model: Fact, start: string, first: number, numbers: readonly Subject[]): readonly string[] {
  const text = factText(model);
  const [begin = '', between = ''] = text.split(JSON.stringify(GAP), 2);
  const end = text.slice(begin.length + between.length + 2 * JSON.stringify(GAP).length);
  return numbers.map((number, i) => `${begin}"${start}${first + i}"${between}"${number}"${end}`);
}

function aboutManyIn(db: DatabaseSync, { seal }: SqliteAudit): FactImport['aboutMany'] {
  const anybody = db.prepare('SELECT 1 FROM facts LIMIT 1');
  const erased = db.prepare("SELECT 1 FROM facts WHERE number > 'erased:' AND number < 'erased;' LIMIT 1");
  const columns = FACT_COLUMNS.map((name) => `facts.${name}`).join(', ');
  const select = db.prepare(
    `SELECT ${columns} FROM json_each(?) AS asked CROSS JOIN facts ON facts.number = asked.value ORDER BY recorded_at, seq`,
  );
  return async (numbers) => {
    const found = new Map<Subject, Fact[]>();
    if (!anybody.get()) return found;
    const hidden = new Map(erased.get() ? numbers.map((number) => [seal.hide(number), number]) : []);
    for (const row of select.all(JSON.stringify([...new Set(numbers), ...hidden.keys()]))) {
      const fact = toFact(row);
      const number = hidden.get(fact.number) ?? fact.number;
      const known = found.get(number) ?? [];
      known.push(shown(fact, number, fact.number));
      found.set(number, known);
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
