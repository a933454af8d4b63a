import { statSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { type LoadPorts, type LoadResult, loadFlow } from '../flow/load.ts';
import type { FlowSet } from '../flow/model.ts';
import type { Scenario } from '../scenario/read.ts';
import { CannotRun } from '../scenario/world.ts';
import { flowPorts } from './open-flow.ts';
import type { ScenarioFlows } from './scenario-world.ts';

/** Flows, each loaded once, with the files they were made from. */
export type FlowCache = {
  load: ScenarioFlows;
  /** A flow by its absolute path, or what is wrong with it, told at its own places. */
  open(path: string): Promise<FlowSet | CannotRun>;
  /** Those that could be loaded, by the path of their first file from the working folder. */
  sets(): ReadonlyMap<string, FlowSet>;
  /** Every file that a flow was made from or looked for, absolute, with its stamp from before it was read. */
  filesOf(path: string): ReadonlyMap<string, string>;
  /** Forgets what was made from a file; it is loaded again when it is asked for. */
  forget(files: ReadonlySet<string>): void;
};

type Entry = { loaded: Promise<FlowSet | CannotRun>; files: Map<string, string>; set?: FlowSet };

/** Differs when a file was written, replaced or removed. */
export function stampOf(path: string): string {
  const about = statSync(path, { throwIfNoEntry: false });
  return about ? `${about.mtimeMs} ${about.size} ${about.ino}` : 'gone';
}

export function createFlowCache(cwd: string): FlowCache {
  const entries = new Map<string, Entry>();

  function entryOf(path: string): Entry {
    const known = entries.get(path);
    if (known) return known;
    const files = new Map([[path, stampOf(path)]]);
    const entry: Entry = { files, loaded: open(relative(cwd, path), files) };
    entries.set(path, entry);
    return entry;
  }

  async function open(path: string, files: Map<string, string>): Promise<FlowSet | CannotRun> {
    const result = await loadFlow(path, noting(cwd, path, files));
    if (!result.ok) return brokenFlow(result);
    const entry = entries.get(resolve(cwd, path));
    if (entry) entry.set = result.set;
    return result.set;
  }

  return {
    async load(path, scenario) {
      const loaded = await entryOf(path).loaded;
      if (!(loaded instanceof CannotRun)) return loaded;
      throw missing(loaded, relative(cwd, path), scenario);
    },
    open: (path) => entryOf(path).loaded,
    sets: () => new Map([...entries].flatMap(([path, { set }]) => (set ? [[relative(cwd, path), set]] : []))),
    filesOf: (path) => entries.get(path)?.files ?? new Map(),
    forget(files) {
      for (const [path, entry] of entries) if ([...entry.files.keys()].some((file) => files.has(file))) entries.delete(path);
    },
  };
}

/** Ports that write down which files were asked for, there or not. */
function noting(cwd: string, path: string, files: Map<string, string>): LoadPorts {
  const { read, audio } = flowPorts(cwd, path);
  const note = (file: string) => files.set(file, stampOf(file));
  return {
    read(file) {
      note(resolve(cwd, file));
      return read(file);
    },
    async audio(url) {
      if (!/^https?:/i.test(url)) note(resolve(cwd, dirname(path), url));
      return audio?.(url);
    },
  };
}

const brokenFlow = ({ problems }: LoadResult): CannotRun =>
  new CannotRun(problems.filter(({ severity }) => severity === 'error'));

/** A flow that is not there is the scenario's mistake, and told at its place. */
function missing(broken: CannotRun, path: string, { places, flow }: Scenario): CannotRun {
  const [first] = broken.problems;
  if (first?.code !== 'FLOW_FILE_MISSING' || first.at.file !== path) return broken;
  const at = flow === undefined ? places.file : (places.at?.([], 'flow') ?? places.file);
  const advice =
    flow === undefined
      ? 'Name it: flow: PATH, from the folder of the scenario.'
      : 'The path counts from the folder of the scenario.';
  return new CannotRun([{ ...first, code: 'SCENARIO_NO_FLOW', at, says: first.says, try: advice }]);
}
