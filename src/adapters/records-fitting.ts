import type { CallQuery, Range } from '../core/call-record.ts';

type Value = string | number;

/** Conditions of a WHERE, each after an AND, and their values in order. Empty when every call fits. */
export type Fitting = {
  sql: string;
  values: readonly Value[];
  /** Its index does not give calls in the order they came in. `sql` without an index walks through them instead. */
  unordered?: { walk: string };
};

/** Those that few calls share come first: the first one given chooses the index, the others are looked up in its rows. */
const ONE_OF = [
  ['sid', 'sids'],
  ['from_number', 'from'],
  ['to_number', 'to'],
  ['exophone', 'exophones'],
  ['status', 'statuses'],
  ['direction', 'directions'],
] as const;
const WITHIN = ['duration', 'price'] as const;

/** Which calls a query wants, whenever they were made. Its SQL is one of few, so that statements can be kept. */
export function fitting(query: CallQuery): Fitting {
  const values: Value[] = [];
  let sql = '';
  const add = (column: string, test: string, value: Value) => {
    sql += ` AND ${sql === '' ? '' : '+'}${column} ${test}`;
    values.push(value);
  };
  for (const [column, name] of ONE_OF) {
    const wanted = query[name];
    if (wanted?.length === 1) add(column, '= ?', wanted[0] as string);
    else if (wanted) add(column, 'IN (SELECT value FROM json_each(?))', JSON.stringify(wanted));
  }
  for (const column of WITHIN) {
    const { least, most }: Range = query[column] ?? {};
    if (least !== undefined) add(column, '>= ?', least);
    if (most !== undefined) add(column, '<= ?', most);
  }
  const ordered = sql === '' || / = \?/.test(sql.slice(0, sql.indexOf('?') + 1));
  return { sql, values, ...(!ordered && { unordered: { walk: sql.replace(' AND ', ' AND +') } }) };
}
