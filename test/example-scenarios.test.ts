import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { flowPorts } from '../src/commands/open-flow.ts';
import { scenarioWorlds } from '../src/commands/scenario-world.ts';
import { ms } from '../src/core/ids.ts';
import { loadFlow } from '../src/flow/load.ts';
import type { Flow, FlowNode, FlowSet } from '../src/flow/model.ts';
import { coverageOf, percentOf, tally } from '../src/scenario/coverage.ts';
import { showCoverage } from '../src/scenario/coverage-table.ts';
import type { Outcome } from '../src/scenario/outcome.ts';
import { readScenario, type Scenario } from '../src/scenario/read.ts';
import { runScenario } from '../src/scenario/run.ts';
import { repository } from './example-call.ts';

const names = readdirSync(join(repository, 'flows'), { withFileTypes: true }).flatMap((one) =>
  one.isDirectory() ? [one.name] : [],
);
const filesOf = (name: string) =>
  readdirSync(join(repository, 'flows', name, 'scenarios')).map((file) => `flows/${name}/scenarios/${file}`);

function scenariosIn(file: string): readonly Scenario[] {
  const read = readScenario(readFileSync(join(repository, file), 'utf8'), file);
  if (!read.ok) throw new Error(read.problems.map(({ at, says }) => `${at.file}:${at.line} ${says}`).join('\n'));
  return read.scenarios;
}

const loaded = new Map<string, Promise<FlowSet>>();
function flowSet(name: string): Promise<FlowSet> {
  const path = `flows/${name}/flow.xml`;
  const set =
    loaded.get(name) ??
    loadFlow(path, flowPorts(repository, path)).then((result) => {
      if (!result.ok) throw new Error(`${path} cannot be loaded`);
      return result.set;
    });
  loaded.set(name, set);
  return set;
}

const runIn = (set: FlowSet, scenario: Scenario): Promise<Outcome> =>
  runScenario(
    scenario,
    scenarioWorlds(repository, async () => set),
  );

const ran = new Map<string, Promise<readonly Outcome[]>>();
function outcomesOf(name: string): Promise<readonly Outcome[]> {
  const known =
    ran.get(name) ??
    flowSet(name).then((set) =>
      Promise.all(
        filesOf(name)
          .flatMap(scenariosIn)
          .map((one) => runIn(set, one)),
      ),
    );
  ran.set(name, known);
  return known;
}

const failuresOf = ({ scenario, failures }: Outcome) =>
  failures.map(({ expected, instead }) => `${scenario.title}: ${expected}: ${instead}`);

describe('the scenarios of the examples', () => {
  test.each(names)('of %s pass, one file a story with a name that says it', async (name) => {
    expect((await outcomesOf(name)).flatMap(failuresOf)).toEqual([]);
    for (const file of filesOf(name)) expect(file).toMatch(/\/[a-z0-9]+(-[a-z0-9]+)*\.yaml$/);
  });

  test('cover every applet and every exit of every example', async () => {
    const sets = await Promise.all(names.map(async (name) => [`flows/${name}/flow.xml`, await flowSet(name)] as const));
    const outcomes = (await Promise.all(names.map(outcomesOf))).flat();
    const flows = coverageOf(outcomes, new Map(sets));
    expect(flows.length).toBeGreaterThan(names.length);
    const short = flows.filter((flow) => percentOf(tally([flow], 'exits')) < 100 || percentOf(tally([flow], 'applets')) < 100);
    expect(short, showCoverage(short)).toEqual([]);
  });
});

const rewired = (set: FlowSet, flow: Flow, node: FlowNode, exit: string, to: string): FlowSet => {
  const wires = { ...node.wires, [exit]: to } as FlowNode['wires'];
  const nodes = new Map([...flow.nodes].map(([id, one]) => [id, one === node ? ({ ...one, wires } as FlowNode) : one]));
  return { ...set, flows: new Map([...set.flows].map(([name, one]) => [name, one === flow ? { ...one, nodes } : one])) };
};

/** Every exit of a flow, led to the applet after the one it should lead to, in the order of the file. */
function mutants(set: FlowSet, folder: string): { says: string; mutant: FlowSet }[] {
  return [...set.flows.values()]
    .filter(({ file }) => file.startsWith(folder))
    .flatMap((flow) => {
      const ids: string[] = [...flow.nodes.keys()];
      return [...flow.nodes.values()].flatMap((node) =>
        Object.entries(node.wires).map(([exit, target]) => {
          const to = ids[(ids.indexOf(target) + 1) % ids.length] ?? '';
          return { says: `${flow.file}: ${node.id} ${exit} -> ${to}`, mutant: rewired(set, flow, node, exit, to) };
        }),
      );
    });
}

/** A way that goes round for hours needs no more than minutes to be seen. */
const inMinutes = (scenario: Scenario): Scenario => ({ ...scenario, call: { timeLimit: ms(15 * 60_000), ...scenario.call } });

describe('an exit that leads to the wrong applet', () => {
  test.each(names)('of %s is noticed by a scenario', async (name) => {
    const scenarios = filesOf(name).flatMap(scenariosIn).map(inMinutes);
    const set = await flowSet(name);
    for (const scenario of scenarios) expect(failuresOf(await runIn(set, scenario))).toEqual([]);
    const all = mutants(set, `flows/${name}/`);
    const unnoticed: string[] = [];
    for (const { says, mutant } of all) {
      let noticed = false;
      for (const scenario of scenarios) {
        noticed ||= (await runIn(mutant, scenario)).failures.length > 0;
        if (noticed) break;
      }
      if (!noticed) unnoticed.push(says);
    }
    expect(all.length).toBeGreaterThan(0);
    expect(unnoticed).toEqual([]);
  });
});
