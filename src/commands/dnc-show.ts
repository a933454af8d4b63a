import { tellHow, tellScope, tellSince } from '../compliance/tell.ts';
import type { Fact } from '../core/facts.ts';
import { isoIst } from '../core/time.ts';

/** A fact as `--json` prints it. */
export const factJson = (fact: Fact, inForce: boolean): Record<string, unknown> => ({
  ...fact,
  at: isoIst(fact.at),
  recordedAt: isoIst(fact.recordedAt),
  inForce,
});

/**
 * Lines with aligned columns; the last is as long as it likes. Control characters cannot reach the terminal, and what a
 * damaged store has lost leaves its cell empty.
 */
export function table(rows: readonly (readonly string[])[]): string {
  const clean = rows.map((row) => row.map((cell) => String(cell ?? '').replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ')));
  const width = (column: number) => Math.max(...clean.map((row) => row[column]?.length ?? 0));
  const line = (row: readonly string[]) => row.map((cell, i) => (i < row.length - 1 ? cell.padEnd(width(i)) : cell)).join('  ');
  return clean.map((row) => `${line(row)}\n`).join('');
}

/** Number, since when, what it stops, how it came to be. */
export const optOutRow = (fact: Fact): readonly string[] => [
  fact.number,
  `since ${tellSince(fact)}`,
  tellScope(fact),
  story(tellHow(fact), fact),
];

/** How it came to be, why, and what proves it. */
export const story = (how: string, { reason, evidence }: Fact): string =>
  [how, reason && `reason: ${reason}`, evidence && `evidence: ${evidence}`].filter(Boolean).join('; ');
