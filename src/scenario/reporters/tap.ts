import { plainText } from '../../core/plain-text.ts';
import { showPlace } from '../../core/problem.ts';
import { held, type Result } from '../suite.ts';
import { complaints, type Reporter, sayComplaint, story } from './reporter.ts';

/** https://testanything.org/tap-version-14-specification.html; diagnostics are YAML, written as its JSON subset. */
export const tap: Reporter = ({ results, stopped }, { nameOf = (file) => file }) =>
  `${[
    'TAP version 14',
    `1..${results.length}${results.length === 0 ? ' # SKIP no scenarios' : ''}`,
    ...results.flatMap((result, i) => point(result, i + 1, nameOf)),
    ...(stopped === undefined ? [] : [`Bail out! ${stopped === 'bail' ? 'as --bail says' : 'interrupted'}`]),
  ].join('\n')}\n`;

function point(result: Result, number: number, nameOf: (file: string) => string): readonly string[] {
  const title = plainText(result.title).replace(/[\\#]/g, '\\$&');
  if (held(result)) return [`ok ${number} - ${title}`];
  const [first] = complaints(result);
  const details: Record<string, unknown> = {
    message: first ? sayComplaint(first) : '',
    severity: result.type === 'broken' ? 'error' : 'fail',
    at: first && { ...first.at, file: nameOf(first.at.file) },
    failures: complaints(result).map((one) => `${showPlace({ ...one.at, file: nameOf(one.at.file) })}: ${sayComplaint(one)}`),
    ...(result.type === 'ran' && { transcript: story(result.outcome) }),
  };
  const yaml = Object.entries(details).map(([name, value]) => `  ${name}: ${JSON.stringify(value, plain)}`);
  return [`not ok ${number} - ${title}`, '  ---', ...yaml, '  ...'];
}

const plain = (_: string, value: unknown): unknown => (typeof value === 'string' ? plainText(value) : value);
