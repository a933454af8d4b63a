import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { chunks, IMPORT, verdictOn } from '../../test/contracts/audit-contract.ts';
import { BY } from '../../test/contracts/erasure-contract.ts';
import { ASHA, BINA, countingStamp, optOut, post } from '../../test/contracts/facts-contract.ts';
import { e164, ms } from '../core/ids.ts';
import { openStore, type Store } from './store.ts';

let cwd: string;
let stores: Store[];
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'press9-erase-'));
  stores = [];
});
afterEach(async () => {
  for (const store of stores) await store.close();
  rmSync(cwd, { recursive: true });
});

async function open(): Promise<Store> {
  const store = await openStore({ ...countingStamp(), cwd, env: {}, patience: 50 });
  stores.push(store);
  return store;
}

const folder = () => join(cwd, '.press9');
const path = () => join(folder(), 'store.db');

/** Files below the folder whose bytes hold one of the texts. */
function filesWith(...texts: readonly string[]): readonly string[] {
  return readdirSync(cwd, { recursive: true, encoding: 'utf8' }).filter((name) => {
    const file = join(cwd, name);
    return statSync(file).isFile() && texts.some((text) => readFileSync(file).includes(text));
  });
}
const TRACES = ['9876543210', 'Mrs Rao', 'her own words', '203.0.113.7'];

/** Asha in every table, some of it deleted or overwritten since, among many others. */
async function ashaEverywhere(store: Store): Promise<void> {
  const others = Array.from({ length: 300 }, (_, i) => e164(`+9198${String(20_000_000 + i)}`));
  await store.recordMany(chunks(others, [ASHA, BINA], others), IMPORT);
  await store.facts.record(
    [optOut(ASHA, { reason: 'Mrs Rao asked', evidence: 'her own words', actor: 'call +919876543210' })],
    [post('p1')],
  );
  const consent = { basis: 'explicit', text: 'Mrs Rao agrees', ip: '203.0.113.7' } as const;
  await store.facts.record([{ kind: 'consent', number: ASHA, scope: 'all', source: 'web', at: ms(0), actor: 'web', consent }]);
  await store.facts.record([optOut(BINA, { reason: 'same house as 09876543210' })]);
  await store.audit.append([verdictOn(ASHA), verdictOn(BINA)]);
  await store.outbox.settle('p1', { delivered: true });
}

describe('a person who was erased', () => {
  it('is in no byte of the store’s files, and still blocked', async () => {
    const store = await open();
    await ashaEverywhere(store);
    expect(filesWith(...TRACES)).not.toEqual([]);
    expect(await store.facts.erase(ASHA, BY)).toEqual({ facts: 3, entries: 3, posts: 1, givenUp: 0 });
    expect(filesWith(...TRACES)).toEqual([]);
    await store.close();
    expect(filesWith(...TRACES)).toEqual([]);
    const later = await open();
    expect((await later.facts.about(ASHA)).map(({ kind }) => kind)).toEqual(['opt-out', 'opt-out', 'consent']);
    expect(await later.facts.about(BINA)).toMatchObject([{ source: 'csv' }, { reason: 'same house as (erased)' }]);
    expect((await later.audit.verify()).problems).toEqual([]);
  });

  it('is in no byte of the journal either', async () => {
    const store = await open();
    await store.facts.record([optOut(BINA)]);
    await store.journal(optOut(ASHA, { reason: 'Mrs Rao asked' }), [post('p1')]);
    appendFileSync(join(folder(), 'optouts.journal.ndjson'), '\n{"v":1,"facts":[{"number":"+919876543210"\n{"v":1,"other"\n');
    expect(await store.facts.erase(ASHA, BY)).toMatchObject({ facts: 1, posts: 1, givenUp: 1 });
    expect(filesWith(...TRACES)).toEqual([]);
    expect(readFileSync(join(folder(), 'optouts.journal.broken'), 'utf8')).toContain('{"v":1,"other"');
    expect(await store.facts.about(ASHA)).toHaveLength(1);
  });

  it('is told to be left on the disk while another program reads, and is gone the next time', async () => {
    const store = await open();
    await ashaEverywhere(store);
    const reader = new DatabaseSync(path());
    reader.exec('BEGIN; SELECT count(*) FROM facts');
    const erased = await store.facts.erase(ASHA, BY);
    expect(erased).toMatchObject({ facts: 3, left: expect.stringContaining('another program') });
    expect(JSON.stringify(await store.facts.list({}))).not.toContain('9876543210');
    reader.close();
    expect(await store.facts.erase(ASHA, BY)).toEqual({ facts: 0, entries: 0, posts: 0, givenUp: 0 });
    expect(filesWith(...TRACES)).toEqual([]);
  });

  it('is not erased in part: when it cannot be written down, nothing has happened', async () => {
    const store = await open();
    await ashaEverywhere(store);
    const writer = new DatabaseSync(path());
    writer.exec('BEGIN IMMEDIATE');
    await expect(store.facts.erase(ASHA, BY)).rejects.toThrow('another program holds it locked');
    writer.close();
    expect((await store.facts.about(ASHA)).map(({ number, reason }) => [number, reason])).toContainEqual([ASHA, 'Mrs Rao asked']);
    expect(await store.audit.read({ action: 'erase' })).toEqual([]);
    expect((await store.audit.verify()).problems).toEqual([]);
  });
});
