import { sayEnd } from '../../call/fold.ts';
import type { Place } from '../../core/problem.ts';
import type { Failure, Outcome } from '../outcome.ts';
import { held, type Report, type Result } from '../suite.ts';

/** Makes a text of what became of a run. */
export type Reporter = (report: Report, style: Style) => string;

export type Style = {
  /** Terminal escapes for colour are welcome. */
  colour: boolean;
  /** How a file is named to who reads the report; as it is unless told. */
  nameOf?: (file: string) => string;
};

export const counts = ({ results }: Report): { passed: number; failed: number } => {
  const passed = results.filter(held).length;
  return { passed, failed: results.length - passed };
};

/** Something that is wrong, as every reporter tells it. */
export type Complaint = { at: Place; says: readonly string[] };

/** A complaint on one line. */
export const sayComplaint = ({ says }: Complaint): string =>
  says.map((line) => line.replace(/^(expected|instead) +/, '$1 ')).join('; ');

/** Every failed step and expectation, or every problem of a file that could not run. */
export const complaints = (result: Result): readonly Complaint[] =>
  result.type === 'ran'
    ? result.outcome.failures.map((failure) => ({ at: failure.at, says: sayFailure(failure) }))
    : result.problems.map(({ at, code, says, try: advice }) => ({ at, says: [`${code} ${says}`, ...(advice ? [advice] : [])] }));

const sayFailure = ({ expected, instead, step }: Failure): readonly string[] => [
  `expected  ${step ? `step ${step.number}: ` : ''}${expected}`,
  `instead   ${instead}`,
];

const MOST_LINES = 80;

/** The call as it went, with the place marked from which on a step was waited for in vain. */
export function story({ failures, view }: Outcome): readonly string[] {
  const [first] = failures;
  const lines = (first?.transcript ?? []).map((line) => line.replace(/^ /, ''));
  if (lines.length === 0) return [];
  const step = failures.find((failure) => failure.step)?.step;
  if (step) lines.splice(step.since, 0, `----> from here on, step ${step.number} was waited for`);
  const cut = lines.slice(-MOST_LINES);
  const flow = view.facts ? ` of ${view.facts.flow} (${view.facts.file})` : '';
  const left = lines.length - cut.length;
  return [
    `the call${flow}, up to its end:`,
    ...(left > 0 ? [`  … ${left} lines before these`] : []),
    ...cut.map((line) => `  ${line}`),
    `the caller went ${view.visited.map(({ node }) => node).join(' > ') || 'nowhere'}${view.ended ? `: ${sayEnd(view.ended)}` : ''}`,
  ];
}
