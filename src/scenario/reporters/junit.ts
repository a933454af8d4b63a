import { plainText } from '../../core/plain-text.ts';
import { showPlace } from '../../core/problem.ts';
import { held, type Result } from '../suite.ts';
import { complaints, counts, type Reporter, sayComplaint, story } from './reporter.ts';

/** Text for XML: what a terminal could not take either becomes a picture, what XML forbids a replacement mark. */
const xml = (text: string): string =>
  plainText(text)
    .replace(/[\ufffe\uffff]/g, '\ufffd')
    .replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);

const seconds = (took: number): string => (took / 1000).toFixed(3);
const attributes = (all: Readonly<Record<string, string | number>>): string =>
  Object.entries(all)
    .map(([name, value]) => ` ${name}="${xml(String(value))}"`)
    .join('');

/** JUnit's XML as Jenkins, GitLab and others read it: a suite for each folder, a case for each scenario. */
export const junit: Reporter = (report, { nameOf = (file) => file }) => {
  const folders = Map.groupBy(report.results, ({ file }) => file.replace(/[\\/]?[^\\/]*$/, '') || '.');
  const suites = [...folders].flatMap(([folder, results]) => [
    `  <testsuite${attributes({ name: folder, ...sums(results), time: seconds(timeOf(results)) })}>`,
    ...results.flatMap((result) => testCase(result, folder, nameOf)),
    '  </testsuite>',
  ]);
  const { failures, errors, tests } = sums(report.results);
  const total = attributes({ name: 'press9', tests, failures, errors, time: seconds(report.took) });
  return `${['<?xml version="1.0" encoding="UTF-8"?>', `<testsuites${total}>`, ...suites, '</testsuites>'].join('\n')}\n`;
};

const timeOf = (results: readonly Result[]): number => results.reduce((sum, { took }) => sum + took, 0);

function sums(results: readonly Result[]) {
  const { failed } = counts({ results, took: 0 as never });
  const errors = results.filter(({ type }) => type === 'broken').length;
  return { tests: results.length, failures: failed - errors, errors };
}

function testCase(result: Result, folder: string, nameOf: (file: string) => string): readonly string[] {
  const about = attributes({ name: result.title, classname: folder, time: seconds(result.took) });
  if (held(result)) return [`    <testcase${about}/>`];
  const kind = result.type === 'broken' ? 'error' : 'failure';
  const told = complaints(result).map((complaint) => {
    const { at, says } = complaint;
    const lines = [showPlace({ ...at, file: nameOf(at.file) }), ...says].map(xml).join('\n');
    return `      <${kind}${attributes({ message: sayComplaint(complaint), type: kind })}>${lines}</${kind}>`;
  });
  const happened = result.type === 'ran' ? story(result.outcome) : [];
  return [
    `    <testcase${about}>`,
    ...told,
    ...(happened.length > 0 ? [`      <system-out>${happened.map(xml).join('\n')}</system-out>`] : []),
    '    </testcase>',
  ];
}
