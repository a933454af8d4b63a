import { chmodSync, statSync, writeFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { createFileLog } from '../adapters/call-log-ndjson.ts';
import type { Logged } from '../core/event.ts';
import type { CallLog } from '../core/ports.ts';
import { UserError } from '../core/problem.ts';
import type { FlowSet } from '../flow/model.ts';
import { toScenario } from '../scenario/record.ts';
import { EXOPHONE } from './call-facts.ts';
import type { Io } from './io.ts';
import { flowPathOf } from './scenario-world.ts';

/** What a scenario is made with: the flows of the call, and the file of the first, from the working folder. */
export type Recorded = { set: FlowSet; path: string };

const isScenario = (file: string): boolean => /\.ya?ml$/i.test(file);

/** Refuses what no recording can be. @throws UserError */
export function checkRecord(io: Io, file: string | undefined): void {
  if (file === undefined || file.endsWith('.ndjson')) return;
  if (!isScenario(file)) {
    throw new UserError(`--record ${file}: a recording is a scenario (.yaml) or a log (.ndjson).`, {
      advice: `Use --record ${file.replace(/\.\w+$/, '')}.yaml`,
    });
  }
  const path = resolve(io.cwd, file);
  if (!statSync(dirname(path), { throwIfNoEntry: false })?.isDirectory())
    throw new UserError(`Cannot record into ${file}: its folder does not exist.`);
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory())
    throw new UserError(`Cannot record into ${file}: it is a folder.`);
}

/** What `--record` asks for: a log that is written line by line, or a scenario that is written when the call is over. */
export function openRecord(io: Io, file: string, made: Recorded): CallLog {
  if (!isScenario(file)) return openedLate(() => createFileLog(file));
  const log: Logged[] = [];
  return {
    append: (logged) => void log.push(logged),
    close: async () => {
      if (log.length > 0) saveScenario(io, file, log, made);
    },
  };
}

/** Opened by its first event: a call that is refused must not empty the recording of an earlier one. */
function openedLate(open: () => CallLog): CallLog {
  let log: CallLog | undefined;
  return {
    append(logged) {
      log ??= open();
      log.append(logged);
    },
    close: async () => log?.close(),
  };
}

/**
 * Writes the scenario of a call into a file that only its owner may read, because the number that was called stands in it.
 * A file that was there is written over.
 * @throws UserError (exit code 1) when it cannot be written.
 */
export function saveScenario({ cwd }: Pick<Io, 'cwd'>, file: string, log: readonly Logged[], { set, path }: Recorded): void {
  const target = resolve(cwd, file);
  const full = resolve(cwd, path);
  const found = flowPathOf({ file: target, flow: undefined }) === full;
  const flow = relative(dirname(target), full).split('\\').join('/');
  try {
    writeFileSync(target, toScenario(log, set, { ...(!found && { flow }), exophone: EXOPHONE }), { mode: 0o600 });
    chmodSync(target, 0o600);
  } catch (error) {
    throw new UserError(`The scenario ${file} cannot be written: ${error instanceof Error ? error.message : String(error)}.`, {
      exitCode: 1,
    });
  }
}
