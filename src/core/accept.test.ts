import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accepts, parseAccept } from './accept.ts';

const digits = fc.stringMatching(/^[0-9*#]{1,8}$/);

describe('what a Gather accepts', () => {
  it('is a range of numbers, ends included, however many zeros lead', () => {
    fc.assert(
      fc.property(fc.nat(9999), fc.nat(9999), fc.nat(12_000), fc.nat(3), (from, more, typed, zeros) => {
        const range = `${from}-${from + more}`;
        expect(accepts(range, '0'.repeat(zeros) + typed)).toBe(typed >= from && typed <= from + more);
      }),
    );
  });

  it('is a list of exact values, where zeros count', () => {
    fc.assert(
      fc.property(fc.array(digits, { minLength: 1, maxLength: 5 }), digits, (list, typed) => {
        expect(accepts(list.join(','), typed)).toBe(list.includes(typed));
      }),
    );
    expect(accepts('0, 5', '5')).toBe(true);
    expect(accepts('0, 5', '05')).toBe(false);
  });

  it('may mix the two', () => {
    const right = ['1', '2', '3', '9', '*', '02'];
    for (const typed of right) expect(accepts('1-3,9,*', typed)).toBe(true);
    for (const typed of ['0', '4', '8', '#', '**', '', '1*']) expect(accepts('1-3,9,*', typed)).toBe(false);
  });

  it('is a pattern over the whole input', () => {
    expect(accepts('/[1-9][0-9]{5}/', '411001')).toBe(true);
    for (const typed of ['011001', '41100', '4110011', '', '411001#']) expect(accepts('/[1-9][0-9]{5}/', typed)).toBe(false);
    expect(accepts('/1|22/', '22')).toBe(true);
    expect(accepts('/1|22/', '122')).toBe(false);
  });

  it('judges the same way each time it is asked', () => {
    for (let i = 0; i < 3; i++) expect(accepts('/12+/', '122')).toBe(true);
  });

  it.each(['', ',', '1,', '5-1', '1-2-3', '-3', 'a', '1..3', '/[/', '//', '/12', '1 2', '1-1234567890123456'])(
    'is nothing where it is written "%s"',
    (text) => {
      expect(parseAccept(text)).toBeUndefined();
      expect(accepts(text, '1')).toBe(false);
    },
  );
});
