import { Command } from 'commander';
import { stopwatch } from '../adapters/stopwatch.ts';
import type { Ms } from '../core/ids.ts';
import { UserError } from '../core/problem.ts';
import { held, type Report, runSuite } from '../scenario/suite.ts';
import type { Io } from './io.ts';
import { addCoverageOptions } from './test-coverage.ts';
import { findScenarios, noneFound } from './test-find.ts';
import { TEST_HELP } from './test-help.ts';
import { addMonkeyOptions, runMonkey } from './test-monkey.ts';
import { addTestOptions, type TestOptions } from './test-options.ts';
import { coverage, machineOf, openSession, runFiles, type Session, writeReports } from './test-session.ts';
import { updateScenarios } from './test-update.ts';
import { watchScenarios } from './test-watch.ts';

/** `press9 test`: runs scenarios on virtual time. `now` is real time, in milliseconds from any moment. */
export function testCommand(io: Io, now: () => Ms = stopwatch): Command {
  const command = new Command('test')
    .name('press9 test')
    .description('Run scenarios: scripted callers on virtual time, against the engine that runs the flow.')
    .argument('[paths...]', 'scenario files, or folders with some (default: flows, else this folder)');
  return addCoverageOptions(addMonkeyOptions(addTestOptions(command)))
    .addHelpText('after', TEST_HELP)
    .action(async (paths: readonly string[], options: TestOptions) => {
      const { monkey: callers, seed } = options;
      if (callers !== undefined) {
        await runMonkey(io, { callers, paths, ...(seed !== undefined && { seed }) });
        return;
      }
      const session = openSession(io, paths, options, now);
      if (options.watch) await watchScenarios(session);
      else await runOnce(session);
    });
}

async function runOnce(session: Session): Promise<void> {
  const { io, options, paths } = session;
  const found = findScenarios(io.cwd, paths);
  if (found.files.length === 0 && !options.allowNone) throw noneFound(found);
  const stop = new AbortController();
  const unhook = io.onInterrupt?.(() => stop.abort());
  const report = await runFiles(session, found.files, stop.signal);
  const final = options.update && !report.stopped ? await update(session, report) : report;
  if (final.results.length === 0 && !final.stopped && !options.allowNone)
    throw new UserError(`No title of the scenarios in ${found.looked.join(', ')} fits --filter.`, { exitCode: 1 });
  writeReports(session, final);
  const covered = final.stopped ? { ok: true } : await coverage(session, final);
  unhook?.();
  io.exitCode = final.stopped === 'interrupted' ? 130 : final.results.every(held) && covered.ok ? 0 : 1;
}

/** Updates what failed, and runs it again. */
async function update(session: Session, report: Report): Promise<Report> {
  const { io, ports, options } = session;
  const say = machineOf(session) ? io.err : io.out;
  const changed = updateScenarios(io.cwd, report.results, (line) => say(`${line}\n`));
  const again = await runSuite([...changed], ports, options.filter ? { wanted: options.filter } : {});
  const renewed = new Map(again.results.map((result) => [result.title, result]));
  return { ...report, results: report.results.map((result) => renewed.get(result.title) ?? result) };
}
