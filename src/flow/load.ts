import { posix } from 'node:path';
import type { Ms } from '../core/ids.ts';
import type { Place, Problem } from '../core/problem.ts';
import { checkFlow } from './check.ts';
import type { CheckOptions, Lost } from './check-options.ts';
import { columnsOf } from './columns.ts';
import { quote } from './fault.ts';
import { appletFor, placeIn } from './graph.ts';
import { measureAudio } from './load-audio.ts';
import type { Flow, FlowSet } from './model.ts';
import { type ReadFlow, readFlow } from './read-xml.ts';
import { sortProblems } from './report.ts';

export type LoadPorts = {
  read(path: string): Promise<Uint8Array>;
  /** Length of a recording, by its address or by its path from the folder of the first flow. */
  audio?: (url: string) => Promise<Ms | undefined>;
};

export type Loaded = {
  set: FlowSet;
  /** Columns of the `contacts.csv` beside the first flow, if there is one. */
  contacts?: readonly string[];
};
/** `problems` of flows that loaded are warnings. A draft can be checked, never run. */
export type LoadResult =
  | ({ ok: true; problems: readonly Problem[] } & Loaded)
  | { ok: false; problems: readonly Problem[]; draft?: Loaded & { lost: ReadonlyMap<string, Lost> } };

const MOST_FILES = 100;

type File = { path: string; read: ReadFlow; links: Map<string, string> };
type Wanted = { path: string; at: Place };

/** Reads a flow file and every file that it leads to by Transfer and Subflow; names are relative to the file they stand in. */
export async function loadFlow(path: string, ports: LoadPorts): Promise<LoadResult> {
  const files = new Map<string, File>();
  const problems: Problem[] = [];
  const wanted: Wanted[] = [{ path, at: { file: path, line: 1, column: 1 } }];
  for (let next = wanted.shift(); next; next = wanted.shift()) {
    const key = posix.normalize(next.path);
    if (files.has(key)) continue;
    if (files.size >= MOST_FILES) {
      problems.push(problem('FLOW_TOO_MANY_FILES', next.at, `More than ${MOST_FILES} flow files are reached.`, 'Join some.'));
      break;
    }
    const read = await readFile(next, ports, problems);
    const file: File = { path: next.path, read, links: new Map() };
    files.set(key, file);
    problems.push(...read.problems);
    wanted.push(...follow(file, problems));
  }
  return assemble(path, [...files.values()], problems, ports);
}

/** `loaded` is there when anything could be made of the files; it can be run when there is no `lost`. */
export type CheckResult = { problems: readonly Problem[]; loaded?: Loaded; lost?: ReadonlyMap<string, Lost> };

/** Loads and checks: every problem of a flow and the flows it leads to, by position. */
export async function loadAndCheck(path: string, ports: LoadPorts, options: CheckOptions = {}): Promise<CheckResult> {
  const result = await loadFlow(path, ports);
  const loaded = result.ok ? result : result.draft;
  if (!loaded) return { problems: result.problems };
  const { contacts } = loaded;
  const lost = result.ok ? undefined : result.draft?.lost;
  const found = checkFlow(loaded.set, { ...(contacts && { contacts }), ...options, ...(lost && { lost }) });
  return { problems: sortProblems([...result.problems, ...found]), loaded, ...(lost && { lost }) };
}

const problem = (code: Problem['code'], at: Place, says: string, advice: string): Problem => ({
  code,
  severity: 'error',
  at,
  says,
  try: advice,
});

async function readFile({ path, at }: Wanted, ports: LoadPorts, problems: Problem[]): Promise<ReadFlow> {
  let bytes: Uint8Array;
  try {
    bytes = await ports.read(path);
  } catch (error) {
    const why = error instanceof Error ? ` (${error.message.replace(/\.$/, '')})` : '';
    const says = `The flow file ${path} cannot be read${why}.`;
    problems.push(problem('FLOW_FILE_MISSING', at, says, 'Names are relative to the file they stand in.'));
    return { ok: false, problems: [] };
  }
  return readFlow(bytes, path);
}

const flowOf = ({ read }: File): Flow | undefined => (read.ok ? read.flow : read.draft?.flow);

/** The files that the applets of a flow name. What stands in for a missing attribute is not followed. */
function follow(file: File, problems: Problem[]): Wanted[] {
  const nodes = [...(flowOf(file)?.nodes.values() ?? [])];
  return nodes.flatMap((node) =>
    (appletFor(node).flows?.(node.settings) ?? []).flatMap(({ path, flow }): Wanted[] => {
      const at = placeIn(node, path);
      if (!node.places[path]) return [];
      if (flow.includes('{{')) {
        const says = `${path}: ${quote(flow)} is known only during a call.`;
        problems.push(problem('FLOW_BAD_VALUE', at, says, 'Name a file; choose between files with a SwitchCase.'));
        return [];
      }
      const target = flow.startsWith('/') ? flow : posix.join(posix.dirname(file.path), flow);
      file.links.set(flow, posix.normalize(target));
      return [{ path: target, at }];
    }),
  );
}

async function assemble(path: string, files: readonly File[], problems: Problem[], ports: LoadPorts): Promise<LoadResult> {
  const flows = new Map<string, Flow>();
  const names = new Map<string, string>();
  const lost = new Map<string, Lost>();
  for (const file of files) {
    const flow = flowOf(file);
    if (!flow) continue;
    const first = flow.name === undefined ? undefined : flows.get(flow.name);
    if (first) {
      const says = `The flow of ${first.file} is named ${quote(flow.name)} too.`;
      problems.push(problem('FLOW_DUPLICATE_NAME', flow.at, says, 'Give each file a name of its own.'));
    }
    const name = first || flow.name === undefined ? file.path : flow.name;
    flows.set(name, { ...flow, name });
    names.set(posix.normalize(file.path), name);
    if (!file.read.ok && file.read.draft) lost.set(name, file.read.draft);
  }
  const root = names.get(posix.normalize(path));
  if (root === undefined) return { ok: false, problems: sortProblems(problems) };
  const links = new Map(files.map((file) => [names.get(posix.normalize(file.path)) ?? file.path, linkNames(file, names)]));
  const measured = await measureAudio([...flows.values()], path, ports.audio);
  const contacts = await readColumns(path, ports);
  const all = sortProblems([...problems, ...measured.problems]);
  const loaded = { set: { root, flows, links, audio: measured.audio }, ...(contacts && { contacts }) };
  if (!all.some(({ severity }) => severity === 'error')) return { ok: true, problems: all, ...loaded };
  return { ok: false, problems: all, draft: { ...loaded, lost } };
}

const linkNames = ({ links }: File, names: ReadonlyMap<string, string>): ReadonlyMap<string, string> =>
  new Map(
    [...links].flatMap(([written, target]) => {
      const name = names.get(target);
      return name === undefined ? [] : [[written, name]];
    }),
  );

async function readColumns(path: string, { read }: LoadPorts): Promise<readonly string[] | undefined> {
  try {
    return columnsOf(await read(posix.join(posix.dirname(path), 'contacts.csv')));
  } catch {
    return undefined;
  }
}
