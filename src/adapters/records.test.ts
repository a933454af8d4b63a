import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type OpenRecords, recordsContract } from '../../test/contracts/records-contract.ts';
import { recordsPagesContract } from '../../test/contracts/records-pages-contract.ts';
import { openRecords } from './records.ts';

const inMemory: OpenRecords = () => openRecords({ path: 'memory:' });

const inFile: OpenRecords = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'press9-records-'));
  const records = await openRecords({ path: join(folder, '.press9', 'emulator.db') });
  const close = async () => {
    await records.close();
    rmSync(folder, { recursive: true, force: true });
  };
  return { ...records, close };
};

for (const [name, open] of [
  ['memory', inMemory],
  ['a file', inFile],
] as const) {
  recordsContract(name, open);
  recordsPagesContract(name, open);
}
