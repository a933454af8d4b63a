import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { createSystemRandom } from '../adapters/random.ts';
import { plainText } from '../core/plain-text.ts';
import { showPlace, UserError } from '../core/problem.ts';
import { loadFlow } from '../flow/load.ts';
import type { FlowSet } from '../flow/model.ts';
import type { Finding } from '../scenario/monkey.ts';
import { findFlows } from './find-flows.ts';
import type { Io } from './io.ts';
import { flowPorts } from './open-flow.ts';
import { scenarioWorlds } from './scenario-world.ts';

export type MonkeyRun = {
  /** Random callers for each flow. */
  callers: number;
  /** The same callers again; another number each time unless told. */
  seed?: number;
  /** Flow files, or folders with some; `flows` unless told, else the working folder. */
  paths: readonly string[];
};

function callers(text: string): number {
  if (/^\d{1,6}$/.test(text) && Number(text) > 0) return Number(text);
  throw new InvalidArgumentError('Use a whole number from 1, such as 500.');
}

/** Adds `--monkey <callers>`; `--seed` is the command's own. */
export const addMonkeyOptions = (command: Command): Command =>
  command.option(
    '--monkey <callers>',
    'no scenarios: so many random callers for each flow, who must find no trap in it',
    callers,
  );

/**
 * Lets random callers call every flow, and writes a scenario beside the flow for each violation found, shrunk to the shortest
 * call. Sets the exit code: 1 when something was found, or a flow cannot be run.
 * @throws UserError when there is no flow.
 */
export async function runMonkey(io: Io, { callers, seed = anySeed(), paths }: MonkeyRun): Promise<void> {
  const { searchFlow } = await import('../scenario/monkey.ts');
  const flows = await flowsIn(io.cwd, paths);
  io.out(`${callers} random ${callers === 1 ? 'caller' : 'callers'} a flow, seed ${seed}\n\n`);
  let wrong = 0;
  for (const path of flows) {
    const set = await load(io, path);
    if (set === 'no flow') continue;
    const findings = set && (await searchFlow(set, stageOf(io.cwd, path, set), { callers, seed }));
    if (findings?.length === 0) io.out(`passed  ${plainText(path)}\n`);
    else wrong++;
    if (findings && findings.length > 0) {
      io.out(`FAILED  ${plainText(path)}\n`);
      for (const finding of findings) io.out(show(finding, save(io.cwd, path, finding)));
    }
  }
  io.out(`\n${flows.length - wrong} passed, ${wrong} failed\n`);
  if (wrong > 0) io.exitCode = 1;
}

const anySeed = (): number => Math.floor(createSystemRandom().next() * 1_000_000);

/** A folder means the flow.xml files below it, or where there are none, every flow. */
async function flowsIn(cwd: string, paths: readonly string[]): Promise<string[]> {
  const names = paths.length > 0 ? paths : [existsSync(join(cwd, 'flows')) ? 'flows' : '.'];
  const found = await findFlows(cwd, names);
  const named = found.filter(({ path, guessed }) => !guessed || basename(path) === 'flow.xml');
  const flows = named.length > 0 ? named : found;
  if (flows.length === 0) throw new UserError(`There is no flow in ${names.join(', ')}.`, { exitCode: 1 });
  return flows.map(({ path }) => path);
}

async function load(io: Io, path: string): Promise<FlowSet | 'no flow' | undefined> {
  const loaded = await loadFlow(path, flowPorts(io.cwd, path));
  if (loaded.ok) return loaded.set;
  const errors = loaded.problems.filter(({ severity }) => severity === 'error');
  if (errors.length === 1 && errors[0]?.code === 'FLOW_ROOT' && basename(path) !== 'flow.xml') return 'no flow';
  io.out(`broken  ${plainText(path)}\n`);
  for (const { at, code, says } of errors) io.out(`  ${showPlace(at)}: ${code} ${plainText(says)}\n`);
  return undefined;
}

function stageOf(cwd: string, path: string, set: FlowSet) {
  const folder = dirname(resolve(cwd, path));
  return {
    file: join(folder, 'scenarios', 'monkey.yaml'),
    ...(basename(path) !== 'flow.xml' && { flow: `../${basename(path)}` }),
    ...(existsSync(join(folder, 'contacts.csv')) && { contact: '../contacts.csv#1' }),
    open: scenarioWorlds(cwd, async () => set),
  };
}

/** Writes the scenario of a finding, never over another file. Returns where it stands, from the working folder. */
function save(cwd: string, path: string, { code, scenario }: Finding): string {
  const folder = join(dirname(resolve(cwd, path)), 'scenarios');
  const name = `monkey-${code.toLowerCase().replaceAll('_', '-')}`;
  try {
    mkdirSync(folder, { recursive: true });
    for (let n = 1; ; n++) {
      const file = join(folder, `${name}${n === 1 ? '' : `-${n}`}.yaml`);
      if (!existsSync(file)) writeFileSync(file, scenario, { flag: 'wx' });
      else if (readFileSync(file, 'utf8') !== scenario) continue;
      return relative(cwd, file);
    }
  } catch (error) {
    throw new UserError(
      `The scenario of a finding cannot be written: ${error instanceof Error ? error.message : String(error)}.`,
      {
        exitCode: 1,
      },
    );
  }
}

/** Lines of a transcript that show how it goes on; of one without end, a few. */
const MOST_LINES = 40;
const ENDLESS_LINES = 14;

function show({ code, at, says, caller, transcript }: Finding, file: string): string {
  const most = code.startsWith('ENDLESS') ? ENDLESS_LINES : MOST_LINES;
  const lines = transcript.length > most ? [...transcript.slice(0, most), '        and so on'] : transcript;
  const told = [
    `${code} in ${at}`,
    `  ${says}`,
    `  Shortest caller: ${caller}`,
    ...lines.map((line) => `  ${line}`),
    `  Scenario: ${file}`,
  ];
  return `${told.map((line) => `  ${plainText(line)}`).join('\n')}\n`;
}
