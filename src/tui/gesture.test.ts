import { describe, expect, it } from 'vitest';
import { type Hand, pickUp } from '../../test/phone/hand.ts';
import { onMouse, onPaste } from './gesture.ts';
import { row } from './rows.ts';
import { columns } from './width.ts';
import type { Window } from './window/window.ts';

const REMINDER = 'flows/appointment-reminder/flow.xml';
const SIZE = { columns: 80, rows: 24 };

/** Presses the mouse where a text stands. */
function click({ phone, sees }: Hand, text: string): void {
  const lines = sees();
  const y = lines.findLastIndex((line) => line.includes(text));
  const line = lines[y] ?? '';
  expect(line).toContain(text);
  onMouse(phone, { type: 'press', x: columns(line.slice(0, line.indexOf(text))) + 1, y }, SIZE);
}

/** A window that keeps what it is given. */
function listening(): { window: Window; heard: string[] } {
  const heard: string[] = [];
  const window: Window = {
    title: 'A question',
    hints: [],
    rows: () => [row('Yes or no?')],
    key: (typed, key) => void heard.push(key.upArrow ? 'up' : key.downArrow ? 'down' : typed),
  };
  return { window, heard };
}

describe('the mouse', () => {
  it('presses the keys of the telephone, which lead where they say', async () => {
    const hand = await pickUp(REMINDER);
    await hand.wait(4);
    click(hand, '[1]');
    await hand.wait(1);
    expect(hand.shown().view.goals).toEqual(['confirmed']);
  });

  it('opens a tab, from its beginning', async () => {
    const hand = await pickUp(REMINDER);
    hand.phone.look({ scroll: 3 });
    click(hand, 'sms');
    expect(hand.phone.get()).toMatchObject({ tab: 'sms', scroll: 0 });
  });

  it('does what the last line offers, and only what is of use', async () => {
    const hand = await pickUp(REMINDER);
    click(hand, 'pause');
    expect(hand.phone.get().paused).toBe(true);
    click(hand, 'hang up');
    await hand.wait(0);
    expect(hand.shown().view.endedAt).toBeDefined();
  });

  it('does nothing where there is nothing to press', async () => {
    const hand = await pickUp(REMINDER);
    const before = hand.sees();
    for (const [x, y] of [
      [0, 0],
      [40, 1],
      [500, 2],
      [3, 99],
      [-1, -1],
    ] as const)
      onMouse(hand.phone, { type: 'press', x, y }, SIZE);
    expect(hand.sees()).toEqual(before);
  });

  it('scrolls with its wheel', async () => {
    const hand = await pickUp(REMINDER);
    onMouse(hand.phone, { type: 'wheel-up', x: 5, y: 5 }, SIZE);
    expect(hand.phone.get().scroll).toBe(3);
    onMouse(hand.phone, { type: 'wheel-down', x: 5, y: 5 }, SIZE);
    expect(hand.phone.get().scroll).toBe(0);
  });

  it('presses nothing under a window, in which the wheel chooses', async () => {
    const hand = await pickUp(REMINDER);
    await hand.wait(4);
    const { window, heard } = listening();
    hand.phone.look({ window });
    for (let y = 0; y < 24; y++) for (let x = 0; x < 80; x += 3) onMouse(hand.phone, { type: 'press', x, y }, SIZE);
    expect(hand.phone.get()).toMatchObject({ window, tab: 'log' });
    expect(hand.shown().view.lines.filter(({ type }) => type === 'key')).toEqual([]);
    onMouse(hand.phone, { type: 'wheel-down', x: 5, y: 5 }, SIZE);
    onMouse(hand.phone, { type: 'wheel-up', x: 5, y: 5 }, SIZE);
    expect(heard).toEqual(['down', 'up']);
  });
});

describe('what is pasted', () => {
  it('is dialled when it is digits', async () => {
    const hand = await pickUp(REMINDER);
    await hand.wait(6);
    onPaste(hand.phone, '51\n');
    await hand.wait(1);
    expect(hand.shown().view.lines.flatMap((line) => (line.type === 'key' ? [line.digit] : []))).toEqual(['5', '1']);
  });

  it('is never taken for keys of the phone', async () => {
    const hand = await pickUp(REMINDER);
    onPaste(hand.phone, 'qqh');
    expect(hand.shown().view.endedAt).toBeUndefined();
    expect(hand.text()).toContain('no number to dial');
  });

  it('is written where somebody writes', async () => {
    const hand = await pickUp(REMINDER);
    const { window, heard } = listening();
    hand.phone.look({ window });
    onPaste(hand.phone, 'q 98765\r\nx');
    expect(heard).toEqual(['q 98765\r\nx']);
  });
});
