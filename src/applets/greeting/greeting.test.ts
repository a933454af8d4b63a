import { describe, expect, it } from 'vitest';
import { applets, play } from '../../../test/kit/play.ts';
import { commandsOf, hangUpsIn, queryOf, said, stayed } from '../../../test/kit/stories.ts';

const URL = 'https://a.example/hello';
const greeting = (attributes = '', inside = '<Pause for="4s"/>') =>
  applets(`<Greeting id="hello" next="bye" ${attributes}>${inside}</Greeting><Hangup id="bye"/>`);

describe('a Greeting', () => {
  it('leaves by next when its prompt is over', async () => {
    const played = await play(greeting());
    expect(played.path).toEqual(['hello>next']);
    expect(stayed(played, 'hello')).toBe(4000);
  });

  it('leaves at once when it has nothing to say', async () => {
    const played = await play(greeting('', ''));
    expect(stayed(played, 'hello')).toBe(0);
    expect(said(played)).toEqual([]);
  });

  it('ignores keys unless told otherwise', async () => {
    const played = await play(greeting(), { keys: 'wait 1s, !1' });
    expect(played.keys).toEqual(['1:ignored']);
    expect(stayed(played, 'hello')).toBe(4000);
  });

  it('ends with a key when dtmf is skip, and the key is spent', async () => {
    const flow = applets(`<Greeting id="hello" dtmf="skip" next="menu"><Pause for="4s"/></Greeting>
      <IvrMenu id="menu" tries="1" noInput="bye" invalid="bye"><Say>Press 1.</Say><Key digit="1" next="bye"/></IvrMenu><Hangup id="bye"/>`);
    const played = await play(flow, { keys: 'wait 1s, !1' });
    expect(played.keys).toEqual(['1:skipped']);
    expect(stayed(played, 'hello')).toBe(1000);
    expect(played.path).toEqual(['hello>next', 'menu>noInput']);
    expect(played.view.digits).toBeUndefined();
  });
});

describe('a key that ends a Greeting', () => {
  it.each(['skip', 'forward'])('stops the prompt (dtmf="%s")', async (dtmf) => {
    const played = await play(greeting(`dtmf="${dtmf}"`), { keys: 'wait 1s, !1' });
    expect(commandsOf(played, 'stop')).toHaveLength(1);
    expect(played.endedAt).toBe('0:04');
  });
});

describe('a key that a Greeting forwards', () => {
  const MENU = `<IvrMenu id="menu" noInput="bye" invalid="bye" tries="1"><Say>Press 1.</Say><Key digit="1" next="one"/></IvrMenu>
    <Hangup id="one"/><Hangup id="bye"/>`;
  const forward = (next: string, rest: string) =>
    applets(`<Greeting id="hello" dtmf="forward" next="${next}"><Pause for="4s"/></Greeting>${rest}`);

  it('is an answer to the menu that follows, at the same instant', async () => {
    const played = await play(forward('menu', MENU), { keys: 'wait 1s, !1' });
    expect(played.keys).toEqual(['1:forwarded', '1:taken']);
    expect(played.path).toEqual(['hello>next', 'menu>key:1']);
    expect(stayed(played, 'menu')).toBe(0);
    expect(played.view.digits).toBe('1');
  });

  it('may be a wrong answer', async () => {
    const { keys, path } = await play(forward('menu', MENU), { keys: 'wait 1s, !7' });
    expect(keys).toEqual(['7:forwarded', '7:not-offered']);
    expect(path).toEqual(['hello>next', 'menu>invalid']);
  });

  it('is the first digit of a Gather', async () => {
    const flow = forward('ask', '<Gather id="ask" digits="3" next="bye" noInput="bye"/><Hangup id="bye"/>');
    const { view } = await play(flow, { keys: 'wait 1s, !4, 56' });
    expect(view.digits).toBe('456');
  });

  it('waits through applets that take no keys', async () => {
    const rest = `<Passthru id="ask" url="${URL}"><On status="200" next="tell"/></Passthru>
      <Greeting id="tell" next="menu"><Pause for="2s"/></Greeting>${MENU}`;
    const played = await play(forward('ask', rest), { keys: 'wait 1s, !1', answers: [`GET ${URL} => 200 after 3s`] });
    expect(stayed(played, 'ask')).toBe(3000);
    expect(stayed(played, 'tell')).toBe(2000);
    expect(stayed(played, 'menu')).toBe(0);
    expect(played.path.at(-1)).toBe('menu>key:1');
  });

  it('waits for the end of a prompt that no key may interrupt', async () => {
    const menu = MENU.replace('<IvrMenu', '<IvrMenu bargeIn="false"').replace('<Say>Press 1.</Say>', '<Pause for="6s"/>');
    const played = await play(forward('menu', menu), { keys: 'wait 1s, !1' });
    expect(played.keys).toEqual(['1:forwarded', '1:taken']);
    expect(stayed(played, 'menu')).toBe(6000);
  });

  it('is handed on once', async () => {
    const rest = `<Gather id="ask" digits="1" next="menu" noInput="bye"/>${MENU}`;
    const { path, keys } = await play(forward('ask', rest), { keys: 'wait 1s, !1' });
    expect(keys).toEqual(['1:forwarded', '1:taken']);
    expect(path).toEqual(['hello>next', 'ask>next', 'menu>noInput']);
  });

  it('is followed by the keys that were pressed later', async () => {
    const rest = '<Gather id="ask" digits="3" next="bye" noInput="bye"/><Hangup id="bye"/>';
    const { keys, view } = await play(forward('ask', rest), { keys: 'wait 1s, !123' });
    expect(keys).toEqual(['1:forwarded', '1:taken', '2:taken', '3:taken']);
    expect(view.digits).toBe('123');
  });
});

describe('a Greeting with a url', () => {
  const own = greeting(`url="${URL}"`, '<Say>Our own words.</Say>');

  it('asks HEAD, then GET, with the parameters of the call, and speaks the answer', async () => {
    const played = await play(own, { answers: [`GET ${URL} => 200 Your balance is 500.`] });
    expect(commandsOf(played, 'fetch')).toMatchObject([
      { method: 'HEAD', timeout: 5000 },
      { method: 'GET', timeout: 5000 },
    ]);
    expect(queryOf(played.view.requests[0]?.url)).toMatchObject({ CallSid: expect.any(String), From: '09876543210' });
    expect(queryOf(played.view.requests[1]?.url)).toEqual(queryOf(played.view.requests[0]?.url));
    expect(said(played)).toEqual(['Your balance is 500.']);
  });

  it('plays one recording after the other when the answer is addresses, one a line', async () => {
    const played = await play(own, { answers: [`GET ${URL} => 200 https://a.example/1.wav\r\nhttps://a.example/2.wav\n`] });
    expect(said(played)).toEqual(['https://a.example/1.wav https://a.example/2.wav']);
  });

  it('speaks an address that stands among words', async () => {
    const played = await play(own, { answers: [`GET ${URL} => 200 Go to\nhttps://a.example/1.wav`] });
    expect(said(played)).toEqual(['Go to https://a.example/1.wav']);
  });

  it.each([
    ['another type', `GET ${URL} => 200 content-type:text/html <b>Hi</b>`],
    ['a charset', `GET ${URL} => 200 content-type:text/plain;charset=utf-8 Hi`],
    ['JSON', `GET ${URL} => 200 {"greeting_url":"https://a.example/1.wav"}`],
    ['404', `GET ${URL} => 404 Hi`],
    ['a redirect', `GET ${URL} => 302`],
    ['an empty answer', `GET ${URL} => 200`],
    ['a refused connection', `GET ${URL} => refused`],
  ])('speaks its own prompt instead of %s', async (_, rule) => {
    const played = await play(own, { answers: [rule] });
    expect(said(played)).toEqual(['Our own words.']);
    expect(played.path).toEqual(['hello>next']);
  });

  it('does not GET what HEAD refused', async () => {
    const played = await play(own, { answers: [`HEAD ${URL} => 405`, `GET ${URL} => 200 Hi`] });
    expect(played.view.requests.map(({ method }) => method)).toEqual(['HEAD']);
    expect(said(played)).toEqual(['Our own words.']);
  });

  it('speaks its own prompt after five seconds without an answer', async () => {
    const slow = greeting(`url="${URL}"`);
    expect(stayed(await play(slow, { answers: [`GET ${URL} => timeout`] }), 'hello')).toBe(5000 + 4000);
    const get = await play(slow, { answers: [`HEAD ${URL} => 200 after 4999ms`, `GET ${URL} => 200 after 5s Hi`] });
    expect(stayed(get, 'hello')).toBe(4999 + 5000 + 4000);
  });

  it('goes on in silence when it has no prompt of its own', async () => {
    const played = await play(greeting(`url="${URL}"`, ''), { answers: [`GET ${URL} => 404`] });
    expect(played.path).toEqual(['hello>next']);
    expect(said(played)).toEqual([]);
  });

  it('does with keys what dtmf says while it speaks the answer, and ignores them while it asks', async () => {
    const skip = greeting(`url="${URL}" dtmf="skip"`);
    const answers = [`HEAD ${URL} => 200`, `GET ${URL} => 200 after 2s A long story about nothing in particular.`];
    const { keys, path } = await play(skip, { answers, keys: 'wait 1s, !1, wait 2s, !2' });
    expect(keys).toEqual(['1:ignored', '2:skipped']);
    expect(path).toEqual(['hello>next']);
  });
});

describe('a caller who hangs up in a Greeting', () => {
  it('ends the call in every state of it', async () => {
    const answers = [`HEAD ${URL} => 200 after 1s`, `GET ${URL} => 200 after 1s Hello.`];
    expect(await hangUpsIn(greeting(`url="${URL}"`), 'hello', { answers })).toEqual(['head', 'get', 'playing']);
    expect(await hangUpsIn(greeting(), 'hello')).toEqual(['playing']);
  });

  it('stops the prompt', async () => {
    const { events, view } = await play(greeting(), { keys: 'hangup 1s' });
    expect(events).toContainEqual({ type: 'command', command: { type: 'stop' } });
    expect(view.speeches[0]).toMatchObject({ cut: true });
  });
});
