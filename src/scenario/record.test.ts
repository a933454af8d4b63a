import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { arbitraryFlow, RUNNABLE } from '../../test/arbitrary/flow.ts';
import { applets, flowOf, setOf } from '../../test/kit/play.ts';
import { viewOf } from '../call/fold.ts';
import { placeCall } from '../call/run.ts';
import { transcript } from '../call/transcript.ts';
import { EXOPHONE } from '../commands/call-facts.ts';
import { scenarioWorlds } from '../commands/scenario-world.ts';
import type { Logged } from '../core/event.ts';
import { ms } from '../core/ids.ts';
import { DIGITS, type Digit, isOwnInput } from '../core/input.ts';
import type { FlowSet } from '../flow/model.ts';
import { textOf } from './hearing.ts';
import { readScenario, type Scenario } from './read.ts';
import { toScenario } from './record.ts';
import { runScenario } from './run.ts';

/** One thing a caller does, so many milliseconds after the one before (the answer, at first). */
type Act = { after: number; does: Digit | 'hang up' };

function scenarioOf(text: string): Scenario {
  const read = readScenario(text, 'scenarios/recorded.yaml');
  if (!read.ok || !read.scenarios[0])
    throw new Error(`${text}\n${read.ok ? '' : read.problems.map(({ says }) => says).join('\n')}`);
  return read.scenarios[0];
}

const worlds = (set: FlowSet) => scenarioWorlds('/nowhere', async () => set);

/** A call with someone at the phone who acts at instants of their own, whatever the call does meanwhile. */
async function record(set: FlowSet, setting: object, acts: readonly Act[]): Promise<readonly Logged[]> {
  const world = await worlds(set)(scenarioOf(stringify(setting)));
  const placed = await placeCall(world.plan, world.facts, world.ports);
  if (!placed.placed) throw new Error('refused');
  const { call } = placed;
  let begun = false;
  const begin = () => {
    if (begun || call.state.answeredAt === undefined) return;
    begun = true;
    let at: number = world.clock.now();
    for (const { after, does } of acts) {
      at += after;
      world.clock.alarm(ms(at), () => (does === 'hang up' ? call.hangUp() : call.press(does)));
    }
  };
  begin();
  call.subscribe(begin);
  await world.run();
  return call.log;
}

/** What must be the same in both calls: the way, the keys, and how much of each speech was heard. */
function gist(log: readonly Logged[]) {
  const { speeches, ended, legs } = viewOf(log);
  const path = log.flatMap(({ e }) =>
    e.type === 'applet.left' ? [`${e.node}>${e.exit}`] : e.type === 'ended' ? [JSON.stringify(e.why)] : [],
  );
  return {
    customerWas: legs[0]?.by ?? 'a person',
    // How often a loop goes round before it is stopped depends on what else happened at that instant.
    path: ended?.by === 'loop' ? [...new Set(path)] : path,
    keys: log.flatMap(({ e }) => (e.type === 'key' ? [`${e.digit}:${e.was}`] : [])),
    // A prompt of no length at all is over as soon as it is cut.
    speeches: speeches.map(
      ({ leg, sounds, cut, at, until }) => `${leg} ${textOf(sounds)} ${cut && until !== at ? 'cut' : 'whole'}`,
    ),
  };
}
const lengths = (log: readonly Logged[]) =>
  viewOf(log).speeches.flatMap(({ cut, at, until = at }) => (cut && until > at ? [until - at] : []));

/** Did the caller act at the very millisecond of something else? On which side of it, no scenario can say. */
function isCrowded(log: readonly Logged[]): boolean {
  const acts = log.flatMap(({ e, at }) => (e.type === 'input' && e.input.type === 'digit' ? [at] : []));
  const others = log.flatMap(({ e, at }) =>
    e.type === 'timer.fired' || (e.type === 'input' && e.input.type !== 'digit' && !isOwnInput(e.input)) ? [at] : [],
  );
  return acts.some((at) => others.includes(at));
}

const act = <T extends Act['does']>(...does: readonly T[]) =>
  fc.record({
    after: fc.oneof(
      fc.integer({ min: 1, max: 1500 }),
      fc.integer({ min: 1, max: 12_000 }),
      fc.constantFrom(301, 407, 1003, 5003),
    ),
    does: fc.constantFrom(...does),
  });
const caller: fc.Arbitrary<Act[]> = fc
  .tuple(
    fc.array(act(...DIGITS, '1', '1', '1', '2', '#'), { maxLength: 9 }),
    fc.option(act('hang up'), { freq: 3, nil: undefined }),
  )
  .map(([acts, end]) => (end ? [...acts, end] : acts));

const url = '*';
const menu = { gather_prompt: { text: 'Type it.' }, max_input_digits: 2, repeat_menu: 1 };
const http = fc.constantFrom<object[]>(
  [{ url, json: { select: 'a' } }],
  [{ url, status: 302 }],
  [{ url, fail: 'timeout' }],
  [{ url, fail: 'refused' }],
  [
    { url, method: 'HEAD', 'in order': [{ status: 500 }, {}] },
    { url, 'in order': [{ body: 'a text', after: '250ms' }, { body: 'another' }] },
  ],
  [{ url, body: 'hello', after: '700ms' }],
  [{ url, body: '<p>no</p>', type: 'text/html' }],
  [{ url, json: menu }],
);
const setting = fc.record({
  call: fc.constantFrom<object>({}, { contact: { name: 'Asha: "A", #1', url: 'https://a.example/x?y=1' } }, { inbound: true }),
  world: fc.record({
    http,
    callee: fc.constantFrom(
      'answer:1s',
      'answer',
      'answer:2s,hangup:9s',
      'answer:2s,hangup:40s',
      'machine:2s',
      'busy',
      'no-answer',
      'failed',
    ),
    agents: fc.constantFrom([], ['busy', 'answer:7s'], ['no-answer'], ['answer']),
    store: fc.constantFrom('working', 'working', 'failing'),
  }),
});

describe('a recorded scenario', () => {
  it('passes at once, and is the same call again; cut-offs at an instant that is somebody else’s too, within 1 ms', async () => {
    const flows = arbitraryFlow({ kinds: [...RUNNABLE, 'voicemail', 'optout', 'connect'], dynamic: true });
    await fc.assert(
      fc.asyncProperty(flows, caller, setting, async (flow, acts, where) => {
        const set = setOf({ ...flow, timeLimit: ms(Math.min(flow.timeLimit, 120_000)) });
        const original = await record(set, where, acts);
        fc.pre(!isCrowded(original));
        const text = toScenario(original, set, { exophone: EXOPHONE });
        const { failures, log } = await runScenario(scenarioOf(text), worlds(set));
        const told = [text, ...transcript(viewOf(original)), '--- again', ...transcript(viewOf(log))].join('\n');
        expect(
          failures.map(({ expected, instead }) => `${expected}: ${instead}`),
          told,
        ).toEqual([]);
        expect(gist(log), told).toEqual(gist(original));
        const [again, first] = [lengths(log), lengths(original)];
        expect(Math.max(0, ...again.map((length, i) => Math.abs(length - (first[i] ?? 0)))), told).toBeLessThanOrEqual(1);
      }),
      { numRuns: 300 },
    );
  }, 60_000);

  const tea = setOf(
    flowOf(`<Flow name="tea" start="menu" class="T"><IvrMenu id="menu" noInput="bye" invalid="bye"><Say>Press 1 for tea.</Say><Key digit="1" next="link"/></IvrMenu>
      <Sms id="link" next="bye">Order {{CallSid}}: your tea comes at once.</Sms><Hangup id="bye"/></Flow>`),
  );

  it('does not press in an applet that listens from the first instant when the caller pressed in a later one', async () => {
    const beep = setOf(
      applets(`<Voicemail id="beep" maxLength="100ms" next="menu"/><IvrMenu id="menu" tries="2" noInput="bye" invalid="bye"><Key digit="2" next="bye"/></IvrMenu>
        <Hangup id="bye"/>`),
    );
    const log = await record(beep, {}, [{ after: 500, does: '1' }]);
    const text = toScenario(log, beep, {});
    const again = await runScenario(scenarioOf(text), worlds(beep));
    expect(again.failures).toEqual([]);
    const dispositions = (events: typeof log) => events.flatMap(({ e }) => (e.type === 'key' ? [`${e.digit} ${e.was}`] : []));
    expect(dispositions(log)).toEqual(['1 not-offered']);
    expect(dispositions(again.log)).toEqual(dispositions(log));
  });

  it('of a call under way expects what has happened, and not how it ends', async () => {
    const log = await record(tea, {}, [{ after: 4003, does: '1' }]);
    const text = toScenario(
      log.slice(
        0,
        log.findIndex(({ e }) => e.type === 'ended'),
      ),
      tea,
      {},
    );
    expect(text).toContain('The call was not over yet');
    expect(text.slice(text.indexOf('expect:'))).toMatch(/^expect:\n {2}sms:\n[\s\S]*visited: \[menu, link, bye\]\n$/);
    expect((await runScenario(scenarioOf(text), worlds(tea))).failures).toEqual([]);
  });

  it('leaves out what every call has its own of, and names the flow where it would not be found', async () => {
    const log = await record(tea, { call: { exophone: '08047112399', inbound: true } }, [{ after: 4003, does: '1' }]);
    const text = toScenario(log, tea, { flow: '../tea.xml', exophone: EXOPHONE });
    expect(text).not.toContain(log[0]?.call);
    expect(scenarioOf(text)).toMatchObject({
      flow: '../tea.xml',
      call: { inbound: true, exophone: '+918047112399' },
      expect: { sms: [{ text: { contains: ': your tea comes at once.' } }] },
    });
  });

  it('waits exactly as long as the caller did where a time limit ends the call', async () => {
    const round = setOf(
      flowOf(
        `<Flow name="f" start="menu" class="T" timeLimit="20s"><IvrMenu id="menu" noInput="bye" invalid="bye"><Say>Press 1.</Say><Key digit="1" next="menu"/></IvrMenu><Hangup id="bye"/></Flow>`,
      ),
    );
    const log = await record(
      round,
      {},
      [3001, 4001, 5001].map((after) => ({ after, does: '1' as const })),
    );
    const text = toScenario(log, round, {});
    expect(text).toContain('  - wait: 4001ms\n  - press: "!1"\n');
    const again = await runScenario(scenarioOf(text), worlds(round));
    expect(again.failures).toEqual([]);
    expect(viewOf(again.log).visited).toHaveLength(viewOf(log).visited.length);
  });
});
