import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { CallPage, CallQuery, CallRecord, Range } from '../core/call-record.ts';
import { type Fitting, fitting } from './records-fitting.ts';
import { inArrays } from './sqlite-driver.ts';

/** Calls by their number, both ends included. Empty when `to` is below `from`. */
type Span = { from: number; to: number };

/** Where a page begins, and which way its rows are read: up is from older to newer. */
type Walk = { span: Span; up: boolean };

/** Statements; filters can be joined in more ways than anybody will. */
const MOST_KEPT = 200;

/** Lists calls. Without filters but the time of creation, it costs the same however many there are. */
export function createCallPages(db: DatabaseSync): (query: CallQuery) => CallPage {
  const kept = new Map<string, StatementSync>();
  const first = inArrays(db.prepare('SELECT seq FROM calls WHERE created_at >= ? ORDER BY created_at, seq LIMIT 1'));
  const last = inArrays(db.prepare('SELECT seq FROM calls WHERE created_at <= ? ORDER BY created_at DESC, seq DESC LIMIT 1'));
  const seqOf = inArrays(db.prepare('SELECT seq FROM calls WHERE sid = ?'));

  const statement = (sql: string): StatementSync => {
    const known = kept.get(sql);
    if (known) return known;
    const made = inArrays(db.prepare(sql));
    if (kept.size >= MOST_KEPT) kept.clear();
    kept.set(sql, made);
    return made;
  };
  const numberIn = (row: unknown): number | undefined => (row as [number] | undefined)?.[0];

  function created({ least, most }: Range = {}): Span {
    const from = numberIn(first.get(least ?? Number.NEGATIVE_INFINITY));
    const to = numberIn(last.get(most ?? Number.POSITIVE_INFINITY));
    return { from: from ?? 1, to: from === undefined ? 0 : (to ?? 0) };
  }

  function count(fits: Fitting, { from, to }: Span): number {
    if (fits.where === '') return Math.max(0, to - from + 1);
    const row = statement(`SELECT count(*) FROM ${fits.from} WHERE seq BETWEEN ? AND ?${fits.where}`).get(
      from,
      to,
      ...fits.values,
    );
    return numberIn(row) ?? 0;
  }

  function any(fits: Fitting, { from, to }: Span): boolean {
    if (from > to || fits.where === '') return from <= to;
    return (
      statement(`SELECT 1 FROM ${fits.from} WHERE seq BETWEEN ? AND ?${fits.where} LIMIT 1`).get(from, to, ...fits.values) !==
      undefined
    );
  }

  /** The rows are chosen in the index before any is read. */
  function rows(fits: Fitting, { span, up }: Walk, limit: number): [seq: number, record: string][] {
    const order = `ORDER BY seq ${up ? 'ASC' : 'DESC'}`;
    const chosen = `SELECT seq FROM ${fits.from} WHERE seq BETWEEN ? AND ?${fits.where} ${order} LIMIT ?`;
    const found = statement(`SELECT seq, record FROM calls WHERE seq IN (${chosen}) ${order}`);
    return found.all(span.from, span.to, ...fits.values, limit) as unknown as [number, string][];
  }

  /** @returns undefined when a cursor is unknown. */
  function walkOf({ order, after, before }: CallQuery, all: Span): Walk | undefined {
    const up = order === 'asc';
    const span = { ...all };
    for (const [cursor, lifts] of [
      [after, up],
      [before, !up],
    ] as const) {
      if (cursor === undefined) continue;
      const seq = numberIn(seqOf.get(cursor));
      if (seq === undefined) return undefined;
      if (lifts) span.from = Math.max(span.from, seq + 1);
      else span.to = Math.min(span.to, seq - 1);
    }
    return { span, up: before !== undefined && after === undefined ? !up : up };
  }

  return (query) => {
    const all = created(query.created);
    const fits = fitting(query);
    const total = count(fits, all);
    const walk = walkOf(query, all);
    if (!walk) return { total, records: [], isFirst: true, isLast: true };
    const found = rows(fits, walk, query.limit + 1);
    const more = found.length > query.limit;
    const page = found.slice(0, query.limit);
    if (walk.up !== (query.order === 'asc')) page.reverse();
    const beside = around(page, walk, all);
    const older = (more && !walk.up) || (walk.span.from > all.from || !walk.up ? any(fits, beside.below) : false);
    const newer = (more && walk.up) || (walk.span.to < all.to || walk.up ? any(fits, beside.above) : false);
    const [isFirst, isLast] = query.order === 'asc' ? [!older, !newer] : [!newer, !older];
    return { total, records: page.map(([, record]) => JSON.parse(record) as CallRecord), isFirst, isLast };
  };
}

/** What is older and what is newer than a page, or than the place where there is none. */
function around(page: readonly [number, string][], { span, up }: Walk, all: Span): { below: Span; above: Span } {
  const ends = [page[0]?.[0], page.at(-1)?.[0]].filter((seq) => seq !== undefined);
  const gap = up ? span.from : span.to + 1;
  const [lowest, highest] = ends.length > 0 ? [Math.min(...ends), Math.max(...ends)] : [gap, gap - 1];
  return {
    below: { from: all.from, to: Math.min(all.to, lowest - 1) },
    above: { from: Math.max(all.from, highest + 1), to: all.to },
  };
}
