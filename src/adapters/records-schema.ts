import type { DatabaseSync } from 'node:sqlite';
import { UserError } from '../core/problem.ts';
import { inTransaction } from './sqlite-driver.ts';

/** `P9EM`, in the header of every database of an emulator. The store of facts says `P9DB`. */
const APPLICATION = 0x5039454d;
const STORE = 0x50394442;

/**
 * `seq` counts calls without a gap in the order in which they came, and `created_at` never falls: a clock that went back is
 * taken for one that stood. So the first and last call of a span of time tell how many there are between them.
 */
const FIRST = `
  CREATE TABLE calls (
    seq INTEGER PRIMARY KEY,
    sid TEXT NOT NULL,
    created_at REAL NOT NULL,
    from_number TEXT NOT NULL,
    to_number TEXT NOT NULL,
    exophone TEXT NOT NULL,
    status TEXT NOT NULL,
    direction TEXT NOT NULL,
    ended_at REAL,
    duration INTEGER,
    price REAL,
    record TEXT NOT NULL
  ) STRICT;
  CREATE UNIQUE INDEX calls_by_sid ON calls (sid);
  CREATE INDEX calls_by_time ON calls (created_at, seq);
  CREATE INDEX calls_from ON calls (from_number, seq);
  CREATE INDEX calls_to ON calls (to_number, seq);
  CREATE INDEX calls_of_exophone ON calls (exophone, seq);
  CREATE INDEX calls_by_status ON calls (status, seq);
  CREATE INDEX calls_by_direction ON calls (direction, seq);
  CREATE INDEX calls_by_duration ON calls (duration, seq) WHERE duration IS NOT NULL;
  CREATE INDEX calls_by_price ON calls (price, seq) WHERE price IS NOT NULL;
  CREATE INDEX calls_open ON calls (seq) WHERE ended_at IS NULL;

  CREATE TABLE messages (seq INTEGER PRIMARY KEY, sid TEXT NOT NULL UNIQUE, final INTEGER NOT NULL, record TEXT NOT NULL) STRICT;
  CREATE INDEX messages_open ON messages (seq) WHERE final = 0;

  CREATE TABLE posts (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    call TEXT NOT NULL,
    state TEXT NOT NULL,
    attempts TEXT NOT NULL,
    post TEXT NOT NULL
  ) STRICT;
  CREATE INDEX posts_of_call ON posts (call, seq);
  CREATE INDEX posts_waiting ON posts (seq) WHERE state = 'waiting';
  `;

/** The steps from an empty file to today's; `user_version` counts those taken. Never changed once released. */
const STEPS: readonly string[] = [FIRST];

/** @throws UserError for a database of a newer press9, or of another program; it is left as it is. */
export function checkOwner(db: DatabaseSync, path: string): void {
  const used = db.prepare('SELECT count(*) AS n FROM sqlite_schema').get()?.['n'] !== 0;
  const [application, version] = [pragma(db, 'application_id'), pragma(db, 'user_version')];
  if (application === STORE) {
    throw new UserError(`${path} is a press9 store, which holds who may be called. It was left as it is.`, {
      advice: 'The emulator keeps its calls in a file of its own: name another.',
    });
  }
  if (application !== APPLICATION && (application !== 0 || used || version !== 0)) {
    throw new UserError(`${path} is a database of another program, not of the emulator. It was left as it is.`, {
      advice: 'Name another file.',
    });
  }
  if (version > STEPS.length) {
    throw new UserError(
      `${path} was written by a newer press9 (version ${version}, this one knows ${STEPS.length}). It was left as it is.`,
      { advice: 'Upgrade press9, or name another file.' },
    );
  }
}

/** Makes the tables, or brings them forward: all or nothing. Nobody else may have the database open. */
export function bringForward(db: DatabaseSync): void {
  const taken = pragma(db, 'user_version');
  if (taken === STEPS.length) return;
  inTransaction(db, () => {
    for (const step of STEPS.slice(taken)) db.exec(step);
    db.exec(`PRAGMA application_id = ${APPLICATION}; PRAGMA user_version = ${STEPS.length};`);
  });
}

const pragma = (db: DatabaseSync, name: string): number => Number(db.prepare(`PRAGMA ${name}`).get()?.[name] ?? 0);
