import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { readKeys } from '../adapters/keys-stdin.ts';
import { watchFolders } from '../adapters/watch-folders.ts';
import type { Cancel } from '../core/ports.ts';
import { UserError } from '../core/problem.ts';
import { readScenario } from '../scenario/read.ts';
import { counts } from '../scenario/reporters/reporter.ts';
import { held, type Report, type Result } from '../scenario/suite.ts';
import { stampOf } from './flow-cache.ts';
import { flowPathOf } from './scenario-world.ts';
import { type Found, findScenarios } from './test-find.ts';
import { coverage, runFiles, type Session, writeReports } from './test-session.ts';

/** Hears keys until cancelled. */
export type Keys = (pressed: (key: string) => void) => Cancel;

/** What is known between two runs: the latest results, what each scenario file rests on, and how those files looked. */
type Known = { results: Map<string, readonly Result[]>; rests: Map<string, ReadonlySet<string>>; stamps: Map<string, string> };

/** Runs everything, then again and again what a change touches, until q or Ctrl-C. */
export async function watchScenarios(
  session: Session,
  keys: Keys | undefined = session.io.isTTY ? readKeys : undefined,
): Promise<void> {
  const { io } = session;
  const known: Known = { results: new Map(), rests: new Map(), stamps: new Map() };
  const stop = new AbortController();
  let wake = Promise.withResolvers<void>();
  let all = true;
  const end = (code: number | undefined) => {
    stop.abort(code);
    wake.resolve();
  };
  const folders = watchFolders(() => wake.resolve());
  const unhook = [
    io.onInterrupt?.(() => end(130)),
    keys?.((key) => {
      if (key === '\u0003') end(130);
      else if (key === 'q') end(undefined);
      else if (key === '\r') {
        all = true;
        wake.resolve();
      }
    }),
  ];
  try {
    while (!stop.signal.aborted) {
      wake = Promise.withResolvers<void>();
      const found = findAgain(session);
      const touched = lookAround(session, known, found);
      const wanted = all ? found.files : touched;
      if (all || wanted.length > 0) {
        all = false;
        await runTouched(session, known, wanted, stop.signal);
        if (!stop.signal.aborted)
          io.out(keys ? '\nWaiting for changes. q ends, Enter runs all again.\n' : '\nWaiting for changes.\n');
      }
      const more = folders.follow([...found.folders, ...[...known.stamps.keys()].map((file) => dirname(file))]);
      if (!more) await wake.promise;
    }
  } finally {
    folders.close();
    for (const off of unhook) off?.();
  }
  const fine = [...known.results.values()].flat().every(held);
  io.exitCode = stop.signal.reason === 130 ? 130 : fine ? 0 : 1;
}

/** A path that is gone for a moment, while an editor saves, is no reason to end. */
function findAgain({ io, paths }: Session): Found {
  try {
    return findScenarios(io.cwd, paths);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    io.err(`press9: ${error.message}\n`);
    return { files: [], folders: paths.map((path) => dirname(resolve(io.cwd, path))), looked: paths };
  }
}

/** What a change touched since the last look: scenarios that are new, and those that rest on a file that looks different. */
function lookAround({ flows }: Session, known: Known, { files }: Found): readonly string[] {
  const changed = new Set([...known.stamps].filter(([path, stamp]) => stampOf(path) !== stamp).map(([path]) => path));
  for (const file of known.rests.keys()) if (!files.includes(file)) forgetFile(known, file);
  flows.forget(changed);
  for (const path of changed) known.stamps.set(path, stampOf(path));
  return files.filter((file) => {
    const rests = known.rests.get(file);
    return !rests || [...rests].some((path) => changed.has(path));
  });
}

function forgetFile({ results, rests }: Known, file: string): void {
  results.delete(file);
  rests.delete(file);
}

async function runTouched(session: Session, known: Known, files: readonly string[], signal: AbortSignal): Promise<void> {
  const { io, flows } = session;
  const rests = new Map(files.map((file) => [file, restsOf(io.cwd, file)]));
  for (const { own } of rests.values()) for (const path of own) known.stamps.set(path, stampOf(path));
  const report = await runFiles(session, files, signal);
  const told = Map.groupBy(report.results, ({ file }) => file);
  for (const [file, { own, flow }] of rests) {
    const made = flow.map((path) => flows.filesOf(path));
    for (const [path, stamp] of made.flatMap((one) => [...one])) known.stamps.set(path, stamp);
    known.results.set(file, told.get(file) ?? []);
    known.rests.set(file, new Set([...own, ...flow, ...made.flatMap((one) => [...one.keys()])]));
  }
  const all = [...known.results].sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([, results]) => results);
  const whole: Report = { ...report, results: all };
  writeReports(session, report, whole);
  if (all.length > report.results.length) {
    const { passed, failed } = counts(whole);
    io.out(`of all: ${passed} passed, ${failed} failed\n`);
  }
  await coverage(session, whole);
}

/** What a scenario file rests on, absolute: itself and its contacts, and the flow files that it begins with. */
function restsOf(cwd: string, file: string): { own: readonly string[]; flow: readonly string[] } {
  const path = resolve(cwd, file);
  const scenarios = scenariosOf(path, file);
  const contacts = scenarios.flatMap(({ call }) => (typeof call.contact === 'string' ? [call.contact.replace(/#\d+$/, '')] : []));
  return {
    own: [path, ...contacts.map((contact) => resolve(dirname(path), contact))],
    flow: [...new Set(scenarios.map((scenario) => flowPathOf({ ...scenario, file: path })))],
  };
}

function scenariosOf(path: string, file: string) {
  try {
    const read = readScenario(readFileSync(path, 'utf8'), file);
    return read.ok ? read.scenarios : [];
  } catch {
    return [];
  }
}
