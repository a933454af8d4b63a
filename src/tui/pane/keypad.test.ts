import { describe, expect, it } from 'vitest';
import { pickUp } from '../../../test/phone/hand.ts';
import type { KeyNow } from '../../call/next.ts';
import { DIGITS, type Digit } from '../../core/input.ts';
import { type Row, textOf } from '../rows.ts';
import { digitsOf, keypadPane, keysOf, legendRows } from './keypad.ts';

const REMINDER = 'flows/appointment-reminder/flow.xml';

const atTheMenu = async () => {
  const hand = await pickUp(REMINDER);
  await hand.wait(6);
  return keysOf(hand.shown().state);
};
const texts = (rows: readonly Row[]) => rows.map((row) => textOf(row).trimEnd());

describe('the keypad', () => {
  it('says below each key where it leads, with air where there is room', async () => {
    const keys = await atTheMenu();
    expect(texts(keypadPane(keys, undefined, 33, 8)).slice(0, 2)).toEqual([
      '    [1]        [2]         3',
      ' confirmed reschedule      -',
    ]);
    expect(texts(keypadPane(keys, undefined, 33, 11))[2]).toBe('');
    expect(keypadPane(keys, undefined, 33, 4)).toHaveLength(4);
    expect(keypadPane(keys, undefined, 33, 2)).toHaveLength(2);
  });

  it('is asked once for every state of a call', async () => {
    const hand = await pickUp(REMINDER);
    const keys = keysOf(hand.shown().state);
    await hand.wait(0.5);
    expect(keysOf(hand.shown().state)).toBe(keys);
    await hand.press('1');
    expect(keysOf(hand.shown().state)).not.toBe(keys);
  });
});

describe('the legend', () => {
  it('is in whole sentences, then in a line each, then as many as fit', async () => {
    const keys = await atTheMenu();
    expect(texts(legendRows(keys, 33, 20))).toContain('2 reschedule: Greeting, "We will');
    expect(texts(legendRows(keys, 33, 3))).toEqual([
      '1 confirmed: Greeting, "Thank yo…',
      '2 reschedule: Greeting, "We will…',
      '9 optOut: OptOut, opt-out from e…',
    ]);
    expect(texts(legendRows(keys, 33, 2)).at(-1)).toBe('… 2 more');
    expect(legendRows(keys, 33, 0)).toEqual([]);
  });
});

describe('keys together', () => {
  const keys = (digits: string) => DIGITS.filter((digit) => digits.includes(digit)).map((digit: Digit): KeyNow => ({ digit }));

  it('are told as they stand, and runs by their ends', () => {
    expect(digitsOf(keys('129'))).toBe('129');
    expect(digitsOf(keys('12*'))).toBe('12*');
    expect(digitsOf(keys('123456780'))).toBe('1-8,0');
    expect(digitsOf(keys('1234567890'))).toBe('1-9,0');
  });
});
