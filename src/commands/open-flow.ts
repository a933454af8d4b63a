import { dirname, resolve } from 'node:path';
import { createAudio } from '../adapters/audio-wav.ts';
import { createSystemClock } from '../adapters/clock-system.ts';
import { createFiles } from '../adapters/files.ts';
import { createFetchClient } from '../adapters/http-fetch.ts';
import { showPlace, UserError } from '../core/problem.ts';
import { type LoadPorts, loadFlow } from '../flow/load.ts';
import type { FlowSet } from '../flow/model.ts';
import { findFlows } from './find-flows.ts';
import type { Io } from './io.ts';

export type OpenedFlow = {
  set: FlowSet;
  /** The file, from the working folder. */
  path: string;
};

/** Files for a flow whose path is relative to `cwd`. Recordings behind addresses are measured by the line, when they play. */
export function flowPorts(cwd: string, path: string): LoadPorts {
  const files = createFiles();
  const audio = createAudio(createFetchClient(createSystemClock()), files, resolve(cwd, dirname(path)));
  return {
    read: (file) => files.read(resolve(cwd, file)),
    audio: async (url) => (/^https?:/i.test(url) ? undefined : audio.length(url)),
  };
}

/** Reads a flow that is to be run. A flow with errors is not run: they are listed. */
export async function openFlow(io: Io, named: string): Promise<OpenedFlow> {
  const [found, ...more] = await findFlows(io.cwd, [named]);
  if (!found || more.length > 0) {
    const several = [found, ...more].map((one) => one?.path).join(', ');
    throw new UserError(`The folder ${named} holds more than one flow.`, { advice: `Name one of them: ${several}` });
  }
  const { path } = found;
  const loaded = await loadFlow(path, flowPorts(io.cwd, path));
  if (loaded.ok) return { set: loaded.set, path };
  const errors = loaded.problems.filter(({ severity }) => severity === 'error');
  for (const { at, says, code, try: advice } of errors) {
    io.err(`${showPlace(at)}: ${code} ${says}${advice ? `\n    ${advice}` : ''}\n`);
  }
  throw new UserError(`${named} cannot be run: ${errors.length} ${errors.length === 1 ? 'error' : 'errors'}.`, {
    exitCode: 1,
    advice: `press9 check ${named} shows warnings too.`,
  });
}
