import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unifiedDiff } from './diff.ts';

const lines = (text: string) => text.split('').join('\n');

describe('a difference', () => {
  it('is shown with the lines around it', () => {
    expect(unifiedDiff(lines('abcdefgh'), lines('abcdXfgh'), 'x.yaml')).toEqual([
      '--- x.yaml',
      '+++ x.yaml (updated)',
      '@@ -3 +3 @@',
      ' c',
      ' d',
      '-e',
      '+X',
      ' f',
      ' g',
    ]);
  });

  it('is told in parts when there are several', () => {
    expect(unifiedDiff(lines('abcdefghij'), lines('Xbcdefghi'), 'x')).toEqual([
      '--- x',
      '+++ x (updated)',
      '@@ -1 +1 @@',
      '-a',
      '+X',
      ' b',
      ' c',
      '@@ -8 +8 @@',
      ' h',
      ' i',
      '-j',
    ]);
  });

  it('is nothing between equal texts', () => {
    expect(unifiedDiff('a\nb', 'a\nb', 'x')).toEqual([]);
  });

  it('holds every line of both texts that is no common one', () => {
    const text = fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(text, text, (a, b) => {
        const ops = unifiedDiff(a.join('\n'), b.join('\n'), 'x')
          .slice(2)
          .filter((line) => !line.startsWith('@'));
        const changed = (kind: string) => ops.filter((line) => line.startsWith(kind)).length;
        expect(b.length - a.length).toBe(changed('+') - changed('-'));
      }),
    );
  });
});
