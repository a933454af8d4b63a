import { readFileSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { readKeys } from '../adapters/keys-stdin.ts';
import { machineNow } from '../adapters/machine-now.ts';
import { watchFolders } from '../adapters/watch-folders.ts';
import type { Cancel } from '../core/ports.ts';
import { UserError } from '../core/problem.ts';
import { readScenario } from '../scenario/read.ts';
import { counts } from '../scenario/reporters/reporter.ts';
import { held, type Report, type Result } from '../scenario/suite.ts';
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
      const touched = all ? found.files : lookAround(session, known, found);
      if (all || touched.length > 0) {
        const stale = await runTouched(session, known, touched, stop.signal);
        if (stale) wake.resolve();
        if (!stop.signal.aborted)
          io.out(keys ? '\nWaiting for changes. q ends, Enter runs all again.\n' : '\nWaiting for changes.\n');
      }
      all = false;
      folders.follow([...found.folders, ...[...known.stamps.keys()].map((file) => dirname(file))]);
      await wake.promise;
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

/** Returns true when something changed while it ran. */
async function runTouched(session: Session, known: Known, files: readonly string[], signal: AbortSignal): Promise<boolean> {
  const { io } = session;
  const began = machineNow();
  const report = await runFiles(session, files, signal);
  for (const file of files) {
    known.results.set(
      file,
      report.results.filter((result) => result.file === file),
    );
    known.rests.set(file, restsOf(session, file));
  }
  const whole: Report = {
    ...report,
    results: [...known.results].sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([, results]) => results),
  };
  writeReports(session, report, whole);
  if (whole.results.length > report.results.length) {
    const { passed, failed } = counts(whole);
    io.out(`of all: ${passed} passed, ${failed} failed\n`);
  }
  await coverage(session, whole);
  let stale = false;
  for (const path of [...known.rests.values()].flatMap((rests) => [...rests])) {
    if (known.stamps.has(path)) continue;
    // Written after the run began: nobody knows which of the two texts was read.
    const late = (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0) > began;
    known.stamps.set(path, late ? '' : stampOf(path));
    stale ||= late;
  }
  return stale;
}

/** Every file a scenario file rests on, absolute: itself, its flow and what that reaches, its contacts. */
function restsOf({ io, flows }: Session, file: string): ReadonlySet<string> {
  const path = resolve(io.cwd, file);
  const rests = new Set([path]);
  for (const scenario of scenariosOf(path, file)) {
    const flow = flowPathOf({ ...scenario, file: path });
    for (const one of [flow, ...flows.filesOf(flow)]) rests.add(one);
    const { contact } = scenario.call;
    if (typeof contact === 'string') rests.add(resolve(dirname(path), contact.replace(/#\d+$/, '')));
  }
  return rests;
}

function scenariosOf(path: string, file: string) {
  try {
    const read = readScenario(readFileSync(path, 'utf8'), file);
    return read.ok ? read.scenarios : [];
  } catch {
    return [];
  }
}

/** Differs when a file was written, replaced or removed. */
function stampOf(path: string): string {
  const about = statSync(path, { throwIfNoEntry: false });
  return about ? `${about.mtimeMs} ${about.size} ${about.ino}` : 'gone';
}
