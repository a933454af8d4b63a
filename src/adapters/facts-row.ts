import type { SQLInputValue } from 'node:sqlite';
import { COMMON_FIELDS, detailOf } from '../core/audit.ts';
import type { Fact } from '../core/facts.ts';

type Field = (typeof COMMON_FIELDS)[number];

const column = (field: Field): string => (field === 'recordedAt' ? 'recorded_at' : field === 'expiresAt' ? 'expires_at' : field);

/** A fact's columns, in the order of {@link toRow}; `detail` holds as JSON what only facts of its kind have. */
export const FACT_COLUMNS: readonly string[] = [...COMMON_FIELDS.map(column), 'detail'];

export function toRow(fact: Fact): readonly SQLInputValue[] {
  const row: SQLInputValue[] = COMMON_FIELDS.map((field) =>
    field === 'supersedes' ? asJson(fact.supersedes) : (fact[field] ?? null),
  );
  row.push(asJson(detailOf(fact)));
  return row;
}

const asJson = (value: unknown): string | null => (value === undefined ? null : JSON.stringify(value));

/** @param row with {@link FACT_COLUMNS} by their names, or in their order. */
export function toFact(row: Record<string, unknown> | readonly unknown[]): Fact {
  const values = isList(row) ? row : FACT_COLUMNS.map((name) => row[name]);
  const fact: Record<string, unknown> = {};
  for (let i = 0; i < COMMON_FIELDS.length; i++) {
    const field = COMMON_FIELDS[i] as Field;
    const value = values[i];
    if (value !== null) fact[field] = field === 'supersedes' ? JSON.parse(String(value)) : value;
  }
  const detail = values[COMMON_FIELDS.length];
  if (typeof detail === 'string') Object.assign(fact, JSON.parse(detail));
  return fact as Fact;
}

const isList = (row: Record<string, unknown> | readonly unknown[]): row is readonly unknown[] => Array.isArray(row);
