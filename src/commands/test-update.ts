import { chmodSync, readFileSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { plainText } from '../core/plain-text.ts';
import { showPlace, UserError } from '../core/problem.ts';
import { unifiedDiff } from '../scenario/diff.ts';
import { readScenario } from '../scenario/read.ts';
import { rewrite } from '../scenario/rewrite.ts';
import { held, type Result } from '../scenario/suite.ts';

export type Update = {
  /** Files that were changed. */
  changed: ReadonlySet<string>;
  /** The differences, and what could not be changed and why. */
  told: readonly string[];
};

/** Rewrites the expectations that do not hold, after telling how. Steps are never changed, nor what only people can decide. */
export function updateScenarios(cwd: string, results: readonly Result[], tell: (line: string) => void): ReadonlySet<string> {
  const changed = new Set<string>();
  for (const result of results) {
    if (held(result) || result.type === 'broken') continue;
    const reason = updateOne(cwd, result, tell, () => changed.add(result.file));
    if (reason !== undefined) tell(`not updated: ${plainText(result.title)}: ${reason}`);
  }
  return changed;
}

type Ran = Extract<Result, { type: 'ran' }>;

/** Returns why it was not done. */
function updateOne(cwd: string, { file, outcome }: Ran, tell: (line: string) => void, done: () => void): string | undefined {
  const { scenario, edits = [], failures } = outcome;
  const [first] = failures;
  if (first?.step) return `step ${first.step.number} could not be done (${showPlace(first.at)}): mend the steps first`;
  if (scenario.each) return 'the rows of each: share their expectations';
  if (edits.length === 0) return `${first?.expected ?? 'this'} is for people to change`;
  const path = realpathSync(resolve(cwd, file));
  const before = readFileSync(path, 'utf8');
  const after = rewrite(before, edits);
  if (after === undefined || after === before || !sameButExpected(before, after, file))
    return 'it is written in a way that only people can change';
  for (const line of unifiedDiff(before, after, file)) tell(plainText(line));
  replaceFile(path, after);
  done();
  return undefined;
}

/** A last look: the new text is a scenario, and apart from its expectations the same one. */
function sameButExpected(before: string, after: string, file: string): boolean {
  const [old, now] = [readScenario(before, file), readScenario(after, file)].map((read) =>
    read.ok ? read.scenarios.map(({ places: _, expect: __, ...rest }) => rest) : undefined,
  );
  return now !== undefined && isDeepStrictEqual(old, now);
}

/** Whoever reads the file meanwhile sees the old text or the new one, whole. */
function replaceFile(path: string, text: string): void {
  const temporary = join(dirname(path), `.${basename(path)}.press9`);
  try {
    writeFileSync(temporary, text);
    chmodSync(temporary, statSync(path).mode);
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw new UserError(`${path} cannot be changed: ${error instanceof Error ? error.message : String(error)}`);
  }
}
