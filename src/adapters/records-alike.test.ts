import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { someCall, someQuery } from '../../test/contracts/records-pages-contract.ts';
import { callRecord, sidOf } from '../../test/kit/call-records.ts';
import type { CallQuery } from '../core/call-record.ts';
import { ms } from '../core/ids.ts';
import type { Records } from '../core/records.ts';
import { openRecords } from './records.ts';

let folder: string;
let both: readonly Records[];
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'press9-alike-'));
  both = await Promise.all(['memory:', join(folder, 'emulator.db')].map((path) => openRecords({ path })));
});
afterEach(async () => {
  for (const records of both) await records.close();
  rmSync(folder, { recursive: true });
});

const saves = fc.array(fc.tuple(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 0, max: 42 }), someCall), { maxLength: 50 });

const paged: fc.Arbitrary<CallQuery> = fc
  .tuple(
    someQuery,
    fc.record({ order: fc.constantFrom('asc' as const, 'desc' as const), limit: fc.integer({ min: 0, max: 7 }) }),
    fc.record({ after: cursor(), before: cursor() }, { requiredKeys: [] }),
  )
  .map(([which, page, cursors]) => ({ ...which, ...page, ...cursors }));

/** Of a call that is perhaps there. */
function cursor(): fc.Arbitrary<string> {
  return fc.integer({ min: 0, max: 31 }).map(sidOf);
}

it('memory and a file give the same pages, whatever was saved and is asked, with a clock that goes back and forth', async () => {
  await fc.assert(
    fc.asyncProperty(saves, fc.array(paged, { minLength: 1, maxLength: 12 }), async (saved, queries) => {
      const [memory, file] = await Promise.all(
        both.map(async (records) => {
          await records.clear();
          for (const [n, at, more] of saved) {
            const { createdAt: _, ...rest } = callRecord(n, more);
            await records.calls.save({ ...rest, createdAt: ms(at * 1000) });
          }
          return Promise.all([records.calls.unfinished(), ...queries.map((query) => records.calls.page(query))]);
        }),
      );
      expect(memory).toEqual(file);
    }),
    { numRuns: 100 },
  );
});
