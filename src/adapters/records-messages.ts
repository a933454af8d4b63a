import type { DatabaseSync } from 'node:sqlite';
import { isFinal, type MessageRecord } from '../core/message-record.ts';
import type { MessageRecords } from '../core/records.ts';
import { createLatest } from './records-latest.ts';
import type { Turns } from './records-turn.ts';
import { inArrays } from './sqlite-driver.ts';

/** SMS of the emulator. What is handed over must not be changed before it is saved. */
export function createMessageRecords(db: DatabaseSync, turns: Turns): MessageRecords {
  const put = db.prepare(
    'INSERT INTO messages (sid, final, record) VALUES (?1, ?2, ?3) ON CONFLICT (sid) DO UPDATE SET final = ?2, record = ?3',
  );
  const find = inArrays(db.prepare('SELECT record FROM messages WHERE sid = ?'));
  const list = inArrays(db.prepare('SELECT record FROM messages ORDER BY seq DESC LIMIT ?'));
  const open = inArrays(db.prepare('SELECT record FROM messages WHERE final = 0 ORDER BY seq'));

  return {
    save: createLatest(turns, (record) => void put.run(record.sid, isFinal(record.status) ? 1 : 0, JSON.stringify(record))),
    find: (sid) => turns.read(() => messagesIn([find.get(sid)])[0]),
    list: (limit) => turns.read(() => messagesIn(list.all(limit))),
    unfinished: () => turns.read(() => messagesIn(open.all())),
  };
}

const messagesIn = (rows: readonly unknown[]): MessageRecord[] =>
  rows.flatMap((row) => (row === undefined ? [] : (JSON.parse((row as [string])[0]) as MessageRecord)));
