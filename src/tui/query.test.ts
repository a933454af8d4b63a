import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { paramsOf, withoutQuery } from './query.ts';

describe('the parameters of an address', () => {
  it('are decoded, in their order', () => {
    expect(paramsOf('https://a.example/x?b=1&a=New%20Delhi&c=a+b&Legs%5B0%5D=x#top')).toEqual([
      ['b', '1'],
      ['a', 'New Delhi'],
      ['c', 'a b'],
      ['Legs[0]', 'x'],
    ]);
    expect(withoutQuery('https://a.example/x?b=1')).toBe('https://a.example/x');
  });

  it('stay as they are where they cannot be decoded', () => {
    expect(paramsOf('https://a.example/?odd=%E0%zz&bare&=nameless&&')).toEqual([
      ['odd', '%E0%zz'],
      ['bare', ''],
      ['', 'nameless'],
    ]);
    expect(paramsOf('https://a.example/')).toEqual([]);
  });

  it('are those that were written', () => {
    const params = fc.array(fc.tuple(fc.string({ minLength: 1 }), fc.string()));
    fc.assert(
      fc.property(params, (written) => {
        expect(
          paramsOf(`https://a.example/?${new URLSearchParams(written.map(([name, value]): [string, string] => [name, value]))}`),
        ).toEqual(written);
      }),
    );
  });
});
