import { plainText } from '../../core/plain-text.ts';
import { type Problem, showPlace } from '../../core/problem.ts';
import { held, type Report, type Result } from '../suite.ts';
import { complaints, counts, type Reporter, type Style, story } from './reporter.ts';

const RED = 31;
const GREEN = 32;
const paint = (text: string, code: number, { colour }: Style): string => (colour ? `\u001b[${code}m${text}\u001b[0m` : text);

/** One line for a scenario that has just run. */
export const prettyLine = (result: Result, style: Style): string =>
  `${held(result) ? paint('passed', GREEN, style) : paint('FAILED', RED, style)}  ${plainText(result.title)}`;

/** For people: every failure so that someone who never saw the flow understands it, then the sum. */
export const pretty: Reporter = (report, style) => {
  const failed = report.results.filter((result) => !held(result));
  const blocks = [...byProblems(failed)].map((group) => showGroup(group, style));
  return [
    ...blocks.map(
      (lines) =>
        `\n${lines
          .map(plainText)
          .map((line) => colourHead(line, style))
          .join('\n')}\n`,
    ),
    summary(report, style),
  ].join('');
};

const HEAD = 'FAILED  ';
const colourHead = (line: string, style: Style): string =>
  line.startsWith(HEAD) ? `${paint('FAILED', RED, style)}${line.slice('FAILED'.length)}` : line;

/** Scenarios that one broken flow keeps from running are told together. */
function* byProblems(failed: readonly Result[]): Generator<readonly Result[]> {
  const groups = new Map<readonly Problem[] | Result, Result[]>();
  for (const result of failed) {
    const key = result.type === 'broken' ? result.problems : result;
    const group = groups.get(key);
    if (group) group.push(result);
    else groups.set(key, [result]);
  }
  yield* groups.values();
}

const MOST_TITLES = 10;

function showGroup(group: readonly Result[], { nameOf = (file) => file }: Style): readonly string[] {
  const [first] = group;
  if (!first) return [];
  const titles = group.slice(0, MOST_TITLES).map(({ title }) => `${HEAD}${title}`);
  const more = group.length - titles.length;
  const about = first.type === 'ran' ? first.outcome.scenario.about : undefined;
  const told = complaints(first).flatMap(({ at, says }) => [
    `  ${showPlace({ ...at, file: nameOf(at.file) })}`,
    ...says.map((line) => `    ${line}`),
  ]);
  const happened = first.type === 'ran' ? story(first.outcome) : [];
  return [
    ...titles,
    ...(more > 0 ? [`${HEAD}and ${more} more, for the same reason`] : []),
    ...(about === undefined ? [] : [`        ${about}`]),
    ...told,
    ...happened.map((line) => `  ${line}`),
  ];
}

function summary(report: Report, style: Style): string {
  const { passed, failed } = counts(report);
  const sum = `${passed} passed, ${failed} failed`;
  const why = {
    bail: 'Stopped by --bail: what was left was not run.\n',
    interrupted: 'Interrupted: what was left was not run.\n',
  };
  return `\n${report.stopped ? why[report.stopped] : ''}${paint(sum, failed > 0 ? RED : GREEN, style)}\ntook ${showTime(report.took)}\n`;
}

const showTime = (took: number): string => (took < 1000 ? `${Math.round(took)} ms` : `${(took / 1000).toFixed(1)} s`);
