import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { listFlows } from './flow-files.ts';
import { inTempFolder, press9 } from './kit/cli.ts';
import { ROOT } from './source-files.ts';

const MENU = (key9: string) => `<Flow name="trap" start="menu" class="service-implicit">
  <IvrMenu id="menu" noInput="bye" invalid="bye"><Say>Press 1 for news, or press 9 to stop these calls.</Say>
    <Key digit="1" next="news"/><Key digit="9" next="out"/></IvrMenu>
  <IvrMenu id="news" noInput="bye" invalid="bye"><Say>Press 1 for more, press 2 to hear this again.</Say>
    <Key digit="1" next="news"/><Key digit="2" next="news"/></IvrMenu>
  ${key9}<Hangup id="bye"/></Flow>`;
/** The exit of an opt-out leads back to the menu, and the keys of another menu lead round for ever. */
const TRAPS = MENU('<Greeting id="out" next="menu"><Say>You have been removed from our list.</Say></Greeting>');
const MENDED = MENU(
  '<OptOut id="out" next="gone" failed="bye"/><Greeting id="gone" next="bye"><Say>You have been removed.</Say></Greeting>',
).replace('<Key digit="2" next="news"/>', '<Key digit="2" next="bye"/>');

describe('press9 test --monkey', () => {
  it('finds both traps, prints the shortest caller of each, and writes scenarios that fail until they are mended', async () => {
    await inTempFolder(async (cwd) => {
      const file = join(cwd, 'flows/trap/flow.xml');
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, TRAPS);
      const ran = await press9(['test', '--monkey', '300', '--seed', '7'], { cwd });
      expect(ran.code).toBe(1);
      expect(ran.err).toBe('');
      expect(ran.out).toContain('300 random callers a flow, seed 7');
      expect(ran.out).toMatch(
        /OPT_OUT_NOT_HONOURED in menu\n.*leads back to "menu"\. Nothing was recorded\.\n +Shortest caller: 9, then silence\n/,
      );
      expect(ran.out).toMatch(/ENDLESS_KEYS in news\n.*No key leads out of "news".*\n +Shortest caller: 1 2, over and over\n/);
      const scenarios = join(cwd, 'flows/trap/scenarios');
      expect(readdirSync(scenarios).sort()).toEqual(['monkey-endless-keys.yaml', 'monkey-opt-out-not-honoured.yaml']);
      expect(readFileSync(join(scenarios, 'monkey-opt-out-not-honoured.yaml'), 'utf8')).toContain('steps:\n  - press: "9"\n');

      const again = await press9(['test', '--monkey', '300', '--seed', '7', 'flows/trap/flow.xml'], { cwd });
      expect(again.out).toBe(ran.out);
      expect(readdirSync(scenarios)).toHaveLength(2);

      expect((await press9(['test'], { cwd })).out).toContain('0 passed, 2 failed');
      writeFileSync(file, MENDED);
      expect((await press9(['test'], { cwd })).out).toContain('2 passed, 0 failed');
      const mended = await press9(['test', '--monkey', '300', '--seed', '7'], { cwd });
      expect([mended.code, mended.out]).toEqual([0, expect.stringContaining('1 passed, 0 failed')]);
    });
  });

  it('never writes over a scenario', async () => {
    await inTempFolder(async (cwd) => {
      mkdirSync(join(cwd, 'scenarios'));
      writeFileSync(join(cwd, 'flow.xml'), TRAPS);
      writeFileSync(join(cwd, 'scenarios/monkey-endless-keys.yaml'), '# mine\n');
      const ran = await press9(['test', '--monkey', '100', '--seed', '1', 'flow.xml'], { cwd });
      expect(ran.out).toContain('Scenario: scenarios/monkey-endless-keys-2.yaml');
      expect(readFileSync(join(cwd, 'scenarios/monkey-endless-keys.yaml'), 'utf8')).toBe('# mine\n');
    });
  });

  it('finds nothing in the examples, in little time', async () => {
    const ran = await press9(['test', '--monkey', '100', '--seed', '3', 'flows']);
    const roots = listFlows().filter((path) => path.endsWith('flow.xml'));
    expect(ran.out).toContain(`${roots.length} passed, 0 failed`);
    expect(ran.code).toBe(0);
    for (const path of roots)
      expect(existsSync(join(dirname(join(ROOT, path)), 'scenarios/monkey-endless-keys.yaml'))).toBe(false);
  });

  it('tells of flows that cannot be run, and of none at all', async () => {
    await inTempFolder(async (cwd) => {
      writeFileSync(join(cwd, 'flow.xml'), '<Flow name="x" start="a" class="T"></Flow>');
      const broken = await press9(['test', '--monkey', '5', 'flow.xml'], { cwd });
      expect([broken.code, broken.out]).toEqual([1, expect.stringContaining('broken  flow.xml')]);
      const none = await press9(['test', '--monkey', 'many'], { cwd });
      expect(none.code).toBe(2);
    });
  });
});
