import type { Records } from '../core/records.ts';
import { createMemoryRecords } from './records-memory.ts';
import type { RecordsFile } from './records-open.ts';
import { openSqliteRecords } from './records-sqlite.ts';

/**
 * What the emulator keeps, in a database of its own or, where the path is `memory:`, as long as it runs.
 * @throws UserError when the file cannot be used.
 */
export async function openRecords(file: RecordsFile): Promise<Records> {
  if (file.path === 'memory:' || file.path === ':memory:') return createMemoryRecords();
  return openSqliteRecords(file);
}
