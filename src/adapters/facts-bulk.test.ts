import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ASHA, BINA, countingStamp, optOut } from '../../test/contracts/facts-contract.ts';
import { importContract } from '../../test/contracts/import-contract.ts';
import { createStoreOverlay } from './facts-overlay.ts';
import { createMemoryStore, openStore } from './store.ts';

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'press9-bulk-'));
});
afterEach(() => rmSync(cwd, { recursive: true }));

importContract('memory', async (stamp) => createMemoryStore(stamp));
importContract('sqlite', async (stamp) => openStore({ ...stamp, cwd, env: {} }));
importContract('an overlay', async (stamp) => createStoreOverlay(createMemoryStore(countingStamp()).facts, stamp));

describe('many facts of a store that cannot be made', () => {
  it('are those of its journal', async () => {
    writeFileSync(join(cwd, '.press9'), 'a file where the folder should be');
    const store = await openStore({ ...countingStamp(), cwd, env: {} });
    await store.journal(optOut(ASHA));
    await store.journal(optOut('+9198*'));
    expect([...(await store.aboutMany([ASHA, BINA])).keys()]).toEqual([ASHA]);
    const pages = [];
    for await (const page of store.pages({ prefixes: true })) pages.push(...page);
    expect(pages.map(({ number }) => number)).toEqual(['+9198*']);
    await store.close();
  });
});

describe('an import into SQLite', () => {
  it('sees what it recorded before, and nobody else does until it is over', async () => {
    const [store, other] = await Promise.all([
      openStore({ ...countingStamp(), cwd, env: {} }),
      openStore({ ...countingStamp(), cwd, env: {} }),
    ]);
    const { number: _, ...alike } = optOut(ASHA);
    async function* chunks() {
      yield { alike, numbers: [ASHA, BINA], body: {} };
      expect((await store.aboutMany([ASHA])).size).toBe(1);
      expect((await other.aboutMany([ASHA])).size).toBe(0);
    }
    await store.recordMany(chunks(), { at: alike.at, actor: 'asha' });
    expect((await other.aboutMany([ASHA])).size).toBe(1);
    await store.close();
    await other.close();
  });
});
