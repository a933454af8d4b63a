import { plainText } from '../../core/plain-text.ts';
import { held, type Result } from '../suite.ts';
import { complaints, counts, type Reporter, story } from './reporter.ts';

/** Workflow commands: https://docs.github.com/actions/reference/workflow-commands-for-github-actions. */
const data = (text: string): string => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
const property = (text: string): string => data(plainText(text)).replaceAll(':', '%3A').replaceAll(',', '%2C');

/** Annotations for the lines of the scenario and flow files, then the sum. */
export const github: Reporter = (report, { nameOf = (file) => file }) => {
  const lines = report.results.filter((result) => !held(result)).flatMap((result) => annotate(result, nameOf));
  const { passed, failed } = counts(report);
  return `${[...new Set(lines), `${passed} passed, ${failed} failed`].join('\n')}\n`;
};

function annotate(result: Result, nameOf: (file: string) => string): readonly string[] {
  const happened = result.type === 'ran' ? story(result.outcome) : [];
  return complaints(result).map(({ at, says }, i) => {
    const where = `file=${property(nameOf(at.file))},line=${at.line},col=${at.column}`;
    const title = result.type === 'ran' ? `,title=${property(result.title)}` : '';
    const told = [...says, ...(i === 0 ? happened : [])].map(plainText).join('\n');
    return `::error ${where}${title}::${data(told)}`;
  });
}
