import type { Problem, Severity } from '../core/problem.ts';
import type { FlowCode } from './codes.ts';
import type { PlaceOf } from './lines.ts';

const MOST = 1000;

/** Collects the problems of one file. */
export type Report = {
  add(code: FlowCode, offset: number, says: string, advice: string, severity?: Severity): void;
  /** By position; at most 1000, with a last one that says so. */
  all(): readonly Problem[];
};

export function createReport(placeOf: PlaceOf): Report {
  const problems: Problem[] = [];
  let more = 0;
  return {
    add(code, offset, says, advice, severity = 'error') {
      if (problems.length < MOST) problems.push({ code, severity, at: placeOf(offset), says, try: advice });
      else more++;
    },
    all() {
      const sorted = sortProblems(problems);
      const last = sorted.at(-1);
      if (more === 0 || !last) return sorted;
      const says = `${more} more ${more === 1 ? 'problem' : 'problems'} not listed.`;
      return [...sorted, { code: 'FLOW_MORE', severity: 'error', at: last.at, says, try: 'Mend these first.' }];
    },
  };
}

/** By file in the order given first, then line, column and code. */
export function sortProblems(problems: readonly Problem[]): readonly Problem[] {
  const files = [...new Set(problems.map(({ at }) => at.file))];
  const order = new Map(files.map((file, i) => [file, i]));
  const byPlace = (a: Problem, b: Problem) =>
    (order.get(a.at.file) ?? 0) - (order.get(b.at.file) ?? 0) || a.at.line - b.at.line || a.at.column - b.at.column;
  return [...problems].sort((a, b) => byPlace(a, b) || (a.code < b.code ? -1 : a.code > b.code ? 1 : 0));
}
