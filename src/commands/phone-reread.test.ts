import { describe, expect, it } from 'vitest';
import { applets, type Played, play, type Script, setOf } from '../../test/kit/play.ts';
import { createSystemIds } from '../adapters/ids.ts';
import { createMemoryStore } from '../adapters/store.ts';
import { viewOf } from '../call/fold.ts';
import { replay } from '../call/replay.ts';
import { transcript } from '../call/transcript.ts';
import { ms } from '../core/ids.ts';
import { exotelDialect } from '../exotel/dialect.ts';
import { rereadCall } from './phone-reread.ts';

const SHOP = `<Greeting id="hello" next="menu"><Say>Hello from the shop.</Say></Greeting>
  <IvrMenu id="menu" timeout="5s" tries="2" noInput="bye" invalid="bye"><Say>Press 1 for news, or press 2 for offers.</Say>
    <Key digit="1" next="news"/><Key digit="2" next="offers"/><Key digit="9" next="off"/></IvrMenu>
  <Greeting id="news" next="bye"><Say>No news today, and none to come.</Say></Greeting>
  <Greeting id="offers" next="bye"><Say>Two for one on all the shoes we have.</Say></Greeting>
  <OptOut id="off" next="link" failed="bye"/>
  <Sms id="link" next="bye">You are off the list.</Sms>
  <Hangup id="bye"/>`;
const ASK = `<Greeting id="hello" next="ask"><Say>Hello.</Say></Greeting>
  <Passthru id="ask" url="https://shop.example/points"><On status="200" next="say"/></Passthru>
  <Greeting id="say" next="bye"><Say>You have {{passthru.body}} points.</Say></Greeting><Hangup id="bye"/>`;
/** The key is pressed in the middle of the menu's prompt. */
const INTO_THE_MENU = 'wait 3s, !2';

const store = () => createMemoryStore({ ids: createSystemIds(1), now: () => ms(0) });

async function reread({ call, clock, plan }: Played, xml: string, { facts } = store()) {
  const knobs = { now: clock.now, pause() {}, resume() {}, setSpeed() {}, paused: () => false, speed: () => 1 };
  const flows = setOf(applets(xml));
  const of = { call, flows: plan.flows, clock: knobs };
  const result = await rereadCall(of, flows, { facts, answers: [], agents: [] });
  if (result.type === 'same')
    return { ...result, told: [], transcript: [], ended: undefined, since: 0, log: [], differences: [] };
  expect(result.flows).toBe(flows);
  expect(replay({ flows, dialect: exotelDialect }, result.log)).toMatchObject({ same: true });
  const view = viewOf(result.log);
  const told = result.differences.map(({ node, was, now }) => [node, was, now]);
  return { ...result, told, transcript: transcript(view), ended: view.ended, since: result.at - view.startedAt };
}

const call = (xml: string, script: Script) => play(applets(xml), script);

describe('a flow that was saved again while somebody is called', () => {
  it('changes nothing for a caller who has not come to what changed', async () => {
    const played = await call(SHOP, { keys: INTO_THE_MENU, until: 8000 });
    const log = [...played.log];
    expect(await reread(played, SHOP.replace('No news today', 'Good news'))).toMatchObject({ type: 'same' });
    expect(played.log).toEqual(log);
  });

  it('shows the new words, at the same point of the call', async () => {
    const played = await call(SHOP, { keys: INTO_THE_MENU, until: 8000 });
    const result = await reread(played, SHOP.replace('all the shoes', 'hats'));
    expect(result.told).toEqual([['offers', 'Two for one on all the shoes we have.', 'Two for one on hats we have.']]);
    expect([result.since, result.ended]).toEqual([8000, undefined]);
    expect(result.log.length).toBe(played.log.length);
    expect(viewOf(result.log).facts).toEqual(played.call.facts);
  });

  it('lets the caller press at the same time where the words they waited for are gone', async () => {
    const played = await call(SHOP, { keys: INTO_THE_MENU, until: 8000 });
    const result = await reread(played, SHOP.replace('Press 1 for news', 'New shoes are under 1'));
    expect(result.told).toEqual([
      ['menu', 'Press 1 for news, or press 2 for offers.', 'New shoes are under 1, or press 2 for offers.'],
    ]);
    expect(result.transcript.at(-1)).toContain('Two for one');
  });

  it('lets a key lead where it leads now, to the end of a call that is over', async () => {
    const result = await reread(await call(SHOP, { keys: '2' }), SHOP.replace('"2" next="offers"', '"2" next="news"'));
    expect(result.told).toEqual([['news', 'Two for one on all the shoes we have.', 'No news today, and none to come.']]);
    expect(result.ended).toEqual({ by: 'flow', node: 'bye' });
  });

  it('presses a key that is not offered any more, and waits with the caller from then on', async () => {
    const result = await reread(await call(SHOP, { keys: '2' }), SHOP.replace('<Key digit="2" next="offers"/>', ''));
    expect(result.told).toEqual([
      ['menu', 'key 2', 'key 2  not offered'],
      ['menu', 'Two for one on all the shoes we have.', 'Press 1 for news, or press 2 for offers.'],
    ]);
    expect(result.ended).toEqual({ by: 'flow', node: 'bye' });
  });

  it('is the same to a caller when only an applet got another name', async () => {
    const played = await call(SHOP, { keys: INTO_THE_MENU, until: 8000 });
    const result = await reread(played, SHOP.replaceAll('menu', 'choice'));
    expect(result).toMatchObject({ type: 'changed', told: [], since: 8000 });
    expect(viewOf(result.log).visited.map(({ node }) => node)).toEqual(['hello', 'choice', 'offers']);
  });

  it('says which key could not be pressed any more', async () => {
    const played = await call(SHOP, { keys: 'wait 1s, 2, wait 1s, !1' });
    const result = await reread(played, SHOP.replace('hello" next="menu"', 'hello" next="bye"'));
    expect(result.differences.at(-1)?.now).toBe(
      'keys 2, 1 were never pressed: the call was over: the caller went hello > bye; the flow hung up at bye',
    );
    expect(result.ended).toEqual({ by: 'flow', node: 'bye' });
  });

  it('goes on ringing', async () => {
    const played = await call(SHOP, { until: 2000 });
    expect(await reread(played, SHOP.replaceAll('hello', 'begin'))).toMatchObject({ type: 'same' });
  });
});

describe('servers of a call that is made again', () => {
  const answers = ['GET https://shop.example/points => 200 after 3s 12'];

  it('answer what they answered, after the time they took', async () => {
    const result = await reread(await call(ASK, { answers }), ASK.replace('You have', 'That makes'));
    expect(result.told).toEqual([['say', 'You have 12 points.', 'That makes 12 points.']]);
  });

  it('fail as they failed', async () => {
    const played = await call(ASK, { answers: ['* * => refused'] });
    expect(await reread(played, ASK.replaceAll('ask', 'points'))).toMatchObject({ type: 'changed', told: [] });
  });

  it('still think about an answer that has not come', async () => {
    const played = await call(ASK, { answers, until: 6000 });
    expect(played.view.requests).toMatchObject([{ url: expect.stringContaining('points') }]);
    const result = await reread(played, ASK.replaceAll('ask', 'points'));
    expect(result).toMatchObject({ type: 'changed', told: [], since: 6000 });
    expect(result.transcript.at(-1)).toContain('no answer yet');
  });

  it('are not asked what they were never asked: the call waits there, and that is said', async () => {
    const played = await call(SHOP, { keys: INTO_THE_MENU });
    const asks = SHOP.replace('"2" next="offers"', '"2" next="ask"').concat(
      '<Passthru id="ask" url="https://shop.example/of/9876543210"><On status="200" next="offers"/></Passthru>',
    );
    const result = await reread(played, asks);
    expect(result.told.at(-1)).toEqual([
      'ask',
      undefined,
      'GET https://shop.example/of/98xxxxx210 is asked, which no answer is known of: the call waits for one',
    ]);
    expect(result.ended).toBeUndefined();
    expect(result.log.at(-1)?.e).toMatchObject({ type: 'command', command: { type: 'fetch' } });
  });
});

describe('the do-not-call list in a call that is made again', () => {
  const RENAMED = SHOP.replaceAll('menu', 'choice');

  it('gets nothing, and knows of this call what happens in it', async () => {
    const { facts } = store();
    const played = await call(SHOP, { keys: '9' });
    const [number, made] = [played.call.facts.customer, played.call.facts.call];
    await facts.record([
      { kind: 'opt-out', number, scope: 'all', source: 'key-press', at: ms(1), actor: 'caller', call: made, key: '9' },
    ]);
    const before = await facts.about(number);
    const result = await reread(
      played,
      RENAMED.replace('<OptOut id="off" next="link"', '<Hangup id="stop"/><OptOut id="off" next="link"'),
      {
        ...store(),
        facts,
      },
    );
    expect(result.transcript.join('\n')).toMatch(/opt-out \(all\) by key 9: recorded as fact-1[\s\S]*NOT SENT/);
    expect(await facts.about(number)).toEqual(before);
  });

  it('fails as it failed', async () => {
    const played = await call(SHOP, { keys: '9', optOut: { ok: false, says: 'disk full', journal: 'dnc.journal' } });
    expect(await reread(played, RENAMED)).toMatchObject({ type: 'changed', told: [] });
  });
});
