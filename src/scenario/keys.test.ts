import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applets, play } from '../../test/kit/play.ts';
import { parseKeys } from './keys.ts';

describe('--keys', () => {
  it('reads keys, waits and hanging up', () => {
    expect(parseKeys('1, wait 6s, !9, 4711#, hangup 12s, hang-up')).toEqual({
      ok: true,
      items: [
        { type: 'press', digits: ['1'] },
        { type: 'wait', for: 6000 },
        { type: 'barge', digits: ['9'] },
        { type: 'press', digits: ['4', '7', '1', '1', '#'] },
        { type: 'hang up', after: 12_000 },
        { type: 'hang up', after: 0 },
      ],
    });
  });

  it.each(['x', 'wait', 'wait soon', '!', '1 2', 'hangup later'])('says what is wrong with "%s"', (text) => {
    const parsed = parseKeys(text);
    expect(parsed).toMatchObject({ ok: false, problem: expect.stringContaining(`"${text}"`) });
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.string(), (text) => void parseKeys(text)));
  });
});

describe('a scripted caller', () => {
  const flow = applets(`<Greeting id="hello" next="first"><Say>Hello and welcome to the survey of the clinic.</Say></Greeting>
    <IvrMenu id="first" noInput="bye" invalid="bye"><Say>Press 1 or 2.</Say><Key digit="1" next="second"/><Key digit="2" next="bye"/></IvrMenu>
    <Gather id="second" next="bye" noInput="bye"><Say>Type your number.</Say></Gather><Hangup id="bye"/>`);

  it('waits for the next applet that takes keys and hears its prompt out', async () => {
    const { path, transcript, view } = await play(flow, { keys: '1, 4711#' });
    expect(path).toEqual(['hello>next', 'first>key:1', 'second>next']);
    expect(view.digits).toBe('4711');
    expect(transcript.join('\n')).not.toContain('unheard');
  });

  it('presses a ! key at once, into whatever is playing', async () => {
    const { keys, transcript } = await play(flow, { keys: '!5, 1, 4711#' });
    expect(keys[0]).toBe('5:ignored');
    expect(transcript.join('\n')).toContain('Hello and welcome');
  });

  it('counts a wait from the item before it', async () => {
    const { view } = await play(flow, { keys: 'wait 2s, hangup 3s' });
    expect((view.endedAt ?? 0) - (view.answeredAt ?? 0)).toBe(5000);
  });

  it('tries again in the same menu after a wrong key', async () => {
    const { keys, path } = await play(flow, { keys: '7, 1, hangup' });
    expect(keys).toEqual(['7:not-offered', '1:taken']);
    expect(path).toContain('first>key:1');
  });
});
