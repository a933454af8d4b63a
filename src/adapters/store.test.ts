import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { auditContract } from '../../test/contracts/audit-contract.ts';
import { erasureContract } from '../../test/contracts/erasure-contract.ts';
import { factsContract } from '../../test/contracts/facts-contract.ts';
import { outboxContract } from '../../test/contracts/outbox-contract.ts';
import { createMemoryStore, openStore } from './store.ts';

type Open = Parameters<typeof factsContract>[1];

const inMemory: Open = async (stamp) => createMemoryStore(stamp);

const onSqlite: Open = async (stamp) => {
  const cwd = mkdtempSync(join(tmpdir(), 'press9-store-'));
  const store = await openStore({ ...stamp, cwd, env: {} });
  const close = async () => {
    await store.close();
    rmSync(cwd, { recursive: true });
  };
  return { ...store, close };
};

for (const [name, open] of [
  ['memory', inMemory],
  ['sqlite', onSqlite],
] as const) {
  factsContract(name, open);
  outboxContract(name, open);
  auditContract(name, open);
  erasureContract(name, open);
}
