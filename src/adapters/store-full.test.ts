import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { chunks, IMPORT, verdictOn } from '../../test/contracts/audit-contract.ts';
import { BY } from '../../test/contracts/erasure-contract.ts';
import { ASHA, BINA, countingStamp, optOut } from '../../test/contracts/facts-contract.ts';
import { e164 } from '../core/ids.ts';
import { openStore, type Store } from './store.ts';

let cwd: string;
let stores: Store[];
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'press9-full-'));
  stores = [];
});
afterEach(async () => {
  for (const store of stores) await store.close();
  rmSync(cwd, { recursive: true });
});

async function open(maxPages?: number): Promise<Store> {
  const limit = maxPages !== undefined && { maxPages };
  const store = await openStore({ ...countingStamp(), store: 'x.db', env: {}, cwd, ...limit });
  stores.push(store);
  return store;
}

const path = () => join(cwd, 'x.db');
const LONG = 'x'.repeat(3000);
const full = () => `the store ${path()} cannot be written: the disk is full`;

/** Opt-outs until no more fit; how many did. */
async function fill(store: Store): Promise<number> {
  for (let count = 0; ; count++) {
    try {
      await store.facts.record([optOut(BINA, { evidence: LONG })]);
    } catch (error) {
      expect((error as Error).message).toBe(full());
      return count;
    }
  }
}

describe('a disk that is full', () => {
  it('from the beginning: no store, and that is said', async () => {
    const store = await open(1);
    expect(store.health).toEqual({ problem: `The store ${path()} cannot be made: the disk is full.` });
    await expect(store.facts.record([optOut()])).rejects.toThrow('the disk is full');
    await expect(store.audit.verify()).rejects.toThrow(`the store ${path()} cannot be read: the disk is full`);
  });

  it('in the middle: what was acknowledged is there, what was refused is not, the audit is whole', async () => {
    const store = await open(40);
    const count = await fill(store);
    expect(count).toBeGreaterThan(3);
    expect(await store.facts.list({})).toHaveLength(count);
    const big = Array.from({ length: 20 }, () => ({ ...verdictOn(), note: LONG }));
    await expect(store.audit.append(big)).rejects.toThrow(full());
    await expect(store.recordMany(chunks([ASHA], manyNumbers(3000)), IMPORT)).rejects.toThrow(full());
    expect(await store.facts.list({})).toHaveLength(count);
    expect(await store.audit.verify()).toMatchObject({ entries: count, problems: [] });
  });

  it('sends an opt-out to the journal, where it counts, until there is room', async () => {
    const store = await open(40);
    const count = await fill(store);
    await store.journal(optOut(ASHA));
    expect(await store.facts.about(ASHA)).toHaveLength(1);
    await store.close();
    const roomy = await open();
    expect(roomy.notes).toEqual(['1 journalled opt-out was taken over into the store.']);
    expect(await roomy.facts.list({ inForce: true })).toHaveLength(count + 1);
    expect(await roomy.audit.verify()).toMatchObject({ entries: count + 1, problems: [] });
  });

  it('erases a person all the same, or not at all', async () => {
    const store = await open(40);
    await store.facts.record([optOut(ASHA, { evidence: LONG })]);
    await fill(store);
    const erased = await store.facts.erase(ASHA, BY).then(
      () => true,
      () => false,
    );
    const named = JSON.stringify([await store.facts.list({}), await store.audit.read({})]).includes(ASHA);
    expect(named).toBe(!erased);
    expect((await store.audit.verify()).problems).toEqual([]);
  });
});

describe('a store that was damaged inside', () => {
  const execute = (sql: string) => {
    const db = new DatabaseSync(path());
    db.exec(sql);
    db.close();
  };

  beforeEach(async () => {
    const store = await open();
    await store.recordMany(chunks(manyNumbers(500)), IMPORT);
    await store.close();
  });

  it('is refused without its identity: nobody could be found by a salted hash', async () => {
    execute('DELETE FROM identity');
    await expect(open()).rejects.toThrow(`The store ${path()} cannot be read: its identity is missing. It was left as it is.`);
  });

  it('is refused without its audit', async () => {
    execute('DROP TABLE audit');
    const before = readFileSync(path());
    await expect(open()).rejects.toThrow('no such table: audit');
    expect(readFileSync(path())).toEqual(before);
  });

  it('answers no question that leads through a damaged page', async () => {
    const root = new DatabaseSync(path());
    const page = Number(root.prepare("SELECT rootpage FROM sqlite_schema WHERE name = 'facts_of_number'").get()?.['rootpage']);
    root.close();
    damage(page);
    const store = await open();
    await expect(store.facts.about(ASHA)).rejects.toThrow(`the store ${path()} cannot be read: the file is damaged`);
    await expect(store.facts.record([optOut()])).rejects.toThrow(`the store ${path()} cannot be written: the file is damaged`);
  });

  function damage(page: number): void {
    const bytes = readFileSync(path());
    bytes.fill(0x5a, (page - 1) * 4096, page * 4096);
    rmSync(path());
    for (const file of readdirSync(cwd).filter((name) => /-(wal|shm)$/.test(name))) rmSync(join(cwd, file));
    writeFileSync(path(), bytes);
  }
});

function manyNumbers(count: number) {
  return Array.from({ length: count }, (_, i) => e164(`+9199${String(i).padStart(8, '0')}`));
}
