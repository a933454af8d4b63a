import type { Ms } from '../core/ids.ts';
import type { Records } from '../core/records.ts';
import { createCallRecords } from './records-calls.ts';
import { createMessageRecords } from './records-messages.ts';
import { openRecordsFile, type RecordsFile } from './records-open.ts';
import { createPostRecords } from './records-posts.ts';
import { createTurns } from './records-turn.ts';

const LATEST = `SELECT max(at) AS at FROM (
  SELECT max(record ->> '$.updatedAt') AS at FROM calls UNION ALL
  SELECT max(record ->> '$.updatedAt') FROM messages UNION ALL
  SELECT max(post ->> '$.at') FROM posts UNION ALL
  SELECT max((value ->> '$.at') + (value ->> '$.took')) FROM posts, json_each(posts.attempts))`;

/**
 * What the emulator keeps, in a database of its own that one emulator has open at a time. What is acknowledged outlives the
 * process; an order given to the disk is not waited for.
 * @throws UserError when the file cannot be used.
 */
export async function openSqliteRecords(file: RecordsFile): Promise<Records> {
  const db = await openRecordsFile(file);
  const turns = createTurns(db, file.path);
  const latest = db.prepare(LATEST);
  return {
    calls: createCallRecords(db, turns),
    messages: createMessageRecords(db, turns),
    posts: createPostRecords(db, turns),
    latest: () => turns.read(() => (latest.get() as { at: Ms | null }).at ?? undefined),
    clear: () => turns.alone(() => db.exec('DELETE FROM calls; DELETE FROM messages; DELETE FROM posts;')),
    close: async () => turns.close(),
  };
}
