import { describe, expect, it } from 'vitest';
import { airEncoding, isPlain, smsUnits } from './sms-units.ts';

describe('the single messages of a text', () => {
  it.each([
    ['nothing', '', 1],
    ['160 plain characters', 'a'.repeat(160), 1],
    ['one more', 'a'.repeat(161), 2],
    ['two full parts', 'a'.repeat(306), 2],
    ['and one more', 'a'.repeat(307), 3],
    ['70 Hindi characters', 'न'.repeat(70), 1],
    ['one more', 'न'.repeat(71), 2],
    ['two full parts', 'न'.repeat(134), 2],
    ['and one more', 'न'.repeat(135), 3],
    ['2000 plain characters', 'a'.repeat(2000), 14],
  ])('of %s', (_, text, units) => expect(smsUnits(text)).toBe(units));

  it('count an extended character twice, and never cut it in two', () => {
    expect(smsUnits('€'.repeat(80))).toBe(1);
    expect(smsUnits('€'.repeat(81))).toBe(2);
    expect(smsUnits(`${'a'.repeat(152)}€${'a'.repeat(151)}`)).toBe(2);
    expect(smsUnits(`${'a'.repeat(152)}€${'a'.repeat(152)}`)).toBe(3);
  });

  it('count an emoji as two, and never cut it in two', () => {
    expect(smsUnits('🙏'.repeat(35))).toBe(1);
    expect(smsUnits('🙏'.repeat(36))).toBe(2);
    expect(smsUnits('🙏'.repeat(67))).toBe(3);
  });

  it('are fewer of a plain text than of the same text as unicode', () => {
    expect([smsUnits('a'.repeat(100)), smsUnits('a'.repeat(100), 'unicode')]).toEqual([1, 2]);
  });
});

it('a phone writes Greek capitals and brackets with seven bits, and no backtick, rupee or Hindi', () => {
  expect(['ΔΦ', '[x]', '€5', 'Tür\n', '`', '₹5', 'नमस्ते'].map(isPlain)).toEqual([true, true, true, true, false, false, false]);
});

it('a text that does not fit seven bits goes as unicode whatever was asked for', () => {
  expect([airEncoding('abc'), airEncoding('abc', 'unicode'), airEncoding('₹5', 'plain')]).toEqual([
    'plain',
    'unicode',
    'unicode',
  ]);
});
