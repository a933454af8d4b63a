import { openCsv } from '../adapters/csv-read.ts';
import { type CsvRow, isIdle } from '../adapters/csv-row.ts';
import type { Reason, Verdict } from '../core/facts.ts';
import { normalise } from '../core/phone.ts';
import { type Asking, verdictOn } from './may-ask.ts';
import type { Judged, Tally } from './may-rows.ts';

type Row = Pick<Judged, 'row' | 'number'> & { why?: string };

/** Asks about every number of a file, in its order. */
export async function askFile(asking: Asking, path: string, tally: Tally): Promise<void> {
  const { country, column } = asking.options;
  const file = await openCsv(path, { country, ...(column !== undefined && { column }) });
  const { phone } = file.layout;
  const cell = (row: CsvRow): string =>
    'column' in phone ? row.text(phone.column) : row.text(phone.area) + row.text(phone.local);
  const waiting: Row[] = [];
  const take = (row: CsvRow): void => {
    if (!isIdle(row)) waiting.push(readRow(row, row.trouble === undefined ? cell(row) : '', country));
  };
  for await (const _ of file.rows(take)) {
    for (const { why, ...row } of waiting.splice(0)) {
      const verdict = row.number === undefined ? unreadable(why ?? '') : await verdictOn(asking, row.number);
      tally.add({ ...row, verdict });
    }
  }
}

function readRow({ row, trouble }: CsvRow, cell: string, country: string): Row {
  if (trouble !== undefined) return { row, why: trouble };
  const read = normalise(cell, country);
  return read.ok ? { row, number: read.number } : { row, why: `it is no phone number: ${read.why}` };
}

function unreadable(says: string): Verdict {
  const reason: Reason = { code: 'NUMBER_INVALID', says, facts: [], effect: 'block' };
  return { verdict: 'block', reasons: [reason], warnings: [] };
}
