import { describe, expect, it } from 'vitest';
import { pickUp } from '../../../test/phone/hand.ts';
import { hit, windowText } from '../../../test/phone/typing.ts';
import { COMMANDS } from '../commands.ts';

const REMINDER = 'flows/appointment-reminder/flow.xml';
const HIGH = 60;

describe('the help', () => {
  it('has every command once, with its keys and what it does', async () => {
    const hand = await pickUp(REMINDER);
    await hit(hand, '?');
    const lines = windowText(hand, 76, HIGH).split('\n');
    const text = windowText(hand, 76, HIGH).replace(/\s+/g, ' ');
    for (const { id, keys, about } of COMMANDS) {
      expect(text).toContain(`${keys.join(' ') || `: ${id}`} ${about}`);
      expect(lines.filter((line) => line.startsWith(`${keys.join(' ') || `: ${id}`} `))).toHaveLength(1);
    }
    expect(text).toContain('Nothing that happens in it is written, sent, posted or asked of a server, unless you say so.');
  });

  it('is two columns where there is room, and scrolls where there is not', async () => {
    const hand = await pickUp(REMINDER);
    await hit(hand, '?');
    expect(windowText(hand, 96, HIGH)).toMatch(/The call +│ What is shown/);
    expect(windowText(hand, 76, 14)).toMatch(/… \d+ more rows$/);
    await hit(hand, 'pgdn', 'pgdn', 'pgdn', 'pgdn', 'pgdn');
    expect(windowText(hand, 76, 14)).toMatch(/ctrl-c +hang up and put the phone away, with exit code 130$/);
    await hit(hand, 'up');
    expect(windowText(hand, 76, 14)).toContain('… 2 more rows');
  });

  it('closes by Esc, by its own key, and by Enter, and time stood still', async () => {
    const hand = await pickUp(REMINDER);
    for (const key of ['esc', '?', 'enter']) {
      await hit(hand, '?');
      await hand.wait(60);
      await hit(hand, key);
      expect(hand.phone.get().window).toBeUndefined();
    }
    expect(hand.shown().view.endedAt).toBeUndefined();
    expect(hand.shown().now - hand.shown().view.startedAt).toBeLessThan(1000);
  });
});
