import type { DatabaseSync } from 'node:sqlite';
import { type CallRecord, durationOf } from '../core/call-record.ts';
import type { CallRecords } from '../core/records.ts';
import { createLatest } from './records-latest.ts';
import { createCallPages } from './records-pages.ts';
import type { Turns } from './records-turn.ts';
import { inArrays } from './sqlite-driver.ts';

/** Calls of the emulator. What is handed over must not be changed before it is saved. */
export function createCallRecords(db: DatabaseSync, turns: Turns): CallRecords {
  const add = db.prepare(
    `INSERT INTO calls (sid, from_number, to_number, exophone, direction, status, ended_at, duration, price, record, created_at)
     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, max(?11, coalesce((SELECT max(created_at) FROM calls), ?11)))
     ON CONFLICT (sid) DO UPDATE SET from_number = ?2, to_number = ?3, exophone = ?4, direction = ?5, status = ?6,
       ended_at = ?7, duration = ?8, price = ?9, record = ?10`,
  );
  // SQLite writes every index anew whose column is set, even to what it was: these never change in a call.
  const change = db.prepare(
    `UPDATE calls SET status = ?6, ended_at = ?7, duration = ?8, price = ?9, record = ?10
     WHERE sid = ?1 AND from_number = ?2 AND to_number = ?3 AND exophone = ?4 AND direction = ?5`,
  );
  const find = inArrays(db.prepare('SELECT record FROM calls WHERE sid = ?'));
  const open = inArrays(db.prepare('SELECT record FROM calls WHERE ended_at IS NULL ORDER BY seq'));
  const page = createCallPages(db);

  /** Calls under way that this process has written: of others it does not ask whether they are there. */
  const there = new Set<string>();

  function write(record: CallRecord): void {
    const row = rowOf(record);
    if (!there.has(record.sid) || change.run(...row).changes === 0) add.run(...row, record.createdAt);
  }

  function written({ sid, endedAt }: CallRecord): void {
    if (endedAt === undefined) there.add(sid);
    else there.delete(sid);
  }

  return {
    save: createLatest(turns, write, written),
    find: (sid) => turns.read(() => callIn(find.get(sid))),
    page: (query) => turns.read(() => page(query)),
    unfinished: () => turns.read(() => open.all().flatMap((row) => callIn(row) ?? [])),
  };
}

function rowOf(record: CallRecord) {
  const { sid, from, to, facts, status, endedAt, price } = record;
  const filters = [sid, from, to, facts.exophone, facts.direction, status] as const;
  return [...filters, endedAt ?? null, durationOf(record) ?? null, price ?? null, JSON.stringify(record)] as const;
}

const callIn = (row: unknown): CallRecord | undefined =>
  row === undefined ? undefined : (JSON.parse((row as [string])[0]) as CallRecord);
