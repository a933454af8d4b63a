import type { DatabaseSync } from 'node:sqlite';
import { adoptFacts } from './audit-adopt.ts';
import { createIdentity } from './audit-seal.ts';

/** Brings a store one version forward: SQL, or what SQL cannot do. Runs inside a transaction. */
export type Step = string | ((db: DatabaseSync) => void);

const FACTS = `
  CREATE TABLE facts (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    number TEXT NOT NULL,
    scope TEXT NOT NULL,
    source TEXT NOT NULL,
    at INTEGER NOT NULL,
    recorded_at INTEGER NOT NULL,
    actor TEXT NOT NULL,
    call TEXT, flow TEXT, node TEXT, key TEXT, campaign TEXT, reason TEXT, evidence TEXT,
    supersedes TEXT
  ) STRICT;
  CREATE INDEX facts_of_number ON facts (number, recorded_at, seq);
  CREATE INDEX facts_by_time ON facts (recorded_at, seq);
  CREATE TRIGGER facts_are_not_changed BEFORE UPDATE ON facts BEGIN SELECT RAISE(ABORT, 'facts are never changed'); END;
  CREATE TRIGGER facts_are_not_erased BEFORE DELETE ON facts BEGIN SELECT RAISE(ABORT, 'facts are never erased'); END;

  CREATE TABLE lifted (number TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY (number, id)) STRICT, WITHOUT ROWID;

  CREATE TABLE outbox (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    what TEXT NOT NULL,
    url TEXT NOT NULL,
    content_type TEXT NOT NULL,
    body TEXT NOT NULL,
    call TEXT NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'delivered', 'given-up')),
    due_at INTEGER
  ) STRICT;
  CREATE INDEX outbox_waiting ON outbox (seq) WHERE state = 'waiting';
  `;

/** `erasing` holds a row only inside the transaction that erases a person: the one change that facts and entries allow. */
const AUDIT = `
  ALTER TABLE facts ADD COLUMN expires_at INTEGER;
  ALTER TABLE facts ADD COLUMN detail TEXT;

  CREATE TABLE identity (id TEXT NOT NULL, salt TEXT NOT NULL) STRICT;
  CREATE TABLE erasing (now INTEGER) STRICT;
  CREATE TABLE audit (
    seq INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    recorded_at INTEGER NOT NULL,
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    who TEXT, number TEXT, said TEXT, note TEXT,
    fact_from INTEGER, fact_to INTEGER,
    body TEXT NOT NULL,
    prev TEXT NOT NULL,
    hash TEXT NOT NULL
  ) STRICT;
  CREATE INDEX audit_of_number ON audit (who, seq) WHERE who IS NOT NULL;
  CREATE INDEX audit_of_facts ON audit (fact_from) WHERE fact_from IS NOT NULL;
  CREATE INDEX audit_erasures ON audit (who) WHERE action = 'erase';

  DROP TRIGGER facts_are_not_changed;
  CREATE TRIGGER facts_are_not_changed BEFORE UPDATE ON facts
    WHEN NOT EXISTS (SELECT 1 FROM erasing)
      OR (NEW.number IS NOT OLD.number AND NEW.number NOT GLOB 'erased:*')
      OR (NEW.seq, NEW.id, NEW.kind, NEW.scope, NEW.source, NEW.at, NEW.recorded_at, NEW.supersedes, NEW.expires_at)
        IS NOT (OLD.seq, OLD.id, OLD.kind, OLD.scope, OLD.source, OLD.at, OLD.recorded_at, OLD.supersedes, OLD.expires_at)
    BEGIN SELECT RAISE(ABORT, 'facts are never changed'); END;
  CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit
    WHEN NOT EXISTS (SELECT 1 FROM erasing)
      OR NEW.number IS NOT NULL AND NEW.number IS NOT OLD.number
      OR NEW.note IS NOT NULL AND NEW.note IS NOT OLD.note
      OR (NEW.seq, NEW.at, NEW.recorded_at, NEW.actor, NEW.action, NEW.who, NEW.said, NEW.body, NEW.prev, NEW.hash)
        IS NOT (OLD.seq, OLD.at, OLD.recorded_at, OLD.actor, OLD.action, OLD.who, OLD.said, OLD.body, OLD.prev, OLD.hash)
    BEGIN SELECT RAISE(ABORT, 'the audit is never changed'); END;
  CREATE TRIGGER audit_is_not_erased BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit is never erased'); END;
  `;

function addAudit(db: DatabaseSync): void {
  db.exec(AUDIT);
  const { id, salt } = createIdentity();
  db.prepare('INSERT INTO identity (id, salt) VALUES (?, ?)').run(id, salt);
  adoptFacts(db);
}

/** Imported opt-outs, which may be millions, are in neither index: a query says so in these words, or reads them all. */
export const NO_OPT_OUT = "kind <> 'opt-out'";
export const FROM_NO_FILE = "source <> 'csv'";

const BY_KIND_AND_SOURCE = `
  CREATE INDEX facts_by_kind ON facts (kind, recorded_at, seq) WHERE ${NO_OPT_OUT};
  CREATE INDEX facts_by_source ON facts (source, kind, recorded_at, seq) WHERE ${FROM_NO_FILE};
  `;

/**
 * The steps from an empty file to today's store; `user_version` counts those taken. Steps are added at the end and
 * never changed once released.
 */
export const MIGRATIONS: readonly Step[] = [FACTS, addAudit, BY_KIND_AND_SOURCE];
