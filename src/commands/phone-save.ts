import { accessSync, constants, existsSync, mkdirSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { createFileLog } from '../adapters/call-log-ndjson.ts';
import { viewOf } from '../call/fold.ts';
import type { CallView } from '../call/view.ts';
import type { Logged } from '../core/event.ts';
import type { FlowSet } from '../flow/model.ts';
import type { Saved } from '../tui/session.ts';
import { saveScenario } from './record.ts';

const SCENARIOS = 'scenarios';
const MOST_LETTERS = 60;
const MOST_KEYS = 6;

/**
 * A free name for a scenario of a call, from the working folder: beside the flow's other scenarios, or where those cannot be
 * written, in the working folder.
 */
export function saveName(cwd: string, log: readonly Logged[]): string {
  const view = viewOf(log);
  const beside = view.facts && resolve(cwd, dirname(view.facts.file), SCENARIOS);
  const folder = beside !== undefined && isOurs(beside) ? beside : cwd;
  const name = nameOf(view);
  for (let n = 1; ; n++) {
    const path = join(folder, `${name}${n === 1 ? '' : `-${n}`}.yaml`);
    if (!existsSync(path)) return relative(cwd, path);
  }
}

/** Writes a call down: a scenario (.yaml) or its log (.ndjson). Makes the folder `scenarios`, and no other. */
export async function saveCall(
  cwd: string,
  set: FlowSet,
  log: readonly Logged[],
  file: string,
  overwrite: boolean,
): Promise<Saved> {
  const named = file.trim();
  const first = log[0]?.e;
  if (first?.type !== 'started') return { trouble: 'There is no call yet that could be saved.' };
  const path = resolve(cwd, named);
  const wrong = wrongWith(named, path);
  if (wrong !== undefined) return { trouble: wrong };
  if (!overwrite && existsSync(path)) return { exists: named };
  try {
    if (!existsSync(dirname(path))) mkdirSync(dirname(path));
    if (isLog(named)) await writeLog(path, log);
    else saveScenario({ cwd }, named, log, { set, path: first.facts.file });
    return { saved: named };
  } catch (error) {
    return { trouble: error instanceof Error ? error.message : String(error) };
  }
}

const isLog = (file: string): boolean => /\.ndjson$/i.test(file);

function wrongWith(named: string, path: string): string | undefined {
  if (named === '') return 'Type the name of a file: a scenario (.yaml) or a log (.ndjson).';
  if (/[\\/]$/.test(named) || isFolder(path)) return `${named} is a folder. Type the name of a file in it.`;
  if (!/\.(?:ya?ml|ndjson)$/i.test(named)) return `${named} is neither a scenario (.yaml) nor a log (.ndjson).`;
  const folder = dirname(path);
  const there = basename(folder) === SCENARIOS ? isFolder(dirname(folder)) || isFolder(folder) : isFolder(folder);
  return there ? undefined : `The folder of ${named} does not exist.`;
}

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;

async function writeLog(path: string, log: readonly Logged[]): Promise<void> {
  const file = createFileLog(path);
  for (const logged of log) file.append(logged);
  await file.close();
}

/** A folder of somebody else's package is not ours to write to. */
function isOurs(folder: string): boolean {
  if (folder.split(/[\\/]/).includes('node_modules')) return false;
  const there = existsSync(folder) ? folder : dirname(folder);
  try {
    accessSync(there, constants.W_OK);
    return isFolder(there);
  } catch {
    return false;
  }
}

/** What happened, for a file: `9-opts-out`, `1-confirmed`, `busy`. A long number that was typed is nobody else's business. */
function nameOf(view: CallView): string {
  const keys = view.lines.flatMap((line) => (line.type === 'key' ? [line.digit] : [])).join('');
  const typed = keys.length > MOST_KEYS ? 'keys' : keys.replaceAll('*', '-star-').replaceAll('#', '-hash-');
  const words = [typed, whatHappened(view)].join('-').toLowerCase();
  return (
    words
      .replace(/[^\p{L}\p{N}]+/gu, '-')
      .slice(0, MOST_LETTERS)
      .replace(/^-+|-+$/g, '') || 'call'
  );
}

function whatHappened(view: CallView): string {
  const { ended, optOuts, goals, visited } = view;
  if (ended?.by === 'unanswered') return ended.outcome;
  if (optOuts.length > 0) return optOuts.some(({ result }) => result && 'failed' in result) ? 'opt-out fails' : 'opts out';
  const goal = goals.at(-1);
  if (goal !== undefined) return goal;
  const last = visited.findLast(({ node }) => ended?.by !== 'flow' || node !== ended.node)?.node ?? '';
  return ended?.by === 'caller' ? `hangs up ${last}` : last;
}
