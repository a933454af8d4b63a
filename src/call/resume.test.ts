import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitraryFlow, RUNNABLE } from '../../test/arbitrary/flow.ts';
import { applets, factsOf, play, START, setOf } from '../../test/kit/play.ts';
import { parseAnswerRule } from '../adapters/answer-rule.ts';
import { createVirtualClock } from '../adapters/clock-virtual.ts';
import { createRecordedClient } from '../adapters/http-recorded.ts';
import { createScriptedClient } from '../adapters/http-scripted.ts';
import { createScriptedLine } from '../adapters/line-scripted.ts';
import { type PhoneScript, parseAgent, parseCallee } from '../adapters/phone-script.ts';
import { createSmsRecorder } from '../adapters/sms-recording.ts';
import type { Logged } from '../core/event.ts';
import { type Ms, ms } from '../core/ids.ts';
import type { Digit } from '../core/input.ts';
import type { HttpRequest } from '../core/ports.ts';
import { BrokenInvariant } from '../core/problem.ts';
import { addressPattern } from '../exotel/app-params.ts';
import { exotelDialect } from '../exotel/dialect.ts';
import type { Flow } from '../flow/model.ts';
import { viewOf } from './fold.ts';
import { momentsOf } from './moments.ts';
import type { Ports } from './perform.ts';
import { replay } from './replay.ts';
import { resumeCall } from './resume.ts';
import { type LiveCall, placeCall } from './run.ts';
import type { Plan } from './state.ts';

/** Those of servers are given one after the other, the last one for good. */
type People = { callee: string; agents: readonly string[]; answers: readonly string[] };
type Did = { at: Ms; digit: Digit | 'hang up' };

function must<T>(parsed: ({ ok: true } & T) | { ok: false; problem: string }): T {
  if (!parsed.ok) throw new Error(parsed.problem);
  return parsed;
}

/** A world of scripted people and servers: at the beginning of a call, or where its log was cut. */
function worldOf(
  { callee, agents, answers }: People,
  log: readonly Logged[] = [],
  { recorded = log, at = log.at(-1)?.at ?? START }: { recorded?: readonly Logged[]; at?: Ms } = {},
) {
  const clock = createVirtualClock(at);
  const [first, ...more] = answers.map((answer) => must(parseAnswerRule(`GET * => ${answer}`)).rule);
  if (!first) throw new Error('no answer');
  const servers = createScriptedClient(clock, [{ ...first, inOrder: [first, ...more].map(({ gives }) => gives) }]);
  const recording = { log: recorded, before: log, pattern: (url: string) => addressPattern(url, CALL) };
  const sent = log.filter(({ e }) => e.type === 'input' && e.input.type === 'sms.accepted').length;
  const ports: Ports = {
    clock,
    http: log.length > 0 ? createRecordedClient(clock, recording, servers) : servers,
    line: createScriptedLine(clock, {
      callee: must(parseCallee(callee)).phone,
      agents: agents.map((one): PhoneScript => must(parseAgent(one)).phone),
      standing: viewOf(log).legs,
    }),
    sms: createSmsRecorder(clock, sent),
    gate: { ask: async () => ({ verdict: 'allow', ground: { code: 'NOT_LISTED', says: 'A test.', facts: [] }, warnings: [] }) },
    optOuts: { record: async () => ({ ok: true, fact: 'fact-1' }) },
    callbacks: { send() {} },
  };
  return { clock, ports };
}

/** What the caller does, each thing when everything due before it has happened. */
async function live(call: LiveCall, { clock }: ReturnType<typeof worldOf>, deeds: readonly Did[]): Promise<void> {
  for (const { at, digit } of deeds) {
    await clock.run(at);
    if (digit === 'hang up') call.hangUp();
    else call.press(digit);
  }
  await clock.run();
}

const ALONE: People = { callee: 'answer:3s', agents: ['answer'], answers: ['200'] };

const tea = (drink: string, asks = 'Press 1.') =>
  applets(`<IvrMenu id="menu" noInput="bye" invalid="bye"><Say>${asks}</Say><Key digit="1" next="tea"/></IvrMenu>
    <Greeting id="tea" next="bye"><Say>${drink}</Say></Greeting><Hangup id="bye"/>`);

const deedsIn = (log: readonly Logged[]): readonly Did[] =>
  log.flatMap(({ at, e }): Did[] => {
    if (e.type !== 'input') return [];
    if (e.input.type === 'caller.hungUp') return [{ at, digit: 'hang up' }];
    return e.input.type === 'digit' ? [{ at, digit: e.input.digit }] : [];
  });

async function original(plan: Plan, flow: Flow, people: People, deeds: readonly Did[]): Promise<readonly Logged[]> {
  const world = worldOf(people);
  const placed = await placeCall(plan, factsOf(flow), world.ports);
  if (!placed.placed) throw new Error('refused');
  await live(placed.call, world, deeds);
  return placed.call.log;
}

async function resumed(plan: Plan, log: readonly Logged[], count: number, people: People): Promise<readonly Logged[]> {
  const world = worldOf(people, log.slice(0, count), { recorded: log });
  const call = resumeCall(plan, log.slice(0, count), world.ports);
  await live(call, world, deedsIn(log.slice(count)));
  return call.log;
}

const people: fc.Arbitrary<People> = fc.record({
  callee: fc.constantFrom('answer:1s', 'answer:2s,hangup:9s', 'answer:2s,hangup:40s', 'busy', 'no-answer'),
  agents: fc.constantFrom(['answer:3s'], ['busy', 'answer:12s'], ['no-answer', 'failed'], ['answer']),
  answers: fc.constantFrom(
    ['200 after 700ms {"select":"a"}', '302 after 100ms', '200 hello'],
    ['timeout', '200 after 2500ms hello'],
    ['200 after 1500ms {"gather_prompt":{"text":"And now?"},"max_input_digits":2}', '302', 'refused'],
    ['200 after 1s {"destination":{"numbers":["+918011111111"]}}', '500'],
  ),
});

const CALL = factsOf(applets('<Hangup id="bye"/>')).call;

const deed = fc.record({
  after: fc.constantFrom(0, 1, 400, 1000, 1700, 3000, 7000),
  digit: fc.constantFrom<Digit>('1', '2', '5', '9', '0', '#', '*'),
});
const caller = fc.array(deed, { maxLength: 10 }).map((deeds) => {
  let at: number = START;
  const did = deeds.map(({ after, digit }): Did => {
    at += after;
    return { at: ms(at), digit };
  });
  return [...did, { at: ms(START + 70_000), digit: 'hang up' as const }];
});

const flows = arbitraryFlow({ kinds: [...RUNNABLE, 'connect', 'voicemail', 'optout'], returns: false });

describe('a call that is taken up again', () => {
  it('is the same call, wherever it was cut, when the caller does the same', async () => {
    const met = new Set<string>();
    await fc.assert(
      fc.asyncProperty(flows, people, caller, async (flow, around, deeds) => {
        const plan: Plan = { flows: setOf({ ...flow, timeLimit: ms(60_000) }), dialect: exotelDialect };
        const log = await original(plan, flow, around, deeds);
        for (const count of momentsOf(log)) expect(await resumed(plan, log, count, around)).toEqual(log);
        for (const { e } of log) met.add(e.type === 'input' ? e.input.type : e.type);
      }),
      { numRuns: 60 },
    );
    for (const what of ['fetch.failed', 'sms.accepted', 'optOut.recorded', 'leg.changed', 'timer.fired', 'prompt.finished'])
      expect([...met]).toContain(what);
  }, 60_000);

  it('goes on with what is left of a speech, also of a recording whose length only the line knows', async () => {
    const flow = applets(
      '<Greeting id="hi" next="bye"><Say>One two three four.</Say><Play>a.wav</Play></Greeting><Hangup id="bye"/>',
    );
    const plan: Plan = { flows: setOf(flow), dialect: exotelDialect };
    const { log } = await play(flow);
    const spoken = log.findIndex(({ e }) => e.type === 'command' && e.command.type === 'play') + 1;
    const began = log[spoken - 1]?.at ?? 0;
    for (const passed of [0, 500, 3000]) {
      const before = log.slice(0, spoken);
      const { clock, ports } = worldOf(ALONE, before, { at: ms(began + passed) });
      const call = resumeCall(plan, before, ports);
      await clock.run();
      expect(call.log).toEqual(log);
    }
  });

  it('keeps the order of what happens at one instant', async () => {
    const flow = applets('<Connect id="desk" to="+918011111111" talkFor="20s" answered="bye"/><Hangup id="bye"/>');
    const plan: Plan = { flows: setOf(flow), dialect: exotelDialect };
    // The agent hangs up when the time is up: this was known when the phone was dialled, and happens first.
    const around = { ...ALONE, agents: ['answer:20s'] };
    const log = await original(plan, flow, around, []);
    expect(log.flatMap(({ e }) => (e.type === 'input' && e.input.type === 'leg.changed' ? [e.input.to] : []))).toContain(
      'completed',
    );
    for (const count of momentsOf(log)) expect(await resumed(plan, log, count, around)).toEqual(log);
  });

  it('waits for a server only as long as it would have', async () => {
    const flow = applets(
      '<Passthru id="ask" url="https://s.example/" timeout="4s"><On status="200" next="bye"/><Else next="bye"/></Passthru><Hangup id="bye"/>',
    );
    const { log, plan } = await play(flow, { answers: ['GET * => timeout'] });
    const asked = log.findIndex(({ e }) => e.type === 'command' && e.command.type === 'fetch');
    const before = log.slice(0, asked + 1);
    const requests: HttpRequest[] = [];
    const { ports } = worldOf(ALONE, before, { at: ms((before.at(-1)?.at ?? 0) + 1500) });
    resumeCall(plan, before, { ...ports, http: { send: (request) => requests.push(request) } });
    expect(requests).toMatchObject([{ url: expect.stringContaining('https://s.example/?CallSid='), timeout: 2500 }]);
  });

  it('is not taken up on a flow on which it would have gone otherwise, nor in the middle of an instant', async () => {
    const { log, plan } = await play(tea('Tea it is.'), { keys: '1' });
    const { ports } = worldOf(ALONE, log);
    expect(() => resumeCall({ ...plan, flows: setOf(tea('Coffee.')) }, log, ports)).toThrow(BrokenInvariant);
    expect(() => resumeCall(plan, log.slice(0, 2), ports)).not.toThrow();
    expect(() => resumeCall(plan, log.slice(0, 5), ports)).toThrow(/event 6 of its log/);
  });
});

describe('a live call adopts other flows', () => {
  async function atTheMenu() {
    const played = await play(tea('Tea it is.'), { until: 5000 });
    expect(played.call.state.stand?.node.id).toBe('menu');
    return played;
  }

  it('when its caller would have lived the same so far, and goes on with them', async () => {
    const { call, clock } = await atTheMenu();
    const before = call.log.length;
    expect(call.adopt(setOf(tea('Coffee.')))).toBe(true);
    expect(call.log).toHaveLength(before);
    call.press('1');
    await clock.run();
    expect(JSON.stringify(call.log.slice(before))).toContain('Coffee.');
  });

  it('with its waits: the one under way rings once, when it was due', async () => {
    const { call, clock, log } = await play(tea('Tea it is.'), { until: 8000 });
    const set = log.findLast(({ e }) => e.type === 'timer.set');
    expect(set?.e).toMatchObject({ timer: 'waiting' });
    call.adopt(setOf(tea('Coffee.')));
    await clock.run();
    const fired = call.log.filter(({ e }) => e.type === 'timer.fired' && e.timer === 'waiting').map(({ at }) => at);
    expect(fired[0]).toBe((set?.at ?? 0) + 5000);
    expect(new Set(fired).size).toBe(fired.length);
  });

  it('and stays as it is when it would have been another call', async () => {
    const { call, clock, plan } = await atTheMenu();
    expect(call.adopt(setOf(tea('Tea.', 'Press 2.')))).toBe(false);
    call.press('1');
    await clock.run();
    expect(JSON.stringify(call.log)).toContain('Tea it is.');
    expect(replay(plan, call.log).same).toBe(true);
  });
});
