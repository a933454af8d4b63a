import { describe, expect, it } from 'vitest';
import { loadFlow } from '../flow/load.ts';
import type { FlowSet } from '../flow/model.ts';
import type { Outcome } from '../scenario/outcome.ts';
import { readScenario } from '../scenario/read.ts';
import { runScenario } from '../scenario/run.ts';
import { scenarioWorlds } from './scenario-world.ts';

const FLOW = `<Flow name="reminder" start="hello" class="CLASS"><Greeting id="hello" next="bye"><Say>Hello.</Say></Greeting><Hangup id="bye"/></Flow>`;

async function flowOf(kind: string): Promise<FlowSet> {
  const loaded = await loadFlow('flow.xml', { read: async () => Buffer.from(FLOW.replace('CLASS', kind)) });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  return loaded.set;
}

async function played(yaml: string, kind = 'SI'): Promise<Outcome> {
  const read = readScenario(yaml, 'scenarios/one.yaml');
  const [scenario] = read.ok ? read.scenarios : [];
  if (!scenario) throw new Error(JSON.stringify(read));
  return runScenario(
    scenario,
    scenarioWorlds('/', async () => flowOf(kind)),
  );
}

const instead = async (yaml: string, kind?: string) =>
  (await played(yaml, kind)).failures.map((failure) => failure.instead).join();

describe('a scenario', () => {
  it('runs at any hour, and goes by the list alone', async () => {
    expect(await instead('call: { at: 2026-01-05T23:00 }\nexpect: { status: completed }')).toBe('');
    expect(await instead('world: { dnd: FULLY BLOCK }\nexpect: { status: completed }', 'P')).toBe('');
  });

  it('that names rules is held to them as in earnest', async () => {
    const night = 'call: { at: 2026-01-05T23:00 }\nworld: { rules: IN-EXOTEL }';
    expect(await instead(night)).toContain('it was refused: it is 23:00 there; automatic calls go out from 9:00 to 21:00');
    expect(await instead(`${night}\nexpect: { status: refused }`)).toBe('');
    expect(await instead('world: { rules: IN-TCCCPR }', 'P')).toBe('');
    expect(await instead('world: { rules: IN-EXOTEL }', 'P')).toContain('Exotel places no promotional calls');
  });

  it('may tell what is known of the customer: the register, a call of theirs, leave', async () => {
    const registered = 'world: { rules: IN-EXOTEL, dnd: "FULLY BLOCK" }';
    expect(await instead(registered)).toContain('only while it is whitelisted');
    expect(await instead(registered.replace(' }', ', called us: 2025-12-20T10:00 }'))).toBe('');
    expect(await instead(registered.replace(' }', ', called us: 2025-10-20T10:00 }'))).toContain('only while it is whitelisted');
    expect(await instead('world: { rules: IN-EXOTEL }', 'SE')).toContain('no leave is recorded for it');
    expect(await instead('world: { rules: IN-EXOTEL, consent: explicit }', 'SE')).toBe('');
  });

  it('with a command that the register does not know is told at its place', async () => {
    await expect(played('world:\n  rules: IN-EXOTEL\n  dnd: BLOCK 9')).rejects.toMatchObject({
      problems: [{ at: { line: 3 }, says: 'dnd: "BLOCK 9" is no command of the register: categories are 0 to 8.' }],
    });
    expect(readScenario('world: { rules: EXOTEL }', 'x.yaml').ok).toBe(false);
  });
});
