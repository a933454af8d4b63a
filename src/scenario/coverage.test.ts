import { describe, expect, it } from 'vitest';
import { applets, flowOf, play, type Script, setOf } from '../../test/kit/play.ts';
import type { Flow, FlowSet } from '../flow/model.ts';
import { below, type CoverageOutcome, coverageOf, type FlowCoverage, percentOf, tally } from './coverage.ts';

const FAILURE = { expected: 'something', at: { file: 's.yaml', line: 1, column: 1 }, instead: 'nothing', transcript: [] };

/** One call as a scenario that passed; with `fails`, as one that failed. */
async function scenario(flows: Flow | FlowSet, script: Script = {}, fails = false): Promise<CoverageOutcome> {
  const { log } = await play(flows, script);
  return { log, failures: fails ? [FAILURE] : [] };
}

async function cover(flow: Flow, ...scripts: readonly Script[]): Promise<FlowCoverage> {
  const outcomes = await Promise.all(scripts.map((script) => scenario(flow, script)));
  const [covered] = coverageOf(outcomes, new Map([['flow.xml', setOf(flow)]]));
  return covered as FlowCoverage;
}

/** `applet name` of the points that passing scenarios came by, and of those that none did. */
const named = ({ points }: FlowCoverage, kind: string, hit: boolean): string[] =>
  points.filter((one) => one.kind === kind && one.passing > 0 === hit).map(({ applet, name }) => `${applet} ${name}`);
const taken = (flow: FlowCoverage) => [...named(flow, 'exit', true), ...named(flow, 'web', true)];
const missed = (flow: FlowCoverage) => [...named(flow, 'exit', false), ...named(flow, 'web', false)];

const menu = applets(`
  <IvrMenu id="menu" tries="1" noInput="bye" invalid="bye">
    <Say>Press 1.</Say>
    <Key digit="1" next="yes"/>
    <Key digit="2" next="yes"/>
  </IvrMenu>
  <Greeting id="yes" next="bye"><Say>Thank you.</Say></Greeting>
  <Hangup id="bye"/>`);

describe('the exits of an applet', () => {
  it('are those it declares, each covered when a call left by it', async () => {
    const flow = await cover(menu, { keys: '1' }, { keys: '5' });
    expect(taken(flow)).toEqual(['menu key:1', 'menu invalid', 'yes next']);
    expect(missed(flow)).toEqual(['menu key:2', 'menu noInput']);
    expect(named(flow, 'applet', true)).toEqual(['menu applet', 'yes applet', 'bye applet']);
  });

  it('stand where the flow file wires them, or at the applet that does not wire them', async () => {
    const { points } = await cover(
      applets('<IvrMenu id="menu"\n  noInput="bye">\n <Key digit="1" next="bye"/></IvrMenu>\n<Hangup id="bye"/>'),
    );
    const lines = points.map(({ name, at }) => `${name} ${at.line}`);
    expect(lines).toEqual(['applet 1', 'key:1 3', 'noInput 2', 'invalid 1', 'hang-up 1', 'applet 4']);
  });

  it('count as themselves where they are not wired and fall to another', async () => {
    const timing = applets(`<Timing id="hours" open="bye" closed="bye">
      <Open days="daily" from="09:00" to="18:00"/><Holiday date="2026-12-25"/></Timing><Hangup id="bye"/>`);
    const flow = await cover(timing, { at: '2026-12-25T11:00' });
    expect(taken(flow)).toEqual(['hours holiday']);
    expect(missed(flow)).toEqual(['hours open', 'hours closed']);
  });

  it('count when they lead nowhere and the call is dropped', async () => {
    expect(taken(await cover(applets('<Greeting id="hello"><Say>Hello.</Say></Greeting>'), {}))).toEqual(['hello next']);
  });

  it('do not ask for a Connect without numbers where the numbers are written down', async () => {
    const connect = (to: string) => applets(`<Connect id="desk" to="${to}" answered="bye" noAnswer="bye"/><Hangup id="bye"/>`);
    const script = { agents: ['busy'] };
    expect(missed(await cover(connect('+912200000001'), script))).toEqual(['desk answered']);
    expect(missed(await cover(connect('{{agent}}'), script))).toEqual(['desk answered', 'desk noAnswer']);
    expect(missed(await cover(connect(' , '), script))).toEqual(['desk answered', 'desk noAnswer']);
  });
});

describe('the url of an applet', () => {
  const greeting = applets(
    '<Greeting id="hello" url="https://a.example/" next="bye"><Say>Hello.</Say></Greeting><Hangup id="bye"/>',
  );
  const connect =
    applets(`<Connect id="desk" url="https://a.example/" fallbackUrl="https://b.example/" answered="bye" noAnswer="bye"/>
    <Hangup id="bye"/>`);
  const numbers = '{"fetch_after_attempt":false,"destination":{"numbers":["+912200000001"]}}';

  it('may answer', async () => {
    const flow = await cover(greeting, { answers: ['GET * => 200 Good morning.'] });
    expect(taken(flow)).toEqual(['hello next', 'hello web:answered']);
    expect(missed(flow)).toEqual(['hello web:failed']);
  });

  it.each([
    ['at the HEAD', ['* * => 404']],
    ['at the GET', ['HEAD * => 200 content-type:text/plain', 'GET * => 500 Sorry']],
    ['with a type that is not taken', ['* * => 200 content-type:text/html Hello']],
    ['by not being there', ['* * => refused']],
  ])('may fail %s, and the flow speaks for itself', async (_, answers) => {
    expect(taken(await cover(greeting, { answers }))).toEqual(['hello next', 'hello web:failed']);
  });

  it('may leave it to the fallback', async () => {
    const flow = await cover(connect, {
      answers: ['GET https://a.example/ => refused', `GET https://b.example/ => 200 ${numbers}`],
    });
    expect(taken(flow)).toEqual(['desk answered', 'desk web:fallback']);
    expect(missed(flow)).toContain('desk web:dropped');
  });

  it('may fail for good, and the call is dropped', async () => {
    expect(taken(await cover(connect, { answers: ['* * => refused'] }))).toEqual(['desk web:dropped']);
  });

  it('is asked anew after each agent, and each time counts', async () => {
    const again = numbers.replace('false', 'true');
    const flow = await cover(connect, { agents: ['busy', 'answer:5s'], answers: [`GET https://a.example/ => 200 ${again}`] });
    expect(flow.points.find(({ name }) => name === 'web:answered')?.passing).toBe(2);
    expect(missed(flow)).toContain('desk web:fallback');
  });

  it('is not blamed for an answer that comes when the caller has gone', async () => {
    expect(taken(await cover(greeting, { keys: 'hangup 1s', answers: ['* * => timeout'] }))).toEqual([]);
  });

  it('is none of a Passthru, whose outcomes are its exits', async () => {
    const ask = applets(
      '<Passthru id="ask" url="https://a.example/"><On status="200" next="bye"/><Else next="bye"/></Passthru><Hangup id="bye"/>',
    );
    const flow = await cover(ask, { answers: ['* * => 503'] });
    expect([taken(flow), missed(flow)]).toEqual([['ask else'], ['ask on:200']]);
  });
});

describe('hanging up', () => {
  const flow = applets(`
    <Greeting id="hello" next="count"><Say>Hello.</Say></Greeting>
    <Limit id="count" max="2" next="tell" exceeded="bye"/>
    <Passthru id="tell" async="true" url="https://a.example/" next="off"/>
    <OptOut id="off" next="text" failed="bye"/>
    <Sms id="text" next="record">Bye.</Sms>
    <Voicemail id="record" next="bye"><Say>Speak.</Say></Voicemail>
    <Hangup id="bye"/>`);
  const answers = ['* * => 200'];

  it('is asked for where an applet keeps the caller for a while, and nowhere else', async () => {
    expect(named(await cover(flow), 'hang-up', false)).toEqual(['hello hang-up', 'record hang-up']);
  });

  it('covers the applet that stood, and none of its exits', async () => {
    const covered = await cover(flow, { answers, keys: 'wait 5s, hangup' });
    expect(named(covered, 'hang-up', true)).toEqual(['record hang-up']);
    expect(taken(covered)).not.toContain('record next');
  });

  it('counts from the side of the phone too', async () => {
    expect(named(await cover(flow, { answers, callee: 'hangup:200ms' }), 'hang-up', true)).toEqual(['hello hang-up']);
  });

  it('is not what the time limit does, and that is no exit either', async () => {
    const limited = applets(
      '<Voicemail id="record" next="bye"><Say>Speak.</Say></Voicemail><Hangup id="bye"/>',
      'timeLimit="3s"',
    );
    const covered = await cover(limited, {});
    expect([taken(covered), named(covered, 'hang-up', true)]).toEqual([[], []]);
    expect(named(covered, 'applet', true)).toEqual(['record applet']);
  });

  it('is no part of the percentage', async () => {
    const covered = await cover(applets('<Greeting id="hello" next="bye"><Say>Hello.</Say></Greeting><Hangup id="bye"/>'), {});
    expect(tally([covered], 'hangUps')).toEqual({ covered: 0, total: 1 });
    expect(percentOf(tally([covered], 'exits'))).toBe(100);
  });
});

describe('flows that lead to others', () => {
  const sub = {
    ...flowOf(`<Flow name="sub" start="ask" class="service-implicit">
    <IvrMenu id="ask" tries="1" noInput="return:silent" invalid="return"><Say>Press 1.</Say><Key digit="1" next="return"/></IvrMenu></Flow>`),
    file: 'lib/sub.xml',
  };
  const main = (file: string) => ({
    ...flowOf(`<Flow name="main" start="call" class="service-implicit">
    <Subflow id="call" flow="sub.xml" next="bye"><Return name="silent" next="bye"/></Subflow><Hangup id="bye"/></Flow>`),
    file,
  });
  const set = setOf(main('flow.xml'), [sub], { 'sub.xml': 'sub' });

  it('are covered together, each file on its own', async () => {
    const outcomes = [await scenario(set, { keys: '1' }), await scenario(set)];
    const flows = coverageOf(outcomes, new Map([['flow.xml', set]]));
    expect(flows.map(({ file }) => file)).toEqual(['flow.xml', 'lib/sub.xml']);
    expect(flows.map(taken)).toEqual([
      ['call next', 'call return:silent'],
      ['ask key:1', 'ask noInput'],
    ]);
  });

  it('add up where several lead to the same file', async () => {
    const other = setOf(main('other.xml'), [{ ...sub, file: './lib/sub.xml' }], { 'sub.xml': 'sub' });
    const outcomes = [await scenario(set, { keys: '1' }), await scenario(other, { keys: '5', facts: { file: 'other.xml' } })];
    const flows = coverageOf(
      outcomes,
      new Map([
        ['flow.xml', set],
        ['other.xml', other],
      ]),
    );
    expect(flows.map(({ file }) => file)).toEqual(['flow.xml', 'lib/sub.xml', 'other.xml']);
    expect(flows.map(taken)[1]).toEqual(['ask key:1', 'ask invalid']);
  });

  it('are there though no call came to them', async () => {
    const [, unseen] = coverageOf([], new Map([['flow.xml', set]]));
    expect(unseen && tally([unseen], 'exits')).toEqual({ covered: 0, total: 3 });
  });
});

describe('scenarios', () => {
  it('that fail are counted apart and cover nothing', async () => {
    const outcomes = [await scenario(menu, { keys: '1' }, true), await scenario(menu, { keys: '2' })];
    const [flow] = coverageOf(outcomes, new Map([['flow.xml', setOf(menu)]]));
    const counts = flow?.points
      .filter(({ kind }) => kind === 'exit')
      .map(({ name, passing, failing }) => `${name} ${passing} ${failing}`);
    expect(counts).toEqual(['key:1 0 1', 'key:2 1 0', 'noInput 0 0', 'invalid 0 0', 'next 1 1']);
    expect(flow && tally([flow], 'exits')).toEqual({ covered: 2, total: 5 });
  });

  it('whose call was refused cover nothing', () => {
    const [flow] = coverageOf([{ log: [], failures: [] }], new Map([['flow.xml', setOf(menu)]]));
    expect(flow && tally([flow], 'applets')).toEqual({ covered: 0, total: 3 });
  });

  it('of a flow that is not there are a mistake of ours', async () => {
    const outcome = await scenario(menu);
    expect(() => coverageOf([outcome], new Map())).toThrow('flow.xml');
  });
});

describe('the percentage', () => {
  it('is never rounded up', () => {
    expect(percentOf({ covered: 1999, total: 2000 })).toBe(99.9);
    expect(percentOf({ covered: 1, total: 3 })).toBe(33.3);
    expect(percentOf({ covered: 29, total: 100 })).toBe(29);
    expect(percentOf({ covered: 0, total: 0 })).toBe(100);
  });

  it('is too low for a flow below the least that is asked', async () => {
    const flow = await cover(menu, { keys: '1' });
    expect(tally([flow], 'exits')).toEqual({ covered: 2, total: 5 });
    expect([below([flow], 40), below([flow], 40.1)]).toEqual([[], [flow]]);
  });
});
