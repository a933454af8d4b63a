import { normalise } from '../core/phone.ts';

/** A column, counted from 0, and why it is taken for the one with the phone numbers. */
export type Found = { column: number; why: string; others: readonly number[] };

/** What such columns are called, in small letters and without spaces and signs; the first ones mean nothing else. */
const NAMES = new Set(
  `phone phonenumber phoneno mobile mobilenumber mobileno mobilephone msisdn telephone telephonenumber telephoneno tel cell
   cellphone cellnumber contactnumber contactno contactphone customernumber customerphone customermobile callednumber
   dncnumber subscribernumber whatsapp whatsappnumber primaryphone phone1 फोन फोननंबर मोबाइल मोबाइलनंबर
   number to contact subscriber customer`.split(/\s+/),
);

export const plainName = (name: string): string =>
  name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]/gu, '');

const isNamed = (name: string): boolean => NAMES.has(plainName(name)) || /phone|mobile|msisdn/.test(plainName(name));

/** How much a cell looks like a phone number; what a spreadsheet has mangled does, a bit. */
export function likeness(cell: string, country: string): number {
  if (normalise(cell, country).ok) return 1;
  const digits = cell.replace(/\P{Nd}/gu, '').length;
  const letters = cell.replace(/\P{L}/gu, '').length;
  return digits >= 7 && letters <= 5 && digits > 2 * letters ? 0.4 : 0;
}

/** The likeness of each column's cells, on average; empty cells do not count. */
export function likenesses(rows: readonly (readonly string[])[], country: string): readonly number[] {
  const width = Math.max(0, ...rows.map((row) => row.length));
  return Array.from({ length: width }, (_, column) => {
    const cells = rows.map((row) => row[column] ?? '').filter((cell) => cell.trim() !== '');
    return cells.reduce((sum, cell) => sum + likeness(cell, country), 0) / Math.max(1, cells.length);
  });
}

/** Is the first row a header? Its cell is no number, and those below are; or there is nothing below, and it has a name. */
export function hasHeader(first: readonly string[], below: readonly (readonly string[])[], country: string): boolean {
  const scores = likenesses(below, country);
  if (first.some((cell) => likeness(cell, country) > 0)) return false;
  return first.some((cell, column) => isNamed(cell) || ((scores[column] ?? 0) >= 0.4 && /\p{L}/u.test(cell)));
}

/** How many of the rows have a cell in a column. */
const filled = (rows: readonly (readonly string[])[], column: number): number =>
  rows.filter((row) => (row[column] ?? '').trim() !== '').length / Math.max(1, rows.length);

/** @param header the names of the columns, when there are any. */
export function findPhoneColumn(
  header: readonly string[] | undefined,
  rows: readonly (readonly string[])[],
  country: string,
): Found | undefined {
  const scores = likenesses(rows, country);
  const width = Math.max(scores.length, header?.length ?? 0);
  const columns = Array.from({ length: width }, (_, column) => {
    const named = isNamed(header?.[column] ?? '');
    const score = scores[column] ?? 0;
    return { column, named, score, total: score * filled(rows, column) + (named ? 0.5 : 0) };
  });
  const candidates = columns.filter(({ named, score }) => score >= 0.3 || (named && (score > 0 || rows.length === 0)));
  const [best] = candidates.toSorted((a, b) => b.total - a.total || a.column - b.column);
  if (!best) return undefined;
  const others = columns.filter(({ column, score }) => column !== best.column && score >= 0.8).map(({ column }) => column);
  const why = best.named ? 'its name' : width === 1 ? 'the only one' : 'its cells look like phone numbers';
  return { column: best.column, why, others };
}
