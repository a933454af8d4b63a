import type { SQLInputValue } from 'node:sqlite';
import { COMMON_FIELDS, detailOf } from '../core/audit.ts';
import type { Fact, FactKind } from '../core/facts.ts';

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

/**
 * @param row with {@link FACT_COLUMNS} by their names, or in their order.
 * @throws Error for a row that no press9 wrote: what it stops is not known.
 */
export function toFact(row: Record<string, unknown> | readonly unknown[]): Fact {
  const fact = parsed(row);
  if (!fact || !isSound(fact)) throw new Error(`fact ${String(isList(row) ? row[0] : row['id'])} is damaged`);
  return fact;
}

function parsed(row: Record<string, unknown> | readonly unknown[]): Fact | undefined {
  try {
    return assembled(row);
  } catch {
    return undefined;
  }
}

function assembled(row: Record<string, unknown> | readonly unknown[]): Fact {
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

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
const BLOCKS: readonly unknown[] = ['full', 'promo', 'categories', 'none'];
const WISHES = ['categories', 'modes', 'days', 'bandsOff', 'bandsOn'];

type Detail = Readonly<Record<string, unknown>>;
const hasChannel = ({ channel }: Detail): boolean => channel === 'voice' || channel === 'sms';
const anything = (): boolean => true;

/** Is there what the rules look at? */
const SOUND: Readonly<Record<FactKind, (detail: Detail) => boolean>> = {
  'opt-out': anything,
  'opt-in': anything,
  revocation: anything,
  complaint: anything,
  listing: ({ preference: wanted }) =>
    isRecord(wanted) && BLOCKS.includes(wanted['block']) && WISHES.every((wish) => Array.isArray(wanted[wish])),
  consent: ({ consent }) => isRecord(consent) && typeof consent['basis'] === 'string',
  whitelist: ({ whitelist }) => isRecord(whitelist) && typeof whitelist['event'] === 'string',
  inbound: hasChannel,
  contacted: hasChannel,
};

/** Beyond it there is no date. */
const LAST = 8.64e15 - 86_400_000;
const isInstant = (at: number): boolean => at <= LAST && at >= -LAST;

const isSound = (fact: Fact): boolean =>
  Object.hasOwn(SOUND, fact.kind) &&
  SOUND[fact.kind](fact as Detail) &&
  isInstant(fact.at) &&
  isInstant(fact.recordedAt) &&
  (fact.expiresAt === undefined || isInstant(fact.expiresAt)) &&
  (fact.supersedes === undefined || Array.isArray(fact.supersedes));

const isList = (row: Record<string, unknown> | readonly unknown[]): row is readonly unknown[] => Array.isArray(row);
