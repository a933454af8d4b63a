import type { Problem, Severity } from '../core/problem.ts';
import type { FlowCode } from './codes.ts';
import type { PlaceOf } from './lines.ts';

const MOST = 1000;

/** Collects the problems of one file. */
export type Report = {
  /** `advice` may be a function where finding a near word costs time: it runs only for problems that are listed. */
  add(code: FlowCode, offset: number, says: string, advice: string | (() => string), severity?: Severity): void;
  /** By position; at most 1000, with a last one that says so. */
  all(): readonly Problem[];
};

export function createReport(placeOf: PlaceOf): Report {
  const problems: Problem[] = [];
  let more = 0;
  return {
    add(code, offset, says, advice, severity = 'error') {
      if (problems.length < MOST) {
        problems.push({ code, severity, at: placeOf(offset), says, try: typeof advice === 'string' ? advice : advice() });
      } else more++;
    },
    all: () => shorten(sortProblems(problems), more),
  };
}

/** At most 1000 problems, with a last one that tells how many more there were. */
export function shorten(problems: readonly Problem[], more = 0): readonly Problem[] {
  const listed = problems.slice(0, MOST);
  const left = more + problems.length - listed.length;
  const last = listed.at(-1);
  if (left === 0 || !last) return listed;
  const severity = problems.some((one) => one.severity === 'error') ? 'error' : 'warning';
  const says = `${left} more ${left === 1 ? 'problem' : 'problems'} not listed.`;
  return [...listed, { code: 'FLOW_MORE', severity, at: last.at, says, try: 'Mend these first.' }];
}

/** By file in the order given first, then line, column and code. */
export function sortProblems(problems: readonly Problem[]): readonly Problem[] {
  const files = [...new Set(problems.map(({ at }) => at.file))];
  const order = new Map(files.map((file, i) => [file, i]));
  const byPlace = (a: Problem, b: Problem) =>
    (order.get(a.at.file) ?? 0) - (order.get(b.at.file) ?? 0) || a.at.line - b.at.line || a.at.column - b.at.column;
  return [...problems].sort((a, b) => byPlace(a, b) || (a.code < b.code ? -1 : a.code > b.code ? 1 : 0));
}
