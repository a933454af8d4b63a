import { detailOf } from '../core/audit.ts';
import type { Fact } from '../core/facts.ts';
import { isoIst } from '../core/time.ts';

/** The columns of an export, by which an import knows one. */
export const OWN_COLUMNS = [
  'number',
  'kind',
  'scope',
  'campaign',
  'source',
  'date',
  'expires',
  'reason',
  'evidence',
  'actor',
  'call',
  'flow',
  'node',
  'key',
  'detail',
  'standing',
  'id',
  'recorded',
  'lifts',
] as const;

/** Is it the first row of an export? */
export const isOwnHeader = (cells: readonly string[]): boolean => cells.join() === OWN_COLUMNS.join();

export type OwnColumn = (typeof OWN_COLUMNS)[number];
export type OwnCells = Readonly<Record<OwnColumn, string>>;

/** Of an opt-out: does it stop anything today? */
export type Standing = 'in force' | 'lifted' | 'expired';

/** A fact as a line of an export in JSON. */
export const ownJson = ({ at, recordedAt, expiresAt, ...fact }: Fact, standing: Standing | undefined): string =>
  JSON.stringify({
    ...fact,
    at: isoIst(at),
    recordedAt: isoIst(recordedAt),
    ...(expiresAt !== undefined && { expiresAt: isoIst(expiresAt) }),
    ...(standing && { standing }),
  });

/** A fact as a row of an export. */
export function ownCells(fact: Fact, standing: Standing | undefined): OwnCells {
  const { number, kind, scope, campaign, source, at, expiresAt, reason, evidence, actor, call, flow, node, key } = fact;
  const detail = detailOf(fact);
  return {
    number,
    kind,
    scope,
    campaign: campaign ?? '',
    source,
    date: isoIst(at),
    expires: expiresAt === undefined ? '' : isoIst(expiresAt),
    reason: reason ?? '',
    evidence: evidence ?? '',
    actor,
    call: call ?? '',
    flow: flow ?? '',
    node: node ?? '',
    key: key ?? '',
    detail: detail === undefined ? '' : JSON.stringify(detail),
    standing: standing ?? '',
    id: fact.id,
    recorded: isoIst(fact.recordedAt),
    lifts: fact.supersedes?.join(' ') ?? '',
  };
}

/** A line of JSON that an export wrote, as the cells of its row; undefined when it is none. */
export function cellsOfJson(line: string): OwnCells | undefined {
  const value = parseObject(line);
  if (!value || typeof value['number'] !== 'string') return undefined;
  const text = (field: string): string => (typeof value[field] === 'string' ? value[field] : '');
  const { supersedes: lifts, standing: _standing, ...fact } = value;
  return {
    ...(Object.fromEntries(OWN_COLUMNS.map((column) => [column, text(column)])) as OwnCells),
    date: text('at'),
    expires: text('expiresAt'),
    recorded: text('recordedAt'),
    detail: JSON.stringify(detailOf(fact as unknown as Fact) ?? {}),
    lifts: Array.isArray(lifts) ? lifts.join(' ') : '',
  };
}

export function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
