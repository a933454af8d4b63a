import { describe, expect, it } from 'vitest';
import { applets, type Played, play, type Script } from '../../test/kit/play.ts';
import { alignLines, differences } from './compare.ts';
import { transcript } from './transcript.ts';

const SHOP = `<Greeting id="hello" next="menu"><Say>Hello.</Say></Greeting>
  <IvrMenu id="menu" timeout="5s" tries="2" noInput="bye" invalid="bye"><Say>Press 1 for news, or 9 for silence.</Say>
    <Key digit="1" next="news"/><Key digit="9" next="off"/></IvrMenu>
  <Greeting id="news" next="link"><Say>No news today.</Say></Greeting>
  <Sms id="link" next="bye">More news.</Sms>
  <OptOut id="off" next="gone" failed="bye"/>
  <Greeting id="gone" next="bye"><Say>You are off the list.</Say></Greeting>
  <Hangup id="bye"/>`;

const shop = (xml: string, script: Script) => play(applets(xml), script);
const between = async (before: Promise<Played>, after: Promise<Played>) =>
  differences((await before).log, (await after).log).map(({ node, was, now }) => [node, was, now]);

describe('what a caller lives differently', () => {
  it('is nothing when the same comes at other times, and is cut off at another word', async () => {
    const slow = shop(SHOP, { keys: 'wait 4s, !1' });
    const quick = shop(SHOP.replaceAll('menu', 'choice'), { keys: 'wait 2500ms, !1' });
    expect((await slow).transcript).not.toEqual((await quick).transcript);
    expect(await between(slow, quick)).toEqual([]);
  });

  it('is nothing when only the ids that a store gives are others', async () => {
    const one = shop(SHOP, { keys: '9', optOut: { ok: true, fact: 'fact-1' } });
    const other = shop(SHOP, { keys: '9', optOut: { ok: true, fact: 'simulated-1' } });
    expect(transcript((await one).view).join()).toContain('recorded as fact-1');
    expect(await between(one, other)).toEqual([]);
  });

  it('is a line in place of another, with its applet', async () => {
    const before = shop(SHOP, { keys: '1' });
    const after = shop(SHOP.replace('No news today.', 'Good news today.'), { keys: '1' });
    expect(await between(before, after)).toEqual([['news', 'No news today.', 'Good news today.']]);
  });

  it('is what is missing and what is new, each line beside one of its kind', async () => {
    const before = shop(SHOP, { keys: '1' });
    const after = shop(SHOP, { keys: '9' });
    expect(await between(before, after)).toEqual([
      ['menu', 'key 1', 'key 9'],
      ['off', undefined, 'opt-out (all) by key 9: recorded'],
      ['gone', 'No news today.', 'You are off the list.'],
      ['link', 'SMS to +919876543210: More news.', undefined],
    ]);
  });

  it('is an opt-out that is not recorded any more', async () => {
    const before = shop(SHOP, { keys: '9' });
    const after = shop(SHOP, { keys: '9', optOut: { ok: false, says: 'disk full' } });
    expect(await between(before, after)).toContainEqual([
      'off',
      'opt-out (all) by key 9: recorded',
      'opt-out (all) by key 9: NOT RECORDED: disk full',
    ]);
  });

  it('leaves out what the vendor adds to addresses, which tells the time', async () => {
    const xml = `<Greeting id="hi" next="ask"><Say>Hello.</Say></Greeting>
      <Passthru id="ask" url="https://shop.example/x?a=1"><On status="200" next="bye"/></Passthru><Hangup id="bye"/>`;
    const answers = ['GET https://shop.example/x* => 200 yes'];
    const before = shop(xml, { answers });
    const later = shop(xml, { answers, callee: 'answer:9s' });
    expect(await between(before, later)).toEqual([]);
    expect(await between(before, shop(xml, { answers: ['* * => 500'] }))).toContainEqual([
      'ask',
      'GET https://shop.example/x?a=1 <- 200 text/plain',
      'GET https://shop.example/x?a=1 <- 500 text/plain',
    ]);
  });

  it('does not miss what may still come', async () => {
    const before = shop(SHOP, { keys: '1' });
    expect(await between(before, shop(SHOP, { keys: '1', until: 7000 }))).toEqual([]);
  });
});

describe('two calls side by side', () => {
  it('have every line of both, in the order of each', async () => {
    const [a, b] = [(await shop(SHOP, { keys: '1' })).view, (await shop(SHOP, { keys: '9' })).view];
    const aligned = alignLines(a, b);
    expect(aligned.flatMap(({ left }) => left ?? [])).toEqual(a.lines);
    expect(aligned.flatMap(({ right }) => right ?? [])).toEqual(b.lines);
    expect(aligned.filter(({ same }) => same).length).toBeGreaterThan(5);
  });

  it('are told apart line by line where they are too long to be compared in every way', async () => {
    const loop = (word: string) => `<Greeting id="a" next="a"><Say>${word}</Say></Greeting>`;
    const [a, b] = [(await shop(loop('left'), {})).view, (await shop(loop('right'), {})).view];
    expect(a.lines.length).toBeGreaterThan(2000);
    const aligned = alignLines(a, b);
    expect(aligned.flatMap(({ left }) => left ?? [])).toHaveLength(a.lines.length);
    expect(aligned.filter(({ same }) => same).length).toBeGreaterThanOrEqual(4);
  });
});
