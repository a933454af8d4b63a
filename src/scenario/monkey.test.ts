import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitraryFlow, RUNNABLE } from '../../test/arbitrary/flow.ts';
import { flowOf, setOf } from '../../test/kit/play.ts';
import { scenarioWorlds } from '../commands/scenario-world.ts';
import type { Logged } from '../core/event.ts';
import { ms } from '../core/ids.ts';
import { searchFlow } from './monkey.ts';
import type { Caller } from './monkey-caller.ts';
import { type Played, playCaller, type Stage } from './monkey-play.ts';
import { violationsOf } from './monkey-rules.ts';
import { readScenario } from './read.ts';
import { runScenario } from './run.ts';

const flow = (applets: string) => setOf(flowOf(`<Flow name="f" start="menu" class="SI">${applets}<Hangup id="bye"/></Flow>`));
const menu = (keys: string, says = 'Press 1 for tea, or press 9 to stop these calls.', more = 'noInput="bye" invalid="bye"') =>
  `<IvrMenu id="menu" ${more}><Say>${says}</Say>${keys}</IvrMenu>`;
const KEY_9 = '<Key digit="1" next="bye"/><Key digit="9" next="out"/>';

type Flows = ReturnType<typeof flow>;
const stageOf = (set: Flows): Stage => ({
  file: '/nowhere/scenarios/monkey.yaml',
  open: scenarioWorlds('/nowhere', async () => set),
});
const search = (set: Flows, callers = 150, seed = 1) => searchFlow(set, stageOf(set), { callers, seed });

/** What is found in a flow, as `CODE applet: the caller`. */
const found = async (applets: string): Promise<string[]> =>
  (await search(flow(applets))).map(({ code, at, caller }) => `${code} ${at}: ${caller}`).sort();

describe('random callers find', () => {
  it('a key that is offered as an opt-out and leads back to the menu', async () => {
    const told = `${menu(KEY_9)}<Greeting id="out" next="menu"><Say>You have been removed.</Say></Greeting>`;
    expect(await found(told)).toEqual(['OPT_OUT_NOT_HONOURED menu: 9, then silence']);
  });

  it('one that only ends the call, or leads to a menu without an opt-out', async () => {
    expect(await found(menu('<Key digit="1" next="bye"/><Key digit="9" next="bye"/>'))).toEqual([
      'OPT_OUT_NOT_HONOURED menu: 9, then silence',
    ]);
    const offers = `<IvrMenu id="out" noInput="bye" invalid="bye"><Say>Press 1 to buy.</Say><Key digit="1" next="bye"/></IvrMenu>`;
    expect(await found(menu(KEY_9) + offers)).toEqual(['OPT_OUT_NOT_HONOURED menu: 9, then silence']);
  });

  it('an OptOut after which the caller is asked again', async () => {
    expect(await found(`${menu(KEY_9)}<OptOut id="out" next="menu" failed="bye"/>`)).toEqual([
      'OPT_OUT_NOT_HONOURED out: 9, then silence',
    ]);
  });

  it('an OptOut that failed, and says that it did not', async () => {
    const told = `<OptOut id="out" next="removed" failed="removed"/><Greeting id="removed" next="bye"><Say>You have been removed.</Say></Greeting>`;
    const [finding, ...more] = await search(flow(menu(KEY_9) + told));
    expect(more).toEqual([]);
    expect(finding).toMatchObject({ code: 'OPT_OUT_UNTRUE', at: 'out', caller: '9, then silence' });
    expect(finding?.scenario).toContain('store: failing');
  });

  it('a menu whose keys lead round for ever, with every key that was tried', async () => {
    const keys = '<Key digit="1" next="menu"/><Key digit="2" next="more"/>';
    const more =
      '<IvrMenu id="more" noInput="bye" invalid="bye"><Say>Press 3 to go back.</Say><Key digit="3" next="menu"/></IvrMenu>';
    expect(await found(menu(keys, 'Press 1 to hear this again, press 2 for more.') + more)).toEqual([
      'ENDLESS_KEYS menu: 1 2 3, over and over',
    ]);
  });

  it('a menu that a silent caller never leaves, and applets that go round without a sound', async () => {
    expect(await found(menu('<Key digit="1" next="bye"/>', 'Press 1.', 'noInput="menu" invalid="bye"'))).toEqual([
      'ENDLESS_SILENCE menu: silence',
    ]);
    const round =
      '<Limit id="a" max="1000" next="b" exceeded="bye"/><Timing id="b" open="a" closed="a"><Open days="daily" from="00:00" to="24:00"/></Timing>';
    expect(await found(menu('<Key digit="1" next="a"/>', 'Press 1.') + round)).toEqual(['ENDLESS_LOOP a: 1, then silence']);
  });
});

describe('random callers leave alone', () => {
  it.each([
    [
      'a menu with a key that repeats it',
      menu('<Key digit="1" next="bye"/><Key digit="2" next="menu"/>', 'Press 1, or press 2 to repeat.'),
    ],
    [
      'keys that only a Limit ends',
      `${menu('<Key digit="1" next="often"/>', 'Press 1 to hear this again.')}<Limit id="often" max="200" next="menu" exceeded="bye"/>`,
    ],
    [
      'a PIN that nobody guesses',
      `<Gather id="menu" digits="4" next="which" noInput="bye" invalid="bye" save="pin"><Say>Type your PIN.</Say></Gather>
       <SwitchCase id="which" on="{{pin}}"><Case value="4711" next="bye"/><Else next="menu"/></SwitchCase>`,
    ],
    [
      'an opt-out that asks once more',
      `${menu(KEY_9)}<IvrMenu id="out" noInput="bye" invalid="bye"><Say>Press 1 to confirm.</Say><Key digit="1" next="really"/></IvrMenu>
       <OptOut id="really" next="bye" failed="bye"/>`,
    ],
    [
      'a server that keeps the list',
      `${menu(KEY_9)}<Passthru id="out" url="https://clinic.example/opt-outs"><On status="200" next="bye"/><Else next="bye"/></Passthru>`,
    ],
  ])('%s', async (_, applets) => expect(await found(applets)).toEqual([]));
});

describe('a finding', () => {
  const trap = flow(`${menu(KEY_9)}<OptOut id="out" next="menu" failed="bye"/>`);
  const mended = flow(`${menu(KEY_9)}<OptOut id="out" next="bye" failed="bye"/>`);
  const endless = flow(menu('<Key digit="1" next="menu"/>', 'Press 1.'));
  const open = flow(menu('<Key digit="1" next="bye"/>', 'Press 1.'));

  const failuresIn = async (text: string, set: Flows): Promise<readonly string[]> => {
    const read = readScenario(text, 'scenarios/monkey.yaml');
    if (!read.ok || !read.scenarios[0]) throw new Error(text);
    const { failures } = await runScenario(read.scenarios[0], stageOf(set).open);
    return failures.map(({ expected, instead }) => `${expected}: ${instead}`);
  };

  it.each([
    ['OPT_OUT_NOT_HONOURED', trap, mended],
    ['ENDLESS_KEYS', endless, open],
  ])('has a scenario that fails until the flow is mended: %s', async (code, before, after) => {
    const [finding] = await search(before);
    expect(finding?.code).toBe(code);
    expect(await failuresIn(finding?.scenario ?? '', before)).not.toEqual([]);
    expect(await failuresIn(finding?.scenario ?? '', after)).toEqual([]);
  });

  it('is the same with the same seed', async () => {
    expect(await search(trap, 200, 7)).toEqual(await search(trap, 200, 7));
  });
});

describe('what press9 promises of every call', () => {
  it('holds in random flows, whoever calls', async () => {
    const flows = fc.sample(arbitraryFlow({ kinds: [...RUNNABLE, 'voicemail', 'optout', 'connect'] }), { numRuns: 20, seed: 3 });
    for (const one of flows) {
      const findings = await search(setOf({ ...one, timeLimit: ms(120_000) }), 8);
      expect(findings.filter(({ says }) => says.includes('bug in press9'))).toEqual([]);
    }
  });

  const set = flow(`${menu(KEY_9)}<OptOut id="out" next="bye" failed="bye"/>`);
  const caller: Caller = {
    moves: [{ press: '4' }, { press: '9' }],
    last: 'stays silent',
    http: [{}],
    agents: ['busy'],
    store: 'working',
  };
  const codes = (played: Played): string[] => violationsOf(played).map(({ code }) => code);

  it('holds, and would be missed', async () => {
    const played = await playCaller(stageOf(set), caller);
    expect(codes(played)).toEqual([]);
    const without = (gone: (logged: Logged) => boolean): Played => ({ ...played, log: played.log.filter((one) => !gone(one)) });
    expect(codes(without(({ e }) => e.type === 'key' && e.digit === '4'))).toEqual(['KEY_LOST', 'LOG_DOES_NOT_REPLAY']);
    expect(codes(without(({ e }) => e.type === 'digits.accepted'))).toEqual(['LOG_DOES_NOT_REPLAY']);
    expect(codes({ ...played, known: [] })).toEqual(['OPT_OUT_LOST']);
    expect(codes({ ...played, view: { ...played.view, ended: undefined } })).toEqual(['CALL_NOT_OVER']);
  });
});
