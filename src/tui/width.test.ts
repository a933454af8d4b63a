import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { centre, columns, cut, pad, wrap } from './width.ts';

describe('columns', () => {
  it('counts letters of Indian scripts one by one, as terminals do', () => {
    expect(columns('नमस्ते')).toBe(4);
    expect(columns('का')).toBe(2);
  });

  it('counts emoji families, flags and Chinese as two cells each', () => {
    expect([columns('👨‍👩‍👧'), columns('🇮🇳'), columns('中')]).toEqual([2, 2, 2]);
  });
});

describe('cutting and filling', () => {
  it('marks what is missing, and never splits a character', () => {
    expect(cut('appointment', 6)).toBe('appoi…');
    expect(cut('中文字', 4)).toBe('中…');
    expect(cut('👨‍👩‍👧👨‍👩‍👧', 3)).toBe('👨‍👩‍👧…');
    expect([cut('abc', 3), cut('abc', 1), cut('abc', 0)]).toEqual(['abc', '…', '']);
  });

  it('centres in exactly so many columns', () => {
    expect(centre('ab', 5)).toBe(' ab  ');
    expect(centre('नमस्ते', 7)).toBe(' नमस्ते  ');
  });
});

describe('wrapping', () => {
  it('breaks between words, and within those that are too long', () => {
    expect(wrap('press 9 to stop', 8)).toEqual(['press 9', 'to stop']);
    expect(wrap('go to https://clinic.example/r now', 10)).toEqual(['go to', 'https://cl', 'inic.examp', 'le/r now']);
    expect(wrap('', 10)).toEqual(['']);
  });

  it('neutralises while it wraps', () => {
    expect(wrap('a\u001b[2Jb\nc', 80)).toEqual(['a␛[2Jb c']);
  });

  it('loses nothing but spaces, and no line is too wide', () => {
    const words = fc.oneof(fc.string(), fc.constantFrom('नमस्ते', '👨‍👩‍👧', '中文', 'https://clinic.example/reschedule', '❤️'));
    const texts = fc.array(words).map((parts) => parts.join(' '));
    fc.assert(
      fc.property(texts, fc.integer({ min: 2, max: 40 }), (text, width) => {
        const lines = wrap(text, width);
        expect(lines.join('').replaceAll(' ', '')).toBe(wrap(text, 100_000).join('').replaceAll(' ', ''));
        for (const line of lines) expect(columns(line)).toBeLessThanOrEqual(width);
        expect(columns(pad(cut(text, width), width))).toBe(width);
      }),
    );
  });
});
