import { describe, expect, it } from 'vitest';
import { applets, play } from '../../../test/kit/play.ts';

const menu = (attributes = '', children = '') =>
  applets(`<IvrMenu id="menu" noInput="silent" invalid="wrong" ${attributes}><Say>Press 1 for tea or 2 for coffee.</Say>${children}
    <Key digit="1" next="tea"/><Key digit="2" next="coffee"/></IvrMenu>
    <Hangup id="tea"/><Hangup id="coffee"/><Hangup id="silent"/><Hangup id="wrong"/>`);

describe('an IVR menu', () => {
  it('leads each key to its applet, and the key becomes the digits of the call', async () => {
    for (const [key, target] of [
      ['1', 'tea'],
      ['2', 'coffee'],
    ]) {
      const { path, view, keys } = await play(menu(), { keys: key as string });
      expect(path).toEqual([`menu>key:${key}`]);
      expect(view.ended).toEqual({ by: 'flow', node: target });
      expect(view.digits).toBe(key);
      expect(keys).toEqual([`${key}:taken`]);
    }
  });

  it('asks three times and leaves by noInput when nobody presses anything', async () => {
    const { path, view } = await play(menu());
    expect(path).toEqual(['menu>noInput']);
    expect(view.speeches).toHaveLength(3);
    expect(view.digits).toBeUndefined();
  });

  it('counts its time-out from the end of the prompt', async () => {
    const { view } = await play(menu('timeout="7s" tries="1"'));
    const [speech] = view.speeches;
    expect((view.endedAt ?? 0) - (speech?.until ?? 0)).toBe(7000);
  });

  it('leaves by invalid when the last try ends in a wrong key', async () => {
    const { path, keys } = await play(menu('tries="2"'), { keys: '7, 8' });
    expect(path).toEqual(['menu>invalid']);
    expect(keys).toEqual(['7:not-offered', '8:not-offered']);
  });

  it('leaves by noInput when silence comes last, whatever came before', async () => {
    const { path } = await play(menu('tries="2"'), { keys: '7' });
    expect(path).toEqual(['menu>noInput']);
  });

  it('says what NoInput and Invalid hold before it asks again', async () => {
    const { view } = await play(
      menu('tries="3"', '<NoInput><Say>Are you there?</Say></NoInput><Invalid><Say>Not offered.</Say></Invalid>'),
      { keys: '7' },
    );
    const texts = view.speeches.map(({ sounds }) => (sounds[0]?.type === 'speech' ? sounds[0].text : ''));
    expect(texts.map((text) => text.split(' ')[0])).toEqual(['Press', 'Not', 'Press', 'Are', 'Press']);
  });

  it('takes a key into the prompt, with the words heard so far', async () => {
    const { transcript, path } = await play(menu(), { keys: 'wait 1s, !2' });
    expect(path).toEqual(['menu>key:2']);
    expect(transcript.find((line) => line.includes('unheard'))).toMatch(/Press 1 for \[5 words unheard: tea or 2 for coffee\.\]/);
  });

  it('ignores keys during its prompt when bargeIn is off, and takes them afterwards', async () => {
    const { keys, path } = await play(menu('bargeIn="false"'), { keys: '!1, 2' });
    expect(keys).toEqual(['1:ignored', '2:taken']);
    expect(path).toEqual(['menu>key:2']);
  });

  it('keeps the key and what the key stands for', async () => {
    const flow = applets(
      `<IvrMenu id="menu" save="choice" noInput="bye" invalid="bye"><Say>Press 1.</Say><Key digit="1" set="language=hi-IN" next="bye"/></IvrMenu><Hangup id="bye"/>`,
    );
    const { view } = await play(flow, { keys: '1' });
    expect(view.saved).toEqual({ choice: '1', language: 'hi-IN' });
  });

  it('speaks what its url answers, and its own prompt when that fails', async () => {
    const flow = menu('url="https://a.example/menu" tries="1"');
    const answered = await play(flow, { answers: ['GET https://a.example/menu => 200 Hello there'], keys: '1' });
    expect(answered.view.requests.map(({ method }) => method)).toEqual(['HEAD', 'GET']);
    expect(answered.transcript.join('\n')).toContain('Hello there');
    expect(answered.path).toEqual(['menu>key:1']);
    const failed = await play(flow, { answers: ['GET https://a.example/menu => refused'], keys: '1' });
    expect(failed.transcript.join('\n')).toContain('Press 1 for tea');
  });

  it('ends the call when the caller hangs up: in the prompt, while it waits, and while it speaks of a wrong key', async () => {
    const during = await play(menu(), { keys: 'hangup 1s' });
    const waiting = await play(menu(), { keys: 'wait 4s, hangup' });
    const corrected = await play(menu('', '<Invalid><Say>That is not offered at all.</Say></Invalid>'), { keys: '7, hangup 1s' });
    for (const { view, path } of [during, waiting, corrected]) {
      expect(view.ended).toEqual({ by: 'caller' });
      expect(path).toEqual([]);
    }
  });
});
