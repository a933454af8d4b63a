import type { Place } from '../../core/problem.ts';
import { held, type Result } from '../suite.ts';
import { counts, type Reporter } from './reporter.ts';

/** One object; its shape is in the help text of `press9 test`. */
export const json: Reporter = (report, { nameOf = (file) => file }) => {
  const { results, took, stopped } = report;
  const { passed, failed } = counts(report);
  const scenarios = results.map((result) => tell(result, nameOf));
  return `${JSON.stringify({ passed, failed, took: Math.round(took), ...(stopped && { stopped }), scenarios })}\n`;
};

function tell(result: Result, nameOf: (file: string) => string): unknown {
  const { title, file, took } = result;
  const place = (at: Place) => ({ ...at, file: nameOf(at.file) });
  const common = { title, file: nameOf(file), took: Number(took.toFixed(1)) };
  if (result.type === 'broken') {
    const problems = result.problems.map(({ at, code, says, try: advice }) => ({
      ...place(at),
      code,
      message: says,
      ...(advice !== undefined && { try: advice }),
    }));
    return { ...common, status: 'broken', problems };
  }
  const { failures, scenario } = result.outcome;
  if (held(result)) return { ...common, status: 'passed' };
  return {
    ...common,
    status: 'failed',
    ...(scenario.about !== undefined && { about: scenario.about }),
    failures: failures.map(({ at, expected, instead, step }) => ({
      ...place(at),
      expected,
      instead,
      ...(step && { step: step.number, since: step.since }),
    })),
    transcript: failures[0]?.transcript ?? [],
  };
}
