import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, relative, resolve } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { UserError } from '../core/problem.ts';
import type { FlowSet } from '../flow/model.ts';
import { below, coverageOf, percentOf, tally } from '../scenario/coverage.ts';
import { toCoverageJson, toLcov } from '../scenario/coverage-files.ts';
import { showCoverage } from '../scenario/coverage-table.ts';
import type { Outcome } from '../scenario/outcome.ts';
import type { Io } from './io.ts';

export type CoverageOptions = {
  coverage?: boolean;
  coverageMin?: number;
  coverageLcov?: string;
  coverageJson?: string;
  /** With one that fills standard output for machines, the table goes to standard error. */
  reporter?: string;
};

const FOR_MACHINES: readonly (string | undefined)[] = ['junit', 'json', 'tap'];

const HELP = `
Coverage, of each flow that scenarios are about and of the flows it leads to: the applets that were reached, and the exits
by which calls left, with what the url of an applet brought (web:answered, web:failed). What only failing scenarios reach
does not count. Hanging up while an applet stands is counted apart, outside of the percentage.`;

/** Adds --coverage, --coverage-min, --coverage-lcov and --coverage-json. */
export const addCoverageOptions = (command: Command): Command =>
  command
    .option('--coverage', 'show which applets and exits of the flows no scenario reaches')
    .option('--coverage-min <percent>', 'fail when fewer exits of a flow are covered', percent)
    .option('--coverage-lcov <file>', 'write the coverage for genhtml and editors')
    .option('--coverage-json <file>', 'write the coverage as one JSON object')
    .addHelpText('after', HELP);

function percent(text: string): number {
  const value = /^(\d{1,3}(?:\.\d+)?) ?%?$/.exec(text.trim())?.[1];
  if (value === undefined || Number(value) > 100) throw new InvalidArgumentError('Use a percentage from 0 to 100, such as 90.');
  return Number(value);
}

/**
 * Shows and writes what the options ask for; without any, does nothing. Not ok when a flow is below --coverage-min.
 * @param sets the flows that the scenarios ran in, by file, absolute or from the working folder.
 */
export async function coverageReport(
  outcomes: readonly Outcome[],
  sets: ReadonlyMap<string, FlowSet>,
  options: CoverageOptions,
  io: Io,
): Promise<{ ok: boolean }> {
  const { coverage, coverageMin, coverageLcov, coverageJson, reporter } = options;
  if (!coverage && coverageMin === undefined && coverageLcov === undefined && coverageJson === undefined) return { ok: true };
  const flows = coverageOf(
    outcomes,
    fromFolder(sets, (file) => relative(io.cwd, resolve(io.cwd, file))),
  );
  if (coverageLcov !== undefined) await write(io, coverageLcov, toLcov(flows));
  if (coverageJson !== undefined) await write(io, coverageJson, `${JSON.stringify(toCoverageJson(flows), undefined, 2)}\n`);
  const say = (text: string) => (FOR_MACHINES.includes(reporter) ? io.err(text) : io.out(text));
  if (coverage || coverageMin !== undefined) say(`\n${showCoverage(flows)}`);
  const short = coverageMin === undefined ? [] : below(flows, coverageMin);
  for (const flow of short) {
    io.err(
      `${flow.file}: ${percentOf(tally([flow], 'exits'))} % of its exits are covered; --coverage-min wants ${coverageMin} %.\n`,
    );
  }
  return { ok: short.length === 0 };
}

/** Files are named from the working folder, however the flows were loaded. */
const fromFolder = (sets: ReadonlyMap<string, FlowSet>, here: (file: string) => string): ReadonlyMap<string, FlowSet> =>
  new Map(
    [...sets].map(([file, set]) => {
      const flows = new Map([...set.flows].map(([name, flow]) => [name, { ...flow, file: here(flow.file) }]));
      return [here(file), { ...set, flows }];
    }),
  );

async function write(io: Io, file: string, text: string): Promise<void> {
  const path = resolve(io.cwd, file);
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
  } catch (error) {
    throw new UserError(`The coverage cannot be written to ${file}: ${error instanceof Error ? error.message : String(error)}.`, {
      advice: 'Name a file in a folder that can be written.',
    });
  }
}
