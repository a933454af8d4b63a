import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { breathe } from '../adapters/breathe.ts';
import type { Ms } from '../core/ids.ts';
import { UserError } from '../core/problem.ts';
import { FOR_MACHINES, REPORTERS } from '../scenario/reporters/index.ts';
import type { Style } from '../scenario/reporters/reporter.ts';
import { type Report, runSuite, type SuitePorts } from '../scenario/suite.ts';
import { createFlowCache, type FlowCache } from './flow-cache.ts';
import type { Io } from './io.ts';
import { scenarioWorlds } from './scenario-world.ts';
import { coverageReport } from './test-coverage.ts';
import { createLive, SILENT } from './test-live.ts';
import { type ReporterChoice, reportersOf, type TestOptions } from './test-options.ts';

/** Everything that the runs of one command share. */
export type Session = {
  io: Io;
  paths: readonly string[];
  options: TestOptions;
  reporters: readonly ReporterChoice[];
  flows: FlowCache;
  ports: SuitePorts;
};

export function openSession(io: Io, paths: readonly string[], options: TestOptions, now: () => Ms): Session {
  const { cwd } = io;
  if (options.watch && options.update)
    throw new UserError('--watch and --update do not go together.', { advice: 'Update once, then watch.' });
  const reporters = reportersOf(options);
  const flows = createFlowCache(cwd);
  const open = scenarioWorlds(cwd, flows.load, options.seed);
  const ports: SuitePorts = { read: (file) => readText(cwd, file), open, now, breathe };
  return { io, paths, options, reporters, flows, ports };
}

function readText(cwd: string, file: string): string {
  try {
    return readFileSync(resolve(cwd, file), 'utf8');
  } catch (error) {
    throw new UserError(`The file cannot be read: ${error instanceof Error ? error.message : String(error)}.`);
  }
}

const isLoud = ({ file }: ReporterChoice): boolean => file === undefined;
/** The reporter whose document fills standard output, if one does. */
export const machineOf = ({ reporters }: Session) =>
  reporters.find((one) => isLoud(one) && FOR_MACHINES.includes(one.name))?.name;

/** Runs files, showing how it goes where there is room for that. */
export async function runFiles(session: Session, files: readonly string[], signal: AbortSignal): Promise<Report> {
  const { io, options, ports, reporters } = session;
  const seen = reporters.some((one) => isLoud(one) && one.name === 'pretty');
  const live = seen ? createLive(io, files.length, ports.now) : SILENT;
  const { filter, bail } = options;
  try {
    return await runSuite(files, ports, {
      signal,
      heard: live.heard,
      ...(filter && { wanted: filter }),
      ...(bail !== undefined && { bail: bail === true ? 1 : bail }),
    });
  } finally {
    live.done();
  }
}

/** @param whole what reports in files tell of; standard output tells of `report`. */
export function writeReports({ io, reporters }: Session, report: Report, whole: Report = report): void {
  for (const { name, file } of reporters) {
    const style: Style = { colour: io.colour && file === undefined, ...(name === 'github' && { nameOf: inWorkspace(io) }) };
    const text = REPORTERS[name](file === undefined ? report : whole, style);
    if (file === undefined) io.out(text);
    else writeReport(resolve(io.cwd, file), text, file);
  }
}

/** GitHub wants files named from the root of the repository. */
const inWorkspace = ({ cwd, env }: Io) => {
  const root = env['GITHUB_WORKSPACE'];
  return (file: string) => (root === undefined ? file : relative(root, resolve(cwd, file)));
};

function writeReport(path: string, text: string, named: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  } catch (error) {
    throw new UserError(`The report cannot be written to ${named}: ${error instanceof Error ? error.message : String(error)}.`, {
      advice: 'Name a file in a folder that can be written.',
    });
  }
}

/** Tells and writes the coverage that the options ask for. */
export async function coverage(session: Session, { results }: Report): Promise<{ ok: boolean }> {
  const { io, options, flows } = session;
  const { reporter: _, ...asked } = options;
  const outcomes = results.flatMap((result) => (result.type === 'ran' ? [result.outcome] : []));
  const machine = machineOf(session);
  return coverageReport(outcomes, flows.sets(), { ...asked, ...(machine && { reporter: machine }) }, io);
}
