import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { verdictOn } from '../../test/contracts/audit-contract.ts';
import { countingStamp, optOut } from '../../test/contracts/facts-contract.ts';
import { parseHead } from './audit-anchor.ts';
import { openStore, type Store } from './store.ts';

let cwd: string;
let stores: Store[];
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'press9-anchor-'));
  stores = [];
});
afterEach(async () => {
  for (const store of stores) await store.close();
  rmSync(cwd, { recursive: true });
});

const path = () => join(cwd, 'x.db');
const anchor = () => join(cwd, 'x.db.head');

async function open(): Promise<Store> {
  const store = await openStore({ ...countingStamp(), store: 'x.db', env: {}, cwd });
  stores.push(store);
  return store;
}

/** A store with so many entries, closed. */
async function storeWith(entries: number): Promise<void> {
  const store = await open();
  for (let i = 0; i < entries; i++) await store.facts.record([optOut()]);
  await store.close();
}

function cutTo(seq: number): void {
  const db = new DatabaseSync(path());
  db.exec(`DROP TRIGGER audit_is_not_erased; DROP TRIGGER facts_are_not_erased;
    DELETE FROM audit WHERE seq > ${seq}; DELETE FROM facts WHERE seq > ${seq}`);
  db.close();
}

const problems = async () => (await (await open()).audit.verify()).problems.map(({ seq, says }) => `${seq} ${says}`);

describe('the head beside the store', () => {
  it('is written when the store is closed, for its owner alone, and holds', async () => {
    await storeWith(3);
    const store = await open();
    expect(parseHead(readFileSync(anchor(), 'utf8'))).toEqual(await store.audit.head());
    expect(statSync(anchor()).mode & 0o777).toBe(0o600);
    expect(readdirSync(cwd).filter((file) => file.includes('.head'))).toEqual(['x.db.head']);
    expect(await problems()).toEqual([]);
  });

  it('is not made for a store without entries', async () => {
    await storeWith(0);
    expect(existsSync(anchor())).toBe(false);
  });

  it('may lag behind: a killed process leaves an older one', async () => {
    await storeWith(2);
    const early = readFileSync(anchor());
    await storeWith(2);
    writeFileSync(anchor(), early);
    expect(await problems()).toEqual([]);
  });

  it('does not lag by thousands in a process that runs for long', async () => {
    const store = await open();
    for (let i = 0; i < 3; i++) await Promise.all(Array.from({ length: 1000 }, () => store.audit.append([verdictOn()])));
    expect(parseHead(readFileSync(anchor(), 'utf8'))?.seq).toBe(3000);
  });

  it('shows that the end was cut off', async () => {
    await storeWith(5);
    cutTo(3);
    expect(await problems()).toEqual(['4 to 5 are missing: the end was cut off']);
  });

  it('stays as a witness when somebody writes on after the cut', async () => {
    await storeWith(5);
    cutTo(3);
    await storeWith(1);
    expect(await problems()).toEqual(['5 is missing: the end was cut off']);
    await storeWith(4);
    expect(await problems()).toEqual(['5 is another than when the head was kept']);
  });

  it('tells of a store that was taken away', async () => {
    await storeWith(5);
    unlinkSync(path());
    const store = await open();
    expect(store.notes).toEqual([`${anchor()} tells of an earlier store here with 5 audit entries, which is gone.`]);
    await store.close();
    expect(await problems()).toEqual(['0 the head that was kept is of another store: this one has taken its place']);
  });

  it('tells that a store has lost all it held: nobody is taken off the list by that', async () => {
    await storeWith(5);
    writeFileSync(path(), '');
    await expect(open()).rejects.toThrow(`The store ${path()} is empty, and ${anchor()} tells of what was in it.`);
    expect(statSync(path()).size).toBe(0);
    unlinkSync(anchor());
    expect((await open()).health).toBe('ok');
  });

  it('that cannot be read is told of', async () => {
    await storeWith(1);
    writeFileSync(anchor(), 'something else');
    expect(await problems()).toEqual([`0 ${anchor()} cannot be read: it does not hold the head of an audit chain`]);
  });

  it('that counts backwards is none', () => {
    const head = { store: 'x', seq: -1, hash: '' };
    expect(parseHead(JSON.stringify({ head }))).toBeUndefined();
    expect(parseHead(JSON.stringify({ head: { ...head, seq: 0 } }))).toMatchObject({ seq: 0 });
  });

  it('that cannot be written harms nothing', async () => {
    mkdirSync(join(anchor(), 'in-the-way'), { recursive: true });
    await storeWith(1);
    expect(await (await open()).facts.list({})).toHaveLength(1);
    expect(readdirSync(cwd).filter((file) => file.startsWith('x.db.head'))).toEqual(['x.db.head']);
    rmSync(anchor(), { recursive: true });
  });
});
