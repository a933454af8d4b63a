import { resolve } from 'node:path';
import { OWN_COLUMNS, ownCells, ownJson, type Standing } from '../adapters/csv-own.ts';
import { csvLine, guarded } from '../adapters/csv-write.ts';
import type { AuditHead } from '../core/audit.ts';
import { type Fact, isErased } from '../core/facts.ts';
import type { Ms } from '../core/ids.ts';
import { hasExpired } from '../core/in-force.ts';
import { type DncOptions, type List, withList } from './dnc-list.ts';
import type { Io } from './io.ts';
import { writeWhole } from './write-whole.ts';

export type ExportOptions = DncOptions & {
  format: 'csv' | 'ndjson';
  /** Everything on record, what was lifted too. */
  all?: boolean;
  /** Without apostrophes before what a spreadsheet would take for a formula. */
  plain?: boolean;
};

/** `press9 dnc export`: who is on the list, in a form that import takes back. The head of the audit is its last line. */
export async function exportList(io: Io, file: string | undefined, options: ExportOptions): Promise<void> {
  await withList(io, options, async (list) => {
    const { store, now, actor } = list;
    const { format, all = false } = options;
    const body = { what: all ? 'everything' : 'list', format, ...(file !== undefined && { file }) };
    await store.audit.append([{ action: 'export', at: now(), actor, body }]);
    const head = await store.audit.head();
    const counts = { rows: 0, erased: 0 };
    const lines = linesOf(list, options, head, counts);
    if (file === undefined) for await (const text of lines) io.out(text);
    else await writeWhole(resolve(io.cwd, file), lines);
    const erased = counts.erased > 0 ? `; ${counts.erased} of erased persons, who stay blocked, cannot be exported` : '';
    io.err(
      `${counts.rows} ${counts.rows === 1 ? 'row' : 'rows'}${file === undefined ? '' : ` in ${resolve(io.cwd, file)}`}${erased}\n`,
    );
  });
}

type Counts = { rows: number; erased: number };

async function* linesOf({ store, now }: List, options: ExportOptions, head: AuditHead, counts: Counts): AsyncIterable<string> {
  const { format, all, plain } = options;
  const csv = format === 'csv';
  const at = now();
  const inForce = all ? await idsInForce(store) : undefined;
  const guard = plain ? (text: string) => text : guarded;
  if (csv) yield csvLine(OWN_COLUMNS);
  for await (const page of store.pages(all ? {} : { inForce: true })) {
    const wanted = page.filter(({ number }) => all || !isErased(number));
    counts.rows += wanted.length;
    counts.erased += page.length - wanted.length;
    yield wanted
      .map((fact) => {
        const standing = standingOf(fact, inForce, at);
        return csv ? csvLine(Object.values(ownCells(fact, standing)).map(guard)) : `${ownJson(fact, standing)}\n`;
      })
      .join('');
  }
  yield `${csv ? '# ' : ''}${JSON.stringify({ head })}\n`;
}

async function idsInForce(store: List['store']): Promise<ReadonlySet<string>> {
  const ids = new Set<string>();
  for await (const page of store.pages({ inForce: true })) for (const { id } of page) ids.add(id);
  return ids;
}

function standingOf(fact: Fact, inForce: ReadonlySet<string> | undefined, at: Ms): Standing | undefined {
  if (fact.kind !== 'opt-out') return undefined;
  if (inForce === undefined || inForce.has(fact.id)) return 'in force';
  return hasExpired(fact, at) ? 'expired' : 'lifted';
}
