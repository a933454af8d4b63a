import type { CallQuery, Range } from '../core/call-record.ts';

type Value = string | number;

export type Fitting = {
  /** The table, and the index that is to be used. */
  from: string;
  /** Conditions of a WHERE, each after an AND, and their values in order. Empty when every call fits. */
  where: string;
  values: readonly Value[];
};

/** What few calls share comes first: the first that is given chooses the index, which SQLite, knowing no figures, would not. */
const ONE_OF = [
  ['sids', 'sid', 'calls_by_sid'],
  ['from', 'from_number', 'calls_from'],
  ['to', 'to_number', 'calls_to'],
  ['exophones', 'exophone', 'calls_of_exophone'],
  ['statuses', 'status', 'calls_by_status'],
  ['directions', 'direction', 'calls_by_direction'],
] as const;
const WITHIN = [
  ['duration', 'calls_by_duration'],
  ['price', 'calls_by_price'],
] as const;

/** Which calls a query wants, whenever they were made. Its SQL is one of few, so that statements can be kept. */
export function fitting(query: CallQuery): Fitting {
  const values: Value[] = [];
  let where = '';
  let index: string | undefined;
  const add = (test: string, value: Value, by: string) => {
    where += ` AND ${test}`;
    values.push(value);
    index ??= by;
  };
  for (const [name, column, by] of ONE_OF) {
    const wanted = query[name];
    if (wanted?.length === 1) add(`${column} = ?`, wanted[0] as string, by);
    else if (wanted) add(`${column} IN (SELECT value FROM json_each(?))`, JSON.stringify(wanted), by);
  }
  for (const [column, by] of WITHIN) {
    const { least, most }: Range = query[column] ?? {};
    if (least !== undefined) add(`${column} >= ?`, least, by);
    if (most !== undefined) add(`${column} <= ?`, most, by);
  }
  return { from: index === undefined ? 'calls' : `calls INDEXED BY ${index}`, where, values };
}
