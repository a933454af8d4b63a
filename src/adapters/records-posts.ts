import type { DatabaseSync } from 'node:sqlite';
import type { PostAttempt, PostRecord, PostState } from '../core/post-record.ts';
import type { PostRecords } from '../core/records.ts';
import type { Turns } from './records-turn.ts';
import { inArrays } from './sqlite-driver.ts';

type Tried = { id: string; attempt: PostAttempt; state: PostState; unknown?: true };

/** What was accepted stays so, whatever becomes of further attempts. */
const STAYS = "CASE WHEN state = 'delivered' THEN state ELSE ?3 END";
const COLUMNS = 'state, attempts, post';

/** Callbacks and webhooks of the emulator, with what came of them. */
export function createPostRecords(db: DatabaseSync, turns: Turns): PostRecords {
  const add = db.prepare(
    'INSERT INTO posts (id, call, state, attempts, post) VALUES (?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING',
  );
  const settle = db.prepare(
    `UPDATE posts SET attempts = json_insert(attempts, '$[#]', json(?2)), state = ${STAYS} WHERE id = ?1`,
  );
  const find = inArrays(db.prepare(`SELECT ${COLUMNS} FROM posts WHERE id = ?`));
  const list = inArrays(db.prepare(`SELECT ${COLUMNS} FROM posts ORDER BY seq DESC LIMIT ?`));
  const about = inArrays(db.prepare(`SELECT ${COLUMNS} FROM posts WHERE call = ? ORDER BY seq DESC LIMIT ?`));
  const open = inArrays(db.prepare(`SELECT ${COLUMNS} FROM posts WHERE state = 'waiting' ORDER BY seq`));

  let waiting: (PostRecord | Tried)[] = [];
  const writer = {
    write() {
      for (const one of waiting)
        if ('attempt' in one) settleOne(one);
        else addOne(one);
    },
    forget() {
      waiting = [];
    },
  };

  const addOne = ({ state, attempts, ...post }: PostRecord) =>
    add.run(post.id, post.call, state, JSON.stringify(attempts), JSON.stringify(post));

  function settleOne(tried: Tried): void {
    if (settle.run(tried.id, JSON.stringify(tried.attempt), tried.state).changes === 0) tried.unknown = true;
  }

  return {
    add(posts) {
      if (posts.length === 0) return Promise.resolve();
      waiting.push(...posts);
      return turns.join(writer);
    },
    async tried(id, attempt, state) {
      const tried: Tried = { id, attempt, state };
      waiting.push(tried);
      await turns.join(writer);
      if (tried.unknown) throw new Error(`the emulator knows no post ${id}`);
    },
    find: (id) => turns.read(() => postsIn([find.get(id)])[0]),
    list: ({ limit, about: sid }) => turns.read(() => postsIn(sid === undefined ? list.all(limit) : about.all(sid, limit))),
    waiting: () => turns.read(() => postsIn(open.all())),
  };
}

function postsIn(rows: readonly unknown[]): PostRecord[] {
  return rows.flatMap((row) => {
    if (row === undefined) return [];
    const [state, attempts, post] = row as [PostState, string, string];
    return { ...JSON.parse(post), state, attempts: JSON.parse(attempts) } as PostRecord;
  });
}
