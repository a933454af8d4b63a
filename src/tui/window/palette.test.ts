import { describe, expect, it } from 'vitest';
import { pickUp } from '../../../test/phone/hand.ts';
import { hit, windowText } from '../../../test/phone/typing.ts';

const REMINDER = 'flows/appointment-reminder/flow.xml';

describe('the palette', () => {
  it('lists what is of use now, with its keys', async () => {
    const hand = await pickUp(REMINDER, { ringing: true });
    await hit(hand, ':');
    expect(windowText(hand, 76, 40)).toMatch(/> answer +answer the call +a\n/);
    expect(windowText(hand, 76, 40)).not.toContain('hang up  ');
    await hit(hand, 'esc', 'a', 'ctrl-p');
    expect(windowText(hand, 76, 40)).toMatch(/> hang up +hang up +h\n/);
  });

  it('finds a command by what it is called and by what it does, and runs it', async () => {
    const hand = await pickUp(REMINDER);
    await hit(hand, ':', ...'hang', 'enter');
    expect(hand.phone.get().window).toBeUndefined();
    expect(hand.shown().view.ended).toEqual({ by: 'caller' });
    await hit(hand, ':', ...'light dark', 'enter');
    expect(hand.phone.get().background).toBe('light');
  });

  it('opens other windows', async () => {
    const hand = await pickUp(REMINDER);
    await hit(hand, ':', ...'every key', 'enter');
    expect(hand.phone.get().window?.title).toBe('What every key does');
  });

  it('chooses with the arrows among what was found', async () => {
    const hand = await pickUp(REMINDER);
    await hit(hand, ':', ...'time go', 'down', 'down', 'down', 'ctrl-n', 'ctrl-p', 'ctrl-p');
    expect(windowText(hand)).toContain('> faster');
    await hit(hand, 'enter');
    expect(hand.phone.get().speed).toBe(2);
  });

  it('says when there is no such command, and Enter does nothing', async () => {
    const hand = await pickUp(REMINDER);
    await hit(hand, ':', 'qqqq', 'enter');
    expect(windowText(hand)).toBe('> qqqq█\n\n  No command is called so.');
    await hit(hand, 'ctrl-u');
    expect(windowText(hand)).toContain('> hang up');
  });
});
