import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect, it } from 'vitest';
import { ROOT } from '../../test/flow-files.ts';
import { createSystemIds } from '../adapters/ids.ts';
import { createMemoryStore } from '../adapters/store.ts';
import { momentsOf } from '../call/moments.ts';
import type { LiveCall } from '../call/run.ts';
import type { Logged } from '../core/event.ts';
import { type Ms, ms } from '../core/ids.ts';
import { loadFlow } from '../flow/load.ts';
import type { FlowSet } from '../flow/model.ts';
import { readScenario } from '../scenario/read.ts';
import { runScenario } from '../scenario/run.ts';
import { flowPorts } from './open-flow.ts';
import { rereadCall } from './phone-reread.ts';
import { flowPathOf, scenarioWorlds } from './scenario-world.ts';

const { facts } = createMemoryStore({ ids: createSystemIds(1), now: () => ms(0) });

async function load(path: string, edit: (xml: string) => string): Promise<FlowSet> {
  const ports = flowPorts(ROOT, path);
  const read = async (file: string) => {
    const bytes = await ports.read(file);
    return file === path ? new TextEncoder().encode(edit(new TextDecoder().decode(bytes))) : bytes;
  };
  const loaded = await loadFlow(path, { ...ports, read });
  if (!loaded.ok) throw new Error(`${path} cannot be loaded`);
  return loaded.set;
}

/** The points of a call at which time goes by: how much of its log there is, and an instant. */
function pauses(log: readonly Logged[]): readonly (readonly [readonly Logged[], Ms])[] {
  return momentsOf(log).flatMap((count) => {
    const [last, next] = [log[count - 1], log[count]];
    if (!last || next?.at === last.at) return [];
    return [[log.slice(0, count), ms(Math.floor((last.at + (next?.at ?? last.at)) / 2))] as const];
  });
}

async function reread(log: readonly Logged[], now: Ms, was: FlowSet, flows: FlowSet) {
  const started = log[0]?.e;
  if (started?.type !== 'started') throw new Error('no call');
  const call = { log, facts: started.facts } as unknown as LiveCall;
  const clock = { now: () => now, pause() {}, resume() {}, setSpeed() {}, paused: () => false, speed: () => 1 };
  return rereadCall({ call, flows: was, clock }, flows, { facts, answers: [], agents: [] });
}

const folders = readdirSync(join(ROOT, 'flows'), { withFileTypes: true }).filter((one) => one.isDirectory());

it.each(folders.map(({ name }) => name))(
  '%s under another name is the same to its callers, at any time of their calls',
  async (name) => {
    const folder = join(ROOT, 'flows', name, 'scenarios');
    let looked = 0;
    for (const file of readdirSync(folder)) {
      const read = readScenario(readFileSync(join(folder, file), 'utf8'), join(folder, file));
      for (const scenario of read.ok ? read.scenarios : []) {
        // There the phone of the customer hangs up by itself, which on this phone only a person does.
        if (scenario.world.callee?.includes('hangup')) continue;
        const path = relative(ROOT, flowPathOf(scenario));
        const was = await load(path, (xml) => xml);
        const flows = await load(path, (xml) => xml.replace(/(<Flow[^>]*name=")/, '$1new-'));
        const { log } = await runScenario(
          scenario,
          scenarioWorlds(ROOT, async () => was),
        );
        for (const [part, now] of pauses(log)) {
          const result = await reread(part, now, was, flows);
          if (result.type === 'same') continue;
          expect(result.differences, `${file}, ${part.length} of ${log.length} events`).toEqual([]);
          expect(result.log.map(({ e }) => e.type)).toEqual(part.filter(({ e }) => e.type !== 'delivery').map(({ e }) => e.type));
          looked++;
        }
      }
    }
    expect(looked).toBeGreaterThan(4);
  },
);
