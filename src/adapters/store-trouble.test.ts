import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { verdictOn } from '../../test/contracts/audit-contract.ts';
import { ASHA, BINA, countingStamp, optOut, post } from '../../test/contracts/facts-contract.ts';
import { ms } from '../core/ids.ts';
import { UserError } from '../core/problem.ts';
import { openStore, type Store } from './store.ts';

let cwd: string;
let stores: Store[];
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'press9-trouble-'));
  stores = [];
});
afterEach(async () => {
  for (const store of stores) await store.close();
  rmSync(cwd, { recursive: true });
});

async function open(store?: string, more: { maxPages?: number } = {}): Promise<Store> {
  const opened = await openStore({ ...countingStamp(), cwd, env: {}, store, patience: 50, ...more });
  stores.push(opened);
  return opened;
}
const folder = () => join(cwd, '.press9');
const path = () => join(folder(), 'store.db');
const beside = () => join(folder(), 'optouts.journal.ndjson');
const above = () => join(cwd, '.press9-optouts.journal.ndjson');

async function refusal(work: Promise<unknown>): Promise<UserError> {
  const error = await work.then(
    () => undefined,
    (e: unknown) => e,
  );
  expect(error).toBeInstanceOf(UserError);
  return error as UserError;
}

describe('a new store', () => {
  it('is for its owner alone', async () => {
    const store = await open();
    await store.facts.record([optOut()]);
    expect(store).toMatchObject({ path: path(), health: 'ok', describe: `${path()} (new)` });
    expect(statSync(folder()).mode & 0o777).toBe(0o700);
    for (const file of readdirSync(folder())) expect(statSync(join(folder(), file)).mode & 0o777, file).toBe(0o600);
    expect((await open()).describe).toBe(path());
  });

  it('changes and erases no fact, whoever asks', async () => {
    await (await open()).facts.record([optOut()]);
    const db = new DatabaseSync(path());
    expect(() => db.exec(`UPDATE facts SET number = '+910000000000'`)).toThrow('never changed');
    expect(() => db.exec('DELETE FROM facts')).toThrow('never erased');
    db.close();
  });

  it('says nothing once it is closed: silence would read as "not listed"', async () => {
    const store = await open();
    await store.close();
    await expect(store.facts.about(ASHA)).rejects.toThrow('closed');
    await expect(store.facts.record([optOut()])).rejects.toThrow('closed');
  });
});

describe('a store that cannot be made', () => {
  beforeEach(() => writeFileSync(folder(), 'a file where the folder should be'));

  it('opens, tells why, and refuses to record', async () => {
    const store = await open();
    expect(store.health).toEqual({ problem: `The store ${path()} cannot be made: ${folder()} is a file, not a folder.` });
    expect(await store.facts.about(ASHA)).toEqual([]);
    await expect(store.facts.record([optOut()])).rejects.toThrow(`${folder()} is a file, not a folder`);
    expect(readFileSync(folder(), 'utf8')).toBe('a file where the folder should be');
  });

  it('journals an opt-out in the folder above, where it counts at once for everybody', async () => {
    const store = await open();
    expect(await store.journal(optOut(ASHA, { reason: 'pressed 9' }))).toBe(above());
    expect(statSync(above()).mode & 0o777).toBe(0o600);
    for (const reader of [store, await open()]) {
      expect(await reader.facts.about(ASHA)).toMatchObject([{ number: ASHA, reason: 'pressed 9' }]);
      expect(await reader.facts.list({ inForce: true, text: 'PRESSED' })).toHaveLength(1);
      expect(await reader.facts.about(BINA)).toEqual([]);
    }
  });

  it('is found from folders below by its journal', async () => {
    await (await open()).journal(optOut());
    mkdirSync(join(cwd, 'sub'));
    const below = await openStore({ ...countingStamp(), cwd: join(cwd, 'sub'), env: {} });
    expect(below.path).toBe(path());
    expect(await below.facts.about(ASHA)).toHaveLength(1);
    await below.close();
  });

  it('records in the store at last when nothing is in the way any more, and takes the journal over', async () => {
    const store = await open();
    await store.journal(optOut(ASHA), [post('p1')]);
    rmSync(folder());
    await store.facts.record([optOut(BINA)]);
    expect(existsSync(above())).toBe(false);
    expect(await store.facts.list({})).toHaveLength(2);
    expect(await store.outbox.due(ms(0), 10)).toMatchObject([{ id: 'p1' }]);
  });

  it('is asked again when another process has made it since', async () => {
    const early = await open();
    rmSync(folder());
    await (await open()).facts.record([optOut()]);
    expect(await early.facts.about(ASHA)).toHaveLength(1);
  });
});

describe('a store that cannot be written just now', () => {
  it('says that it is locked, and the opt-out goes to the journal beside it', async () => {
    const store = await open();
    await store.facts.record([optOut(BINA)]);
    const other = new DatabaseSync(path());
    other.exec('BEGIN IMMEDIATE');
    await expect(store.facts.record([optOut(ASHA)])).rejects.toThrow('another program holds it locked');
    expect(await store.journal(optOut(ASHA), [post('p1')])).toBe(beside());
    expect(await store.facts.about(ASHA)).toHaveLength(1);
    expect(await store.facts.list({})).toHaveLength(2);

    const meanwhile = await open();
    expect(meanwhile.health).toMatchObject({ problem: expect.stringContaining('cannot be taken over') });
    expect(await meanwhile.facts.about(ASHA)).toHaveLength(1);
    other.close();

    const healthy = await open();
    expect(healthy).toMatchObject({ health: 'ok', notes: ['1 journalled opt-out was taken over into the store.'] });
    expect(await healthy.facts.about(ASHA)).toHaveLength(1);
    expect(await healthy.outbox.due(ms(0), 5)).toMatchObject([{ id: 'p1', attempts: 0 }]);
    expect(readdirSync(folder()).filter((file) => file.includes('journal'))).toEqual([]);
  });

  it('lets an opt-in lift a journalled opt-out', async () => {
    const store = await open();
    await store.journal(optOut());
    const [waiting] = await store.facts.about(ASHA);
    await store.facts.record([optOut(ASHA, { kind: 'opt-in', supersedes: [waiting?.id ?? ''] })]);
    expect(await store.facts.list({ inForce: true })).toEqual([]);
    expect(await (await open()).facts.list({ inForce: true })).toEqual([]);
  });
});

describe('the journal', () => {
  it('takes over every whole line around a torn one, and keeps the torn one aside', async () => {
    const store = await open();
    await store.journal(optOut(ASHA));
    appendFileSync(beside(), '\n{"v":1,"facts":[{"id":"journal-x","number":"+9198');
    await store.journal(optOut(BINA));
    const reader = await open();
    expect((await reader.facts.list({})).map(({ number }) => number).toSorted()).toEqual([BINA, ASHA].toSorted());
    expect(reader.notes).toEqual([
      '2 journalled opt-outs were taken over into the store.',
      `1 broken line of the journal: kept in ${join(folder(), 'optouts.journal.broken')}.`,
    ]);
    expect(readFileSync(join(folder(), 'optouts.journal.broken'), 'utf8')).toContain('journal-x');
  });

  it('is taken over once, even when the taking over was cut short after the commit', async () => {
    const store = await open();
    await store.journal(optOut(ASHA), [post('p1')]);
    const lines = readFileSync(beside(), 'utf8');
    await (await open()).outbox.settle('p1', { delivered: true });
    mkdirSync(join(folder(), 'optouts.journal.importing'));
    writeFileSync(join(folder(), 'optouts.journal.importing', 'left-over.ndjson'), lines);
    expect(await store.facts.about(ASHA)).toHaveLength(1);
    const after = await open();
    expect(await after.facts.list({})).toHaveLength(1);
    expect(await after.outbox.due(ms(0), 5)).toEqual([]);
    expect(existsSync(join(folder(), 'optouts.journal.importing'))).toBe(false);
  });

  it('of a newer press9 is not read as an empty one', async () => {
    const store = await open();
    writeFileSync(beside(), '{"v":2,"opt-outs":[]}\n');
    await expect(store.facts.about(ASHA)).rejects.toThrow('newer press9');
    expect((await open()).health).toMatchObject({ problem: expect.stringContaining('newer press9') });
    expect(existsSync(join(folder(), 'optouts.journal.importing'))).toBe(true);
  });

  it('belongs to one store: two in a folder do not mix', async () => {
    const [one, two] = [await open('one.db'), await open('two.db')];
    expect(await one.journal(optOut())).toBe(join(cwd, 'one.db-optouts.journal.ndjson'));
    expect(await two.facts.about(ASHA)).toEqual([]);
    await open('two.db');
    expect(await (await open('one.db')).facts.about(ASHA)).toHaveLength(1);
  });

  it('of a store in memory is the store', async () => {
    const store = await open('memory:');
    expect(await store.journal(optOut())).toBe('memory:');
    expect(await store.facts.about(ASHA)).toHaveLength(1);
    expect(readdirSync(cwd)).toEqual([]);
  });
});

describe('a file that is there and cannot be read', () => {
  const refused = async (bytes: string | Uint8Array, says: string) => {
    writeFileSync(join(cwd, 'x.db'), bytes);
    const error = await refusal(open('x.db'));
    expect(error.message).toContain(says);
    expect(error.message).toContain(join(cwd, 'x.db'));
    expect(readFileSync(join(cwd, 'x.db'))).toEqual(Buffer.from(bytes));
  };

  it('is refused when it is no database', () => refused('number\n9876543210\n'.repeat(100), 'the file is damaged'));

  it('is refused when its pages are damaged', async () => {
    await (await open('whole.db')).facts.record([optOut()]);
    await stores.pop()?.close();
    const bytes = readFileSync(join(cwd, 'whole.db'));
    await refused(bytes.fill(0x5a, 100, 4096), 'the file is damaged');
  });

  it('is refused when it is a folder', async () => {
    mkdirSync(join(cwd, 'x.db'));
    expect((await refusal(open('x.db'))).message).toContain('is a folder');
  });

  it('is refused when another program made it', async () => {
    const db = new DatabaseSync(join(cwd, 'x.db'));
    db.exec('CREATE TABLE contacts (name TEXT)');
    db.close();
    await refused(readFileSync(join(cwd, 'x.db')), 'another program');
  });

  it('is refused when a newer press9 wrote it', async () => {
    await (await open('x.db')).facts.record([optOut()]);
    await stores.pop()?.close();
    const db = new DatabaseSync(join(cwd, 'x.db'));
    db.exec('PRAGMA user_version = 99');
    db.close();
    await refused(readFileSync(join(cwd, 'x.db')), 'was written by a newer press9 (version 99, this one knows ');
  });

  it('is taken when it is empty: nobody is on it', async () => {
    writeFileSync(join(cwd, 'x.db'), '');
    expect((await open('x.db')).health).toBe('ok');
  });

  it.skipIf(process.getuid?.() === 0)('is still asked when it may only be read', async () => {
    await (await open('x.db')).facts.record([optOut()]);
    await stores.pop()?.close();
    chmodSync(join(cwd, 'x.db'), 0o400);
    chmodSync(cwd, 0o500);
    const store = await open('x.db');
    expect(store.health).toMatchObject({ problem: expect.stringContaining('read-only') });
    expect(await store.facts.about(ASHA)).toHaveLength(1);
    await expect(store.facts.record([optOut()])).rejects.toThrow('read-only');
    await expect(store.audit.append([verdictOn()])).rejects.toThrow('read-only');
    expect(await store.audit.verify()).toMatchObject({ entries: 1, problems: [] });
    chmodSync(cwd, 0o700);
  });
});
