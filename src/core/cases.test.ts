import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseCase } from './cases.ts';

const exit = (text: string) => ({ exit: text });

describe('the case that fits', () => {
  it('is the first one in the file', () => {
    const cases = [
      { ...exit('a'), value: '5' },
      { ...exit('b'), from: 1, to: 9 },
      { ...exit('c'), like: '*' },
    ];
    expect(['5', '6', '10', ''].map((value) => chooseCase(cases, value))).toEqual(['a', 'b', 'c', 'c']);
  });

  it('is else when there is none', () => {
    expect(chooseCase([], 'x')).toBe('else');
    expect(chooseCase([{ ...exit('a'), value: 'y' }], 'x')).toBe('else');
  });

  it('compares values exactly, but for spaces around them', () => {
    const cases = [{ ...exit('a'), value: 'Gold card' }];
    for (const value of ['Gold card', ' Gold card\n']) expect(chooseCase(cases, value)).toBe('a');
    for (const value of ['gold card', 'Gold  card', 'Gold', '']) expect(chooseCase(cases, value)).toBe('else');
  });

  it('compares ranges as decimal numbers, ends included', () => {
    const cases = [{ ...exit('a'), from: -2, to: 5.5 }];
    for (const value of ['-2', '0', '005', '5.5', '+1', '1.0']) expect(chooseCase(cases, value), value).toBe('a');
    for (const value of ['-2.1', '5.51', '', '-', 'five', '1,5', '1e0', '0x1', '0b1', 'Infinity', 'NaN', '1 2']) {
      expect(chooseCase(cases, value), value).toBe('else');
    }
  });

  it('matches patterns as an expression would, whatever the case of letters', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', 'A'), maxLength: 8 });
    const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '*'), maxLength: 6 });
    fc.assert(
      fc.property(pattern, text, (like, value) => {
        const regex = new RegExp(`^${like.replaceAll('*', '.*')}$`, 'i');
        expect(chooseCase([{ ...exit('fits'), like }], value)).toBe(regex.test(value) ? 'fits' : 'else');
      }),
      { numRuns: 2000 },
    );
  });

  it('takes signs of expressions in a pattern as they are', () => {
    expect(chooseCase([{ ...exit('a'), like: 'a.c*' }], 'abcd')).toBe('else');
    expect(chooseCase([{ ...exit('a'), like: 'a.c*' }], 'A.Cd')).toBe('a');
  });

  it('is quick with a pattern that would make an expression go round for ever', () => {
    const [like, value] = ['*a'.repeat(500), `${'a'.repeat(20_000)}b`];
    expect(chooseCase([{ ...exit('a'), like }], value)).toBe('else');
  }, 1000);
});
