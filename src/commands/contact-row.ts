import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parse } from 'csv-parse/sync';
import { UserError } from '../core/problem.ts';

export type ContactRow = { fields: Readonly<Record<string, string>>; phone: string | undefined };

const PHONE_COLUMNS = ['phone', 'number', 'mobile', 'phone_number', 'phonenumber', 'msisdn', 'to'];

/** Reads `FILE.csv#ROW`: the header names the fields, row 1 is the first one below it (and the default). */
export async function readContact(spelled: string, cwd: string): Promise<ContactRow> {
  const match = /^(.*?)(?:#(\d+))?$/.exec(spelled);
  const file = match?.[1] ?? spelled;
  const row = Number(match?.[2] ?? 1);
  const text = await readFile(resolve(cwd, file), 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new UserError(
      `The contacts file ${file} cannot be read: ${error.code === 'ENOENT' ? 'there is no such file' : error.message}.`,
    );
  });
  const rows = readRows(text, file);
  const fields = rows[row - 1];
  if (!fields)
    throw new UserError(
      `${file} has ${rows.length} ${rows.length === 1 ? 'row' : 'rows'} below its header; there is no row ${row}.`,
    );
  const column = Object.keys(fields).find((name) => PHONE_COLUMNS.includes(name.toLowerCase().trim()));
  return { fields, phone: column === undefined ? undefined : fields[column] };
}

function readRows(text: string, file: string): Record<string, string>[] {
  try {
    return parse(text, { columns: true, bom: true, trim: true, skip_empty_lines: true });
  } catch (error) {
    throw new UserError(`${file} is no well-formed CSV: ${error instanceof Error ? error.message : String(error)}`);
  }
}
