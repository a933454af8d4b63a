import { describe, expect, it } from 'vitest';
import { applets, play } from '../../../test/kit/play.ts';
import { commandsOf, hangUpsIn, queryOf, said, stayed } from '../../../test/kit/stories.ts';
import { DIGITS } from '../../core/input.ts';

const URL = 'https://a.example/menu';
const menu = (attributes = '', children = '', keys = '<Key digit="1" next="tea"/>') =>
  applets(`<IvrMenu id="menu" noInput="silent" invalid="wrong" ${attributes}><Pause for="2s"/>${children}${keys}</IvrMenu>
    <Hangup id="tea"/><Hangup id="silent"/><Hangup id="wrong"/>`);
const CORRECTIONS = '<NoInput><Pause for="3s"/></NoInput><Invalid><Pause for="4s"/></Invalid>';

describe('the time an IVR menu takes', () => {
  it('is five seconds after its prompt, three times, unless told', async () => {
    const played = await play(menu());
    expect(played.path).toEqual(['menu>noInput']);
    expect(stayed(played, 'menu')).toBe(3 * (2000 + 5000));
  });

  it('has the corrections between the tries, and none after the last', async () => {
    const silent = await play(menu('tries="2" timeout="1s"', CORRECTIONS));
    expect(stayed(silent, 'menu')).toBe(2 * (2000 + 1000) + 3000);
    const wrong = await play(menu('tries="2"', CORRECTIONS), { keys: '7, 8' });
    expect(stayed(wrong, 'menu')).toBe(2000 + 4000 + 2000);
    expect(wrong.path).toEqual(['menu>invalid']);
  });

  it('is counted anew after a wrong key', async () => {
    const played = await play(menu('tries="2" timeout="5s"'), { keys: 'wait 6s, !7' });
    expect(stayed(played, 'menu')).toBe(6000 + 2000 + 5000);
  });

  it('is over with a key in the middle of a correction', async () => {
    const played = await play(menu('tries="2" timeout="1s"', CORRECTIONS), { keys: 'wait 4s, !1' });
    expect(played.path).toEqual(['menu>key:1']);
    expect(stayed(played, 'menu')).toBe(4000);
  });

  it('does not end with a key in a correction when nothing may interrupt it', async () => {
    const played = await play(menu('tries="2" timeout="1s" bargeIn="false"', CORRECTIONS), { keys: 'wait 4s, !1' });
    expect(played.keys).toEqual(['1:ignored']);
    expect(played.path).toEqual(['menu>noInput']);
  });
});

describe('the keys of an IVR menu', () => {
  it('may be all twelve, each its own', async () => {
    const all = menu(
      '',
      '',
      DIGITS.toReversed()
        .map((digit) => `<Key digit="${digit}" next="tea"/>`)
        .join(''),
    );
    for (const digit of DIGITS) expect((await play(all, { keys: digit })).path).toEqual([`menu>key:${digit}`]);
  });

  it('may be the star, which stands for no other key', async () => {
    const star = menu('tries="1"', '', '<Key digit="*" next="tea"/>');
    expect((await play(star, { keys: '*' })).path).toEqual(['menu>key:*']);
    expect((await play(star, { keys: '5' })).path).toEqual(['menu>invalid']);
  });
});

describe('an IVR menu with a url', () => {
  const own = menu(`url="${URL}" tries="1"`);

  it('asks HEAD, then GET, with the parameters of the call, five seconds each', async () => {
    const played = await play(own, { answers: [`GET ${URL} => 200 Press 1.`], keys: '1' });
    expect(commandsOf(played, 'fetch')).toMatchObject([
      { method: 'HEAD', timeout: 5000 },
      { method: 'GET', timeout: 5000 },
    ]);
    expect(queryOf(played.view.requests[0]?.url)).toMatchObject({ CallSid: expect.any(String), From: '09876543210' });
    expect(said(played)).toEqual(['Press 1.']);
  });

  it.each([
    ['a charset', `GET ${URL} => 200 content-type:text/plain;charset=utf-8 Hi`, 0],
    ['404', `GET ${URL} => 404 Hi`, 0],
    ['an empty answer', `GET ${URL} => 200`, 0],
    ['JSON', `GET ${URL} => 200 {"a":1}`, 0],
    ['no answer', `GET ${URL} => timeout`, 5000],
  ])('speaks its own prompt instead of %s', async (_, rule, after) => {
    const played = await play(own, { answers: [rule] });
    expect(said(played)).toEqual(['2000 ms']);
    expect(stayed(played, 'menu')).toBe(after + 2000 + 5000);
  });

  it('gets a key that was forwarded while it still asks', async () => {
    const flow = applets(`<Greeting id="hello" dtmf="forward" next="menu"><Pause for="9s"/></Greeting>
      <IvrMenu id="menu" url="${URL}" noInput="bye" invalid="bye"><Key digit="1" next="bye"/></IvrMenu><Hangup id="bye"/>`);
    const played = await play(flow, { answers: [`GET ${URL} => 200 after 1s Press 1.`], keys: 'wait 1s, !1' });
    expect(played.path).toEqual(['hello>next', 'menu>key:1']);
    expect(stayed(played, 'menu')).toBe(2000);
  });
});

describe('a caller who hangs up in an IVR menu', () => {
  it('ends the call in every state of it', async () => {
    const answers = [`HEAD ${URL} => 200 after 1s`, `GET ${URL} => 200 after 1s Press 1.`];
    const flow = menu(`url="${URL}" timeout="5s"`, CORRECTIONS);
    expect(await hangUpsIn(flow, 'menu', { answers, keys: 'wait 12s, 7' })).toEqual([
      'head',
      'get',
      'prompting',
      'waiting',
      'saysNoInput',
      'saysInvalid',
    ]);
  });
});
