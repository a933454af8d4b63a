import { describe, expect, it } from 'vitest';
import { applets, play } from '../../../test/kit/play.ts';
import { hangUpsIn, said, stayed } from '../../../test/kit/stories.ts';

/** A Gather whose prompt is two seconds of silence, so that times are easy to read. */
const gather = (attributes = '', children = '') =>
  applets(`<Gather id="ask" next="got" noInput="silent" invalid="wrong" ${attributes}><Pause for="2s"/>${children}</Gather>
    <Greeting id="got" next="bye"><Say>You typed {{digits}}.</Say></Greeting>
    <Hangup id="silent"/><Hangup id="wrong"/><Hangup id="bye"/><Hangup id="help"/>`);

describe('a Gather', () => {
  it('ends at its last digit, at once', async () => {
    const played = await play(gather('digits="4"'), { keys: '1234' });
    expect(played.path).toEqual(['ask>next', 'got>next']);
    expect(played.view.digits).toBe('1234');
    expect(played.keys).toEqual(['1:taken', '2:taken', '3:taken', '4:taken']);
    expect(stayed(played, 'ask')).toBe(2000 + 3 * 300);
  });

  it('ends at its finish key, which is no part of the input', async () => {
    const played = await play(gather('save="pin"'), { keys: '12#' });
    expect(played.view.saved).toEqual({ pin: '12' });
    expect(played.keys).toEqual(['1:taken', '2:taken', '#:finish']);
    expect(stayed(played, 'ask')).toBe(2000 + 2 * 300);
  });

  it('ends when the caller stays silent between keys, counted from the last one', async () => {
    const played = await play(gather('timeout="3s"'), { keys: '1, wait 2900ms, 2' });
    expect(played.view.digits).toBe('12');
    expect(stayed(played, 'ask')).toBe(2000 + 2900 + 3000);
  });

  it('leaves by noInput when nothing is typed, counted from the end of the prompt', async () => {
    const played = await play(gather('timeout="7s"'));
    expect(played.path).toEqual(['ask>noInput']);
    expect(stayed(played, 'ask')).toBe(2000 + 7000);
    expect(played.view.digits).toBeUndefined();
  });

  it('takes a finish key with nothing typed for no input', async () => {
    const played = await play(gather('tries="2" digits="3"'), { keys: '#, 123' });
    expect(played.keys).toEqual(['#:finish', '1:taken', '2:taken', '3:taken']);
    expect(played.path).toEqual(['ask>next', 'got>next']);
    const given = await play(gather(), { keys: '#' });
    expect(given.path).toEqual(['ask>noInput']);
    expect(stayed(given, 'ask')).toBe(2000);
  });

  it('has no finish key when it is empty: # is a key like any other', async () => {
    const { view, keys } = await play(gather('finishOnKey="" digits="3"'), { keys: '1#*' });
    expect(view.digits).toBe('1#*');
    expect(keys).toEqual(['1:taken', '#:taken', '*:taken']);
  });

  it('takes 255 keys unless told', async () => {
    const { view, path } = await play(gather(), { keys: '7'.repeat(255) });
    expect(view.digits).toBe('7'.repeat(255));
    expect(path[0]).toBe('ask>next');
  });

  it('takes a key into the prompt, which stops', async () => {
    const played = await play(gather('digits="2"'), { keys: 'wait 1s, !42' });
    expect(played.view.speeches[0]).toMatchObject({ cut: true });
    expect(played.view.digits).toBe('42');
    expect(stayed(played, 'ask')).toBe(1000 + 300);
  });

  it('takes a finish key into the prompt', async () => {
    const played = await play(gather(), { keys: 'wait 1s, !#' });
    expect(played.path).toEqual(['ask>noInput']);
    expect(stayed(played, 'ask')).toBe(1000);
  });

  it('knows the last input only: a second Gather starts empty', async () => {
    const flow = applets(`<Gather id="a" digits="2" next="b" noInput="bye"/><Gather id="b" digits="2" next="bye" noInput="bye"/>
      <Hangup id="bye"/>`);
    const { view, events } = await play(flow, { keys: '12, 34' });
    expect(events.filter(({ type }) => type === 'digits.accepted')).toMatchObject([{ digits: '12' }, { digits: '34' }]);
    expect(view.digits).toBe('34');
  });
});

describe('a finish key right after the last digit', () => {
  const twice = applets(`<Gather id="a" digits="2" timeout="5s" next="b" noInput="bye"/>
    <Gather id="b" digits="2" next="bye" noInput="bye"><Pause for="20s"/></Gather><Hangup id="bye"/>`);

  it('is swallowed', async () => {
    const { keys, path } = await play(twice, { keys: '12, !#' });
    expect(keys).toEqual(['1:taken', '2:taken', '#:swallowed']);
    expect(path).toEqual(['a>next', 'b>noInput']);
  });

  it('is swallowed up to the time-out, and not from there on', async () => {
    const before = await play(twice, { keys: '12, wait 4999ms, !#' });
    expect(before.keys.at(-1)).toBe('#:swallowed');
    const after = await play(twice, { keys: '12, wait 5s, !#' });
    expect(after.keys.at(-1)).toBe('#:finish');
  });

  it('is swallowed once', async () => {
    const { keys } = await play(twice, { keys: '12, !##' });
    expect(keys.slice(2)).toEqual(['#:swallowed', '#:finish']);
  });

  it('is the only key that is, and only if it comes first', async () => {
    const { keys, view } = await play(twice, { keys: '12, !34' });
    expect(keys.slice(2)).toEqual(['3:taken', '4:taken']);
    expect(view.digits).toBe('34');
    const later = await play(twice, { keys: '12, !3#' });
    expect(later.keys.slice(2)).toEqual(['3:taken', '#:finish']);
  });

  it('is whatever key finishes here, and none where no key does', async () => {
    const star = applets(`<Gather id="a" digits="1" finishOnKey="*" next="b" noInput="bye"/>
      <Gather id="b" next="bye" noInput="bye"><Pause for="9s"/></Gather><Hangup id="bye"/>`);
    expect((await play(star, { keys: '1, !*' })).keys).toEqual(['1:taken', '*:swallowed']);
    const none = applets(`<Gather id="a" digits="1" finishOnKey="" next="b" noInput="bye"/>
      <Gather id="b" next="bye" noInput="bye"><Pause for="9s"/></Gather><Hangup id="bye"/>`);
    expect((await play(none, { keys: '1, !#' })).keys).toEqual(['1:taken', '#:finish']);
  });
});

describe('what a Gather accepts', () => {
  it.each([
    ['1-24', '24', 'next'],
    ['1-24', '25', 'invalid'],
    ['0,5', '5', 'next'],
    ['0,5', '05', 'invalid'],
    ['/[1-9][0-9]{5}/', '411001', 'next'],
    ['/[1-9][0-9]{5}/', '011001', 'invalid'],
    ['/[1-9][0-9]{5}/', '4110012', 'invalid'],
  ])('%s: %s leaves by %s', async (accept, typed, exit) => {
    const { path } = await play(gather(`accept="${accept}"`), { keys: `${typed}#` });
    expect(path[0]).toBe(`ask>${exit}`);
  });

  it('keeps nothing of a refused input, and asks again from scratch', async () => {
    const { view, path } = await play(
      gather('accept="1-24" tries="2" save="hour"', '<Invalid><Say>Not an hour.</Say></Invalid>'),
      {
        keys: '99#, 12#',
      },
    );
    expect(path[0]).toBe('ask>next');
    expect(view.saved).toEqual({ hour: '12' });
    expect(view.digits).toBe('12');
  });

  it('judges what was typed when silence ends it', async () => {
    const { path } = await play(gather('accept="100-200"'), { keys: '1' });
    expect(path).toEqual(['ask>invalid']);
  });

  it('counts a refused input as a try, and leaves by what the last try was', async () => {
    const silentLast = await play(gather('accept="1-2" tries="2"'), { keys: '9#' });
    expect(silentLast.path).toEqual(['ask>noInput']);
    const wrongLast = await play(gather('accept="1-2" tries="2"'), { keys: 'wait 8s, 9#' });
    expect(wrongLast.path).toEqual(['ask>invalid']);
  });
});

describe('a Gather that asks again', () => {
  it('asks as often as tries say, with what NoInput holds in between', async () => {
    const played = await play(gather('tries="3" timeout="5s"', '<NoInput><Say>Please type it.</Say></NoInput>'));
    expect(said(played)).toEqual(['2000 ms', 'Please type it.', '2000 ms', 'Please type it.', '2000 ms']);
    expect(played.path).toEqual(['ask>noInput']);
  });

  it('swallows the finish key behind a full input that was refused', async () => {
    const { keys, path } = await play(gather('accept="1-24" digits="2" tries="2"'), { keys: '99, !#, 12' });
    expect(keys).toEqual(['9:taken', '9:taken', '#:swallowed', '1:taken', '2:taken']);
    expect(path[0]).toBe('ask>next');
  });

  it('takes keys while it speaks of what was wrong', async () => {
    const flow = gather('accept="1-2" digits="1" tries="2"', '<Invalid><Say>That is not one of the two.</Say></Invalid>');
    const { keys, path } = await play(flow, { keys: '9, !2' });
    expect(keys).toEqual(['9:taken', '2:taken']);
    expect(path[0]).toBe('ask>next');
  });

  it('saves what stands for silence, only when silence was the end of it', async () => {
    const flow = gather('save="pin" silence="none of {{name}}" tries="2" digits="1"');
    const silent = await play(flow, { facts: { contact: { name: 'Asha' } } });
    expect(silent.view.saved).toEqual({ pin: 'none of Asha' });
    const typed = await play(flow, { keys: 'wait 8s, 4' });
    expect(typed.view.saved).toEqual({ pin: '4' });
  });
});

describe('a Key of a Gather', () => {
  const helped = (digit: string, attributes = '') => gather(`digits="4" ${attributes}`, `<Key digit="${digit}" next="help"/>`);

  it('leads elsewhere at once when it is pressed first', async () => {
    const played = await play(helped('0', 'save="typed"'), { keys: '0' });
    expect(played.path).toEqual(['ask>key:0']);
    expect(played.view.ended).toEqual({ by: 'flow', node: 'help' });
    expect(played.view.saved).toEqual({ typed: '0' });
    expect(stayed(played, 'ask')).toBe(2000);
  });

  it('is a digit like any other later', async () => {
    const { path, view } = await play(helped('0'), { keys: '1000' });
    expect(path[0]).toBe('ask>next');
    expect(view.digits).toBe('1000');
  });

  it('leads elsewhere again after an input was refused', async () => {
    const { path } = await play(helped('0', 'accept="1-9" tries="2"'), { keys: '55#, 0' });
    expect(path).toEqual(['ask>key:0']);
  });

  it('may be the finish key: first it leads away, later it finishes', async () => {
    expect((await play(helped('#'), { keys: '#' })).path).toEqual(['ask>key:#']);
    const { keys, view } = await play(helped('#'), { keys: '12#' });
    expect(keys).toEqual(['1:taken', '2:taken', '#:finish']);
    expect(view.digits).toBe('12');
  });

  it('may be the star, without catching the other keys', async () => {
    const flow = gather('digits="1"', '<Key digit="*" next="help"/><Key digit="5" next="bye"/>');
    expect((await play(flow, { keys: '*' })).path).toEqual(['ask>key:*']);
    expect((await play(flow, { keys: '5' })).path).toEqual(['ask>key:5']);
    expect((await play(flow, { keys: '6' })).path[0]).toBe('ask>next');
  });
});

describe('a caller who hangs up in a Gather', () => {
  it('ends the call in every state of it', async () => {
    const flow = gather(
      'tries="3" accept="1-2" save="x"',
      '<NoInput><Say>Please type.</Say></NoInput><Invalid><Say>No such thing.</Say></Invalid>',
    );
    expect(await hangUpsIn(flow, 'ask', { keys: 'wait 9s, 77#' })).toEqual([
      'prompting',
      'waiting',
      'saysNoInput',
      'promptingAgain',
      'typing',
      'saysInvalid',
    ]);
  });

  it('leaves no input behind', async () => {
    const { view, events } = await play(gather('save="pin"'), { keys: '12, hangup 1s' });
    expect(view.ended).toEqual({ by: 'caller' });
    expect(view.saved).toEqual({});
    expect(events.some(({ type }) => type === 'digits.accepted')).toBe(false);
  });
});
