import { describe, expect, it } from 'vitest';
import { type Hand, pickUp, settle } from '../../test/phone/hand.ts';
import { hit, keyOf, noteText, windowText } from '../../test/phone/typing.ts';
import { COMMANDS, commandOf } from './commands.ts';
import { onKeyboard } from './keyboard.ts';

const REMINDER = 'flows/appointment-reminder/flow.xml';
const THRICE = `<Flow name="f" start="a" class="T">
  <Passthru id="a" url="https://s.example/a"><On status="200" next="b"/></Passthru>
  <Passthru id="b" url="https://s.example/b"><On status="200" next="c"/></Passthru>
  <Passthru id="c" url="https://s.example/c"><On status="200" next="menu"/></Passthru>
  <IvrMenu id="menu" timeout="60s" noInput="bye" invalid="bye"><Say>Press 1.</Say><Key digit="1" next="bye"/></IvrMenu>
  <Hangup id="bye"/>
</Flow>`;

const TYPES = `<Flow name="f" start="g" class="T"><Gather id="g" digits="20" next="bye"><Say>Type it.</Say></Gather><Hangup id="bye"/></Flow>`;

/** Everything at once, as a slow connection brings it. */
async function burst(hand: Hand, typed: string): Promise<void> {
  onKeyboard(hand.phone, ...keyOf(typed));
  await settle(hand);
}

describe('the commands', () => {
  it('have names of their own, and share a key only where one of them is of use', () => {
    expect(new Set(COMMANDS.map(({ id }) => id)).size).toBe(COMMANDS.length);
    const shared = COMMANDS.flatMap(({ keys }) => keys).filter((key, i, all) => all.indexOf(key) !== i);
    expect(shared).toEqual(['esc']);
  });

  it('mean something only where they are of use', async () => {
    const hand = await pickUp(REMINDER, { ringing: true });
    const of = (key: string) => commandOf(hand.phone.get(), key)?.id;
    expect([of('a'), of('d'), of('h'), of('esc'), of('b'), of('y')]).toEqual([
      'answer',
      'decline',
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
    await hit(hand, 'A');
    expect([of('a'), of('h'), of('H'), of(']')]).toEqual([undefined, 'hang-up', 'hang-up', undefined]);
    await hand.wait(3);
    await hit(hand, '[');
    expect([of(']'), of('esc'), of('}')]).toEqual(['forward', 'to-now', 'to-now']);
  });
});

describe('a key that does nothing now', () => {
  it('says what it is for, or that it is for nothing', async () => {
    const hand = await pickUp(REMINDER);
    await hit(hand, 'e');
    expect(noteText(hand)).toBe('e is of no use now: change an answer that a server gave, and go on from there');
    await hit(hand, 'ü');
    expect(noteText(hand)).toBe('ü does nothing; ? tells what every key does');
    await hit(hand, 'up');
    expect(noteText(hand)).toBe('');
  });
});

describe('Esc', () => {
  it('undoes one thing at a time: the window, what is zoomed, the past', async () => {
    const hand = await pickUp(REMINDER);
    await hand.wait(3);
    await hit(hand, '[', 'enter', '?');
    const seen = () => {
      const { window, zoomed } = hand.phone.get();
      return [window !== undefined, zoomed, hand.shown().past !== undefined];
    };
    expect(seen()).toEqual([true, true, true]);
    await hit(hand, 'esc');
    expect(seen()).toEqual([false, true, true]);
    await hit(hand, 'esc');
    expect(seen()).toEqual([false, false, true]);
    await hit(hand, 'esc', 'esc');
    expect(seen()).toEqual([false, false, false]);
    expect(hand.shown().view.endedAt).toBeUndefined();
  });
});

describe('keys that come at once', () => {
  it('are one command after the other, and the rest is for a window that one of them opens', async () => {
    const hand = await pickUp(REMINDER);
    await burst(hand, '++');
    expect(hand.phone.get().speed).toBe(4);
    await burst(hand, ':quit');
    expect(windowText(hand)).toMatch(/^> quit█\n\n> quit /);
    await hit(hand, 'esc');
    await burst(hand, 'x2');
    expect(hand.branch().phone.broken()).toEqual({ type: 'timeout' });
  });

  it('are typed and entered in a window as if they had come one by one', async () => {
    const hand = await pickUp(REMINDER);
    await burst(hand, ':');
    await burst(hand, 'fa\u0015quit\u007fe');
    expect(windowText(hand)).toContain('> quie█');
    await burst(hand, '\u0015faster\r');
    expect(hand.phone.get().window).toBeUndefined();
    expect(hand.phone.get().speed).toBe(2);
  });

  it('are taken for a paste in a window when they are many: nothing is entered by them', async () => {
    const hand = await pickUp(REMINDER);
    await burst(hand, ':');
    await burst(hand, 'faster and\rfaster again');
    expect(windowText(hand)).toContain('> faster andfaster again█');
  });

  it('are dialled when they are a number', async () => {
    const hand = await pickUp(TYPES);
    await burst(hand, '919876543210#');
    expect(hand.shown().view.digits).toBe('919876543210');
  });

  it('do nothing when they look pasted', async () => {
    const hand = await pickUp(REMINDER);
    await burst(hand, 'https://clinic.example/r');
    expect(noteText(hand)).toBe('That looks like pasted text: nothing was done.');
    expect([hand.phone.get().window, hand.shown().view.endedAt]).toEqual([undefined, undefined]);
  });

  it('never get out of a window', async () => {
    const hand = await pickUp(REMINDER);
    await hit(hand, 's');
    await burst(hand, 'hang up\rq\u0003q');
    expect(hand.phone.get().window?.title).toBe('Save this call');
    expect(hand.shown().view.endedAt).toBeUndefined();
  });
});

describe('up and down', () => {
  it('choose a request in the web tab, and after the last follow the latest', async () => {
    const hand = await pickUp(THRICE, { answers: ['GET * => 200 ok'] });
    await hand.wait(1);
    await hit(hand, 'tab');
    const chosen: unknown[] = [];
    for (const key of ['up', 'up', 'up', 'down', 'down', 'down']) {
      await hit(hand, key);
      chosen.push(hand.phone.get().request);
    }
    expect(chosen).toEqual([1, 0, 0, 1, undefined, undefined]);
    await hit(hand, 'pgdn');
    expect(hand.phone.get().scroll).toBe(8);
    await hit(hand, 'up');
    expect(hand.phone.get().scroll).toBe(0);
  });

  it('scroll elsewhere: the log towards what is older', async () => {
    const hand = await pickUp(REMINDER);
    await hit(hand, 'up', 'up', 'down');
    expect(hand.phone.get()).toMatchObject({ tab: 'log', scroll: 1 });
    await hit(hand, 'shift-tab', 'down', 'up', 'up');
    expect(hand.phone.get()).toMatchObject({ tab: 'dnc', scroll: 0 });
  });
});

describe('in a window', () => {
  it('Ctrl-C still puts the phone away', async () => {
    const hand = await pickUp(REMINDER);
    await hit(hand, '?', 'ctrl-c');
    expect(await hand.phone.ended).toBe('interrupted');
  });

  it('a note goes with the next key', async () => {
    const hand = await pickUp(REMINDER);
    hand.phone.say('copied');
    await hit(hand, 'c');
    hand.phone.say('saved');
    await hit(hand, '1');
    expect(noteText(hand)).toBe('');
  });
});
