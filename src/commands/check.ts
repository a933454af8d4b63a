import { Command, Option } from 'commander';
import { type Problem, showPlace } from '../core/problem.ts';
import { type CheckResult, loadAndCheck } from '../flow/load.ts';
import { type PortabilityItem, portabilityOf } from '../flow/portability.ts';
import { sortProblems } from '../flow/report.ts';
import { type Checked, showChecked, toJson } from './check-show.ts';
import { findFlows } from './find-flows.ts';
import type { Io } from './io.ts';
import { flowPorts } from './open-flow.ts';

type Options = { target?: 'exotel'; json?: boolean };

const HELP = `
A folder means its flow.xml, or every flow below it. Flows that are reached by Transfer and Subflow are checked too.
With --json, standard output is one object:
  {"files": [flow files asked for],
   "problems": [{"file", "line", "column", "severity": error|warning|info, "code", "message", "try"}],
   "portability": [{"file", "line", "column", "construct", "level": as-is|needs-server|not-possible, "note" or "rewrite"}],
   "summary": {"flows", "errors", "warnings", "infos", "asIs", "needsServer", "notPossible"}}
portability and its three counts only with --target.
Exit codes: 0 no errors (warnings may be there), 1 errors, 2 no such file.`;

/** `press9 check`: every problem of a flow. Reads files, asks no server. */
export function checkCommand(io: Io): Command {
  return new Command('check')
    .name('press9 check')
    .description('Every problem of a flow at once, each with its place and what to do.')
    .argument('<flow...>', 'flow files or folders')
    .addOption(new Option('--target <vendor>', 'tell for each part whether the vendor can do it').choices(['exotel']))
    .option('--json', 'print one JSON object')
    .addHelpText('after', HELP)
    .action(async (names: readonly string[], options: Options) => {
      const checked = await checkAll(io.cwd, names, options.target !== undefined);
      io.out(options.json ? `${JSON.stringify(toJson(checked))}\n` : showChecked(checked, io.colour));
      if (checked.problems.some(({ severity }) => severity === 'error')) io.exitCode = 1;
    });
}

async function checkAll(cwd: string, names: readonly string[], ported: boolean): Promise<Checked> {
  const files: string[] = [];
  const problems = new Map<string, Problem>();
  const portability = new Map<string, PortabilityItem>();
  for (const { path, guessed } of await findFlows(cwd, names)) {
    const result = await loadAndCheck(path, flowPorts(cwd, path));
    if (guessed && isNoFlow(result)) continue;
    files.push(path);
    // A flow that several lead to is reported once.
    for (const one of result.problems) problems.set(`${showPlace(one.at)} ${one.code} ${one.says}`, one);
    if (ported) for (const item of portabilityIn(result)) portability.set(`${showPlace(item.at)} ${item.construct}`, item);
  }
  return { files, problems: sortProblems([...problems.values()]), ...(ported && { portability: [...portability.values()] }) };
}

/** In a folder, a file whose outermost element is not Flow is something else. */
const isNoFlow = ({ problems }: CheckResult): boolean => problems.length === 1 && problems[0]?.code === 'FLOW_ROOT';

const portabilityIn = ({ loaded, lost }: CheckResult): readonly PortabilityItem[] =>
  [...(loaded?.set.flows ?? [])].flatMap(([name, flow]) => portabilityOf(flow, lost?.get(name)?.lossy));
