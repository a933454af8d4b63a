import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { chunks, IMPORT, verdictOn } from '../../test/contracts/audit-contract.ts';
import { BY } from '../../test/contracts/erasure-contract.ts';
import { ASHA, BINA, countingStamp, optOut } from '../../test/contracts/facts-contract.ts';
import type { AuditHead } from '../core/audit.ts';
import { e164 } from '../core/ids.ts';
import { hashOf } from './audit-seal.ts';
import { createSqliteAudit, type SqliteAudit } from './audit-sqlite.ts';
import { createSqliteFacts, type SqliteFacts } from './facts-sqlite.ts';
import { migrate } from './store-migrations.ts';

const CHITRA = e164('+919900112233');

let db: DatabaseSync;
let audit: SqliteAudit;
let facts: SqliteFacts;

/** Nine entries: four opt-outs, three verdicts, an import of two, and what lifts the first opt-out. */
async function story(): Promise<void> {
  db = new DatabaseSync(':memory:');
  migrate(db, 'story.db');
  const stamp = countingStamp();
  audit = createSqliteAudit(db, stamp.now);
  facts = createSqliteFacts(db, stamp, audit, () => {});
  const [first] = await facts.record([optOut(ASHA, { reason: 'asked twice' }), optOut(BINA), optOut(CHITRA, { scope: 'sms' })]);
  await audit.trail.append([verdictOn(ASHA), verdictOn(BINA), verdictOn(CHITRA)]);
  await facts.recordMany(chunks([BINA, CHITRA]), IMPORT);
  await facts.record([optOut(ASHA, { kind: 'opt-in', supersedes: [first?.id ?? ''], evidence: 'ticket 4711' })]);
  await facts.record([optOut('+9198765*')]);
}
const LAST = 9;

/** As somebody does who has the file and SQLite. */
function behindOurBack(sql: string): void {
  for (const { name } of db.prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'").all())
    db.exec(`DROP TRIGGER ${name}`);
  db.exec(sql);
}

async function found(...kept: AuditHead[]): Promise<readonly string[]> {
  return (await audit.trail.verify(...kept)).problems.map(({ seq, says }) => `${seq} ${says}`);
}

beforeEach(story);
afterEach(() => db.close());

describe('a chain that nobody touched', () => {
  it('is whole', async () => {
    expect(await audit.trail.verify(audit.head())).toEqual({ entries: LAST, head: audit.head(), against: [LAST], problems: [] });
  });

  it('changes and loses no entry, whoever asks', () => {
    expect(() => db.exec("UPDATE audit SET actor = 'nobody'")).toThrow('never changed');
    expect(() => db.exec('UPDATE audit SET number = NULL')).toThrow('never changed');
    expect(() => db.exec('DELETE FROM audit')).toThrow('never erased');
  });

  it('lets nothing but texts and numbers be erased, even while a person is', () => {
    db.exec('INSERT INTO erasing (now) VALUES (1)');
    expect(() => db.exec("UPDATE facts SET scope = 'sms'")).toThrow('never changed');
    expect(() => db.exec("UPDATE facts SET number = '+911234567890'")).toThrow('never changed');
    expect(() => db.exec("UPDATE audit SET body = '{}'")).toThrow('never changed');
    expect(() => db.exec("UPDATE audit SET number = '+911234567890'")).toThrow('never changed');
    expect(() => db.exec('DELETE FROM facts')).toThrow('never erased');
  });
});

describe('an entry that was changed', () => {
  const TEXTS = ['actor', 'action', 'who', 'number', 'said', 'note', 'body', 'hash', 'prev'] as const;
  const COUNTS = ['at', 'recorded_at', 'fact_from', 'fact_to'] as const;

  it('is found and named, whatever byte of it it was', async () => {
    const holders = db.prepare('SELECT * FROM audit').all();
    const places = [...TEXTS, ...COUNTS].flatMap((column) =>
      holders.flatMap((row) => (row[column] === null ? [] : [{ column, seq: Number(row['seq']), value: row[column] }])),
    );
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...places), fc.nat(), fc.integer({ min: 1, max: 94 }), async (place, at, by) => {
        const { column, seq, value } = place;
        const forged = typeof value === 'string' ? turned(value, at, by) : Number(value) + by;
        behindOurBack('');
        const set = db.prepare(`UPDATE audit SET ${column} = ? WHERE seq = ?`);
        set.run(forged, seq);
        expect((await audit.trail.verify()).problems.map((problem) => problem.seq)).toContain(seq);
        set.run(value ?? null, seq);
      }),
      { numRuns: 150 },
    );
    expect(await found()).toEqual([]);
  });

  it('is named alone: the others are as they were', async () => {
    behindOurBack("UPDATE audit SET actor = 'somebody' WHERE seq = 4");
    expect(await found()).toEqual(['4 was changed']);
  });

  it('is found when its hash was made to fit', async () => {
    const entry = audit.entry(4);
    if (!entry) throw new Error('there is no fourth entry');
    const hash = hashOf({ ...entry, actor: 'somebody' });
    behindOurBack(`UPDATE audit SET actor = 'somebody', hash = '${hash}' WHERE seq = 4`);
    expect(await found()).toEqual(['4 was written anew: the entry behind it does not follow']);
  });

  it('is found at the end of the chain by the head that was kept', async () => {
    const [kept, entry] = [audit.head(), audit.entry(LAST)];
    if (!entry) throw new Error('there is no last entry');
    behindOurBack(`UPDATE audit SET actor = 'x', hash = '${hashOf({ ...entry, actor: 'x' })}' WHERE seq = ${LAST}`);
    expect(await found()).toEqual([]);
    expect(await found(kept)).toEqual([`${LAST} is another than when the head was kept`]);
  });

  it('is found when it has lost or swapped what the hash does not cover', async () => {
    behindOurBack(`UPDATE audit SET number = NULL WHERE seq = 2; UPDATE audit SET number = '${BINA}' WHERE seq = 4;
      UPDATE audit SET note = NULL WHERE seq = 1; UPDATE audit SET note = 'other' WHERE seq = 8`);
    expect(await found()).toEqual(['1 has lost its note', '2 has lost its number', '4 has another number', '8 has another note']);
  });

  it('is found when all numbers got another salt', async () => {
    behindOurBack(`UPDATE identity SET salt = '${'00'.repeat(32)}'`);
    expect((await createSqliteAudit(db, countingStamp().now).trail.verify()).problems.map(({ seq }) => seq)).toContain(1);
  });

  it('cannot make the check fail, whatever it holds', async () => {
    behindOurBack("UPDATE audit SET body = 'null' WHERE seq = 7; UPDATE audit SET body = '{', action = 'erase' WHERE seq = 5");
    expect(await found()).toEqual(['5 was changed', '7 was changed']);
  });
});

describe('values that press9 never wrote', () => {
  const WILD = ["''", "CAST(x'ff00fe' AS TEXT)", "'a' || char(0)", "'{'", "'null'", '\'{"preference":{}}\'', 'NULL', '-1'];
  const HUGE = ['9223372036854775807', '-9223372036854775808', '9007199254740993', '8640000000000001'];
  const ENTRY = ['at', 'recorded_at', 'actor', 'action', 'who', 'number', 'said', 'note', 'fact_from', 'fact_to', 'body', 'prev'];
  const FACT = ['id', 'kind', 'number', 'scope', 'source', 'at', 'recorded_at', 'actor', 'call', 'key', 'reason', 'supersedes'];

  /** Does something with each wild value that the column takes, and puts back what was there. */
  async function withEach(table: 'audit' | 'facts', column: string, look: (wild: string) => Promise<void>): Promise<void> {
    behindOurBack('');
    const seq = table === 'audit' ? 4 : 1;
    const value = db.prepare(`SELECT ${column} AS value FROM ${table} WHERE seq = ${seq}`).get()?.['value'] ?? null;
    for (const wild of [...WILD, ...HUGE]) {
      try {
        db.exec(`UPDATE ${table} SET ${column} = ${wild} WHERE seq = ${seq}`);
      } catch {
        continue;
      }
      if (value !== null || wild !== 'NULL') await look(wild);
      db.prepare(`UPDATE ${table} SET ${column} = ? WHERE seq = ${seq}`).run(value as string);
    }
    expect(await found()).toEqual([]);
  }

  it.each(ENTRY)('as %s of an entry are found, and the others are read all the same', async (column) => {
    await withEach('audit', column, async (wild) => {
      expect(
        (await audit.trail.verify()).problems.map(({ seq }) => seq),
        wild,
      ).toContain(4);
      expect(await audit.trail.read({}), wild).toHaveLength(LAST);
    });
  });

  it.each([...FACT, 'expires_at', 'detail'])(
    'as %s of a fact are found; what it stops is told, or nobody knows',
    async (column) => {
      await withEach('facts', column, async (wild) => {
        expect(await found(), wild).toContain('1 recorded another fact than the store holds');
        const known = await facts.list({}).catch((error: Error) => error.message);
        if (typeof known === 'string') expect(known, wild).toMatch(/^fact .* is damaged$|too large/);
        else expect(known, wild).toHaveLength(7);
      });
    },
  );

  it('are found when they mean the same: a space is a changed byte', async () => {
    behindOurBack(`UPDATE facts SET supersedes = '["id-1" ]' WHERE kind = 'opt-in'`);
    expect(await found()).toEqual(['8 recorded another fact than the store holds']);
  });

  it('are no facts: one of an unknown kind, one without what its kind needs', async () => {
    behindOurBack("UPDATE facts SET kind = 'opt-maybe' WHERE seq = 1; UPDATE facts SET kind = 'listing' WHERE seq = 2");
    await expect(facts.about(ASHA)).rejects.toThrow('fact id-1 is damaged');
    await expect(facts.about(BINA)).rejects.toThrow('fact id-2 is damaged');
    expect(await found()).toEqual([1, 2].map((seq) => `${seq} recorded another fact than the store holds`));
  });
});

describe('entries that are gone or elsewhere', () => {
  it('a dropped one is missed', async () => {
    behindOurBack('DELETE FROM audit WHERE seq = 5');
    expect(await found()).toEqual(['5 is missing']);
  });

  it('several in a row are missed, with the facts that they recorded', async () => {
    behindOurBack('DELETE FROM audit WHERE seq BETWEEN 2 AND 4');
    expect(await found()).toEqual(['0 facts 2 to 3 of the store are in no entry', '2 to 4 are missing']);
  });

  it('the first one is missed', async () => {
    behindOurBack('DELETE FROM audit WHERE seq = 1');
    expect(await found()).toContain('1 is missing');
  });

  it('a pair that was swapped is told as such', async () => {
    behindOurBack(
      'UPDATE audit SET seq = 99 WHERE seq = 4; UPDATE audit SET seq = 4 WHERE seq = 5; UPDATE audit SET seq = 5 WHERE seq = 99',
    );
    expect(await found()).toEqual(['4 was moved: it was entry 5', '5 was moved: it was entry 4']);
  });

  it('a tail that was cut off is missed, if the head was kept', async () => {
    const kept = audit.head();
    behindOurBack('DELETE FROM facts WHERE seq > 3; DELETE FROM audit WHERE seq > 6; DELETE FROM lifted');
    expect(await found()).toEqual([]);
    expect(await found(kept)).toEqual(['7 to 9 are missing: the end was cut off']);
  });

  it('a tail that was cut off is missed, however much else is wrong', async () => {
    const kept = audit.head();
    behindOurBack(`DELETE FROM audit WHERE seq = 9;
      INSERT INTO facts (seq, id, kind, number, scope, source, at, recorded_at, actor)
      SELECT 10 * value, 'forged' || value, 'opt-in', '${BINA}', 'all', 'manual', 1, 1, 'nobody'
      FROM json_each('${JSON.stringify(Array.from({ length: 200 }, (_, i) => i + 1))}')`);
    expect((await found(kept)).at(-1)).toBe('9 is missing: the end was cut off');
  });

  it('a tail that was cut off and grew again is another', async () => {
    const kept = audit.head();
    behindOurBack('DELETE FROM facts WHERE seq > 5; DELETE FROM audit WHERE seq > 7; DELETE FROM lifted');
    await audit.trail.append([verdictOn(), verdictOn(), verdictOn()]);
    expect(await found(kept)).toEqual([`${LAST} is another than when the head was kept`]);
  });

  it('everything cut off leaves an empty chain, and the head that was kept', async () => {
    const kept = audit.head();
    behindOurBack('DELETE FROM facts; DELETE FROM audit; DELETE FROM lifted');
    expect(await found(kept)).toEqual(['1 to 9 are missing: the end was cut off']);
  });
});

describe('facts behind the back of the chain', () => {
  it('one that was changed is found', async () => {
    behindOurBack("UPDATE facts SET scope = 'sms' WHERE seq = 1");
    expect(await found()).toEqual(['1 recorded another fact than the store holds']);
  });

  it('one that was changed among many is found', async () => {
    behindOurBack("UPDATE facts SET number = '+919999999999' WHERE seq = 4");
    expect(await found()).toEqual(['7 recorded other facts than the store holds']);
  });

  it('one that was dropped is found', async () => {
    behindOurBack('DELETE FROM facts WHERE seq = 2');
    expect(await found()).toEqual(['2 has lost its fact']);
  });

  it('one that was added is found', async () => {
    behindOurBack(`INSERT INTO facts (id, kind, number, scope, source, at, recorded_at, actor)
      VALUES ('forged', 'opt-in', '${BINA}', 'all', 'manual', 1, 1, 'nobody')`);
    expect(await found()).toEqual(['0 fact 8 of the store is in no entry']);
  });

  it('one that was made to look erased is found', async () => {
    behindOurBack(`UPDATE facts SET number = '${audit.seal.hide(BINA)}' WHERE number = '${BINA}'`);
    expect(await found()).toEqual([
      '2 recorded another fact than the store holds',
      '7 recorded other facts than the store holds',
    ]);
  });

  it('an opt-out that was taken off the list, or put back on it, is found', async () => {
    behindOurBack("INSERT INTO lifted (number, id) VALUES ('x', 'id-2')");
    expect(await found()).toEqual(['0 1 of the lifted opt-outs are not as the facts tell']);
    behindOurBack('DELETE FROM lifted');
    expect(await found()).toEqual(['0 1 of the lifted opt-outs are not as the facts tell']);
  });

  it('one that was changed is found after an erasure too: erasing hides nothing', async () => {
    behindOurBack("UPDATE facts SET scope = 'sms' WHERE seq = 1");
    await facts.erase(ASHA, BY);
    expect(await found()).toEqual(['1 recorded another fact than the store holds']);
  });

  it('one that was brought back after an erasure is found', async () => {
    const before = db.prepare('SELECT number, reason FROM facts WHERE seq = 1').get() ?? {};
    await facts.erase(ASHA, BY);
    expect(await found()).toEqual([]);
    behindOurBack(`UPDATE facts SET number = '${before['number']}', reason = '${before['reason']}' WHERE seq = 1`);
    expect(await found()).toEqual(['1 recorded another fact than the store holds']);
  });
});

/** Another character in place of one. */
function turned(text: string, at: number, by: number): string {
  const i = at % text.length;
  const code = text.charCodeAt(i);
  const next = code >= 32 && code < 127 ? 32 + ((code - 32 + by) % 95) : 63;
  return `${text.slice(0, i)}${String.fromCharCode(next)}${text.slice(i + 1)}`;
}
