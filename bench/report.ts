import type { Goal, Measured } from './benchmark.ts';

/** A line of the report, as `--json` prints it. `goal` and `holds` are null where a comparison is for information. */
export type Row = {
  name: string;
  /** Ours. */
  value: number;
  unit: string;
  against: string;
  /** Ours divided by theirs. */
  ratio: number;
  goal: number | null;
  holds: boolean | null;
};

export function toRow(name: string, goal: Goal, { against, unit, ours, theirs, judged }: Measured): Row {
  const ratio = ours / theirs;
  const holds = goal.sense === 'at-least' ? ratio >= goal.ratio : ratio <= goal.ratio;
  return {
    name,
    value: short(ours),
    unit,
    against,
    ratio: short(ratio),
    goal: judged ? goal.ratio : null,
    holds: judged ? holds : null,
  };
}

/** Four digits that count; whole numbers stay whole. */
const short = (value: number): number => (value >= 1000 ? Math.round(value) : Number(value.toPrecision(4)));

export const toJson = (row: Row): string => JSON.stringify(row);

const HEADER = [
  'Medians of five interleaved repetitions. ratio = ours / baseline.',
  'goal: a speed (unit /s) must reach it, a cost (bytes, ms) must not exceed it.',
];
const COLUMNS = ['name', 'value', 'unit', 'against', 'ratio', 'goal', 'holds'] as const;

/** `senses` tells for each benchmark which way its goal points. */
export function toTable(rows: readonly Row[], senses: ReadonlyMap<string, Goal['sense']>): string {
  const cells = rows.map((row) => [
    row.name,
    row.value.toLocaleString('en-US'),
    row.unit,
    row.against,
    `${row.ratio.toLocaleString('en-US')}x`,
    row.goal === null ? '' : `${senses.get(row.name) === 'at-least' ? '>=' : '<='} ${row.goal}x`,
    row.holds === null ? '' : row.holds ? 'yes' : 'NO',
  ]);
  const table = [[...COLUMNS], ...cells];
  const widths = COLUMNS.map((_, i) => Math.max(...table.map((line) => line[i]?.length ?? 0)));
  const lines = table.map((line) =>
    line.map((cell, i) => (i === 1 || i === 4 ? cell.padStart(widths[i] ?? 0) : cell.padEnd(widths[i] ?? 0))),
  );
  return [...HEADER, '', ...lines.map((line) => line.join('  ').trimEnd())].join('\n');
}
