import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { createAudio } from '../adapters/audio-wav.ts';
import { createSystemClock } from '../adapters/clock-system.ts';
import { createFiles } from '../adapters/files.ts';
import { createFetchClient } from '../adapters/http-fetch.ts';
import { showPlace, UserError } from '../core/problem.ts';
import { suggest } from '../core/suggest.ts';
import { type LoadPorts, loadFlow } from '../flow/load.ts';
import type { FlowSet } from '../flow/model.ts';
import type { Io } from './io.ts';

export type OpenedFlow = {
  set: FlowSet;
  /** The file, from the working folder. */
  path: string;
};

/** Files and recordings, for a flow whose path is relative to `cwd`. */
export function flowPorts(cwd: string, path: string): LoadPorts {
  const files = createFiles();
  const audio = createAudio(createFetchClient(createSystemClock()), files, resolve(cwd, path));
  return { read: (file) => files.read(resolve(cwd, file)), audio: (url) => audio.length(url) };
}

/** The flow file that a name on the command line means: the file, or the flow.xml of a folder. */
export async function findFlow(io: Io, named: string): Promise<string> {
  const full = resolve(io.cwd, named);
  const found = await stat(full).catch(() => undefined);
  if (found?.isFile()) return relative(io.cwd, full) || named;
  if (found?.isDirectory()) {
    const inside = join(full, 'flow.xml');
    if (await stat(inside).catch(() => undefined)) return relative(io.cwd, inside);
    throw new UserError(`The folder ${named} has no flow.xml.`, { advice: 'Name the flow file itself.' });
  }
  const beside = await readdir(dirname(full)).catch((): string[] => []);
  const near = suggest(basename(full), beside);
  throw new UserError(`There is no flow file ${named}.`, {
    advice: near ? `Did you mean ${join(dirname(named), near)}?` : `Looked for ${full}.`,
  });
}

/** Reads a flow that is to be run. A flow with errors is not run: they are listed. */
export async function openFlow(io: Io, named: string): Promise<OpenedFlow> {
  const path = await findFlow(io, named);
  const loaded = await loadFlow(path, flowPorts(io.cwd, path));
  if (loaded.ok) return { set: loaded.set, path };
  const errors = loaded.problems.filter(({ severity }) => severity === 'error');
  for (const { at, says, code, try: advice } of errors)
    io.err(`${showPlace(at)}: ${code} ${says}${advice ? `\n    ${advice}` : ''}\n`);
  throw new UserError(`${named} cannot be run: ${errors.length} ${errors.length === 1 ? 'error' : 'errors'}.`, {
    exitCode: 1,
    advice: `press9 check ${named} shows warnings too.`,
  });
}
