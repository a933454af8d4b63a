import { readdirSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import type { Problem } from '../core/problem.ts';
import { appletFor } from '../flow/graph.ts';
import { type LoadResult, loadFlow } from '../flow/load.ts';
import type { Flow } from '../flow/model.ts';
import type { FlowChoice } from '../tui/session.ts';
import { tellClass } from '../tui/words.ts';
import { flowPorts } from './open-flow.ts';

const MOST_FILES = 300;
const MOST_FOLDERS = 2000;
const DEEPEST = 5;

/** The flows below the folder `flows`, and those near a flow, by their paths. Other XML files are left out. */
export async function flowChoices(cwd: string, near: string): Promise<readonly FlowChoice[]> {
  const files = new Set(
    xmlBelow([{ folder: join(cwd, 'flows'), depth: 0 }, around(cwd, near)]).map((file) => relative(cwd, file)),
  );
  files.add(near);
  const choices: FlowChoice[] = [];
  for (const path of [...files].sort()) {
    const { read } = flowPorts(cwd, path);
    const result = await loadFlow(path, { read });
    if (path === near || !isOtherXml(path, result)) choices.push(choiceOf(path, result));
  }
  return choices;
}

type Folder = { folder: string; depth: number };

/** Flows stand in folders side by side: the folder of a flow's folder. Where that is above the working folder, not far below it. */
function around(cwd: string, near: string): Folder {
  const folder = dirname(dirname(resolve(cwd, near)));
  const inside = relative(folder, cwd);
  return { folder, depth: inside !== '' && !inside.startsWith('..') ? DEEPEST - 1 : 0 };
}

/** Breadth first, so that what is near is found before there are too many. */
function xmlBelow(roots: readonly Folder[]): readonly string[] {
  const files: string[] = [];
  const open = [...roots];
  const been = new Set<string>();
  for (let next = open.shift(); next && files.length < MOST_FILES && been.size < MOST_FOLDERS; next = open.shift()) {
    const { folder, depth } = next;
    if (been.has(folder)) continue;
    been.add(folder);
    for (const entry of entriesOf(folder)) {
      const path = join(folder, entry.name);
      if (entry.isDirectory() && depth < DEEPEST) open.push({ folder: path, depth: depth + 1 });
      else if (!entry.isDirectory() && /\.xml$/i.test(entry.name)) files.push(path);
    }
  }
  return files.slice(0, MOST_FILES);
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true }).filter(({ name }) => !name.startsWith('.') && name !== 'node_modules');
  } catch {
    return [];
  }
}

const isOtherXml = (path: string, { problems }: LoadResult): boolean =>
  problems.some(({ code, at }) => code === 'FLOW_ROOT' && at.file === path);

function choiceOf(path: string, result: LoadResult): FlowChoice {
  const loaded = result.ok ? result : result.draft;
  const flow = loaded?.set.flows.get(loaded.set.root);
  const name = flow?.name ?? path;
  const wrong = result.problems.find(({ severity }) => severity === 'error');
  if (wrong || !flow) return { path, name, about: wrong ? sayProblem(path, wrong) : 'it cannot be read', broken: true };
  return { path, name, about: aboutFlow(flow), broken: false };
}

const sayProblem = (path: string, { at, says }: Problem): string =>
  `${at.file === path ? 'line ' : `${at.file}:`}${at.line}: ${says}`;

function aboutFlow({ class: kind, nodes, start }: Flow): string {
  const first = nodes.get(start);
  const begins = first ? `; begins with ${appletFor(first).title}, ${appletFor(first).summary(first.settings)}` : '';
  return `${tellClass(kind)}, ${nodes.size} ${nodes.size === 1 ? 'applet' : 'applets'}${begins}`;
}
