import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutRow, fill, span, textOf } from './rows.ts';
import { centre, columns, cut, pad, wrap } from './width.ts';

/** What has torn columns somewhere, in pieces that meet in every order. */
const NASTY = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary', maxLength: 4 }),
      fc.constantFrom(
        'नमस्ते',
        'क्‍ष',
        'क्षत्रिय',
        'का',
        '\u0301',
        'مرحبا',
        '\u0600',
        'שָׁלוֹם',
        'ﷺ',
        '中文',
        '\u1100\u1161\u11a8',
        '\u1161',
        '\u3164',
      ),
      fc.constantFrom('👨‍👩‍👧', '👍🏽', '🇮🇳', '🇮', '❤️', '1️⃣', '🏴󠁧󠁢󠁥󠁮󠁧󠁿', '\u200d', '\ufe0f', '🏽', '\u20e3'),
      fc.constantFrom(
        '\t',
        '\n',
        '\u001b[31m',
        '\u202e',
        '\u2066',
        '\ud800',
        '\u0378',
        ' ',
        'word',
        'https://clinic.example/reschedule',
      ),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''));

describe('columns', () => {
  it('counts letters of Indian scripts one by one, as terminals do', () => {
    expect(columns('नमस्ते')).toBe(4);
    expect(columns('का')).toBe(2);
    expect(columns('क्‍ष')).toBe(2);
  });

  it('counts flags and Chinese as two cells, and Korean by its syllables', () => {
    expect([columns('🇮🇳'), columns('中'), columns('한'), columns('\u1112\u1161\u11ab')]).toEqual([2, 2, 2, 2]);
  });

  it('counts the members of a family, which stand side by side', () => {
    expect(columns('👨‍👩‍👧')).toBe(6);
    expect([columns('👍🏽'), columns('❤️'), columns('1️⃣')]).toEqual([2, 1, 1]);
  });

  it('is the sum of its parts, so that no way to cut a text can tear a column', () => {
    fc.assert(
      fc.property(NASTY, NASTY, (a, b) => {
        expect(columns(`${a} ${b}`)).toBe(columns(a) + 1 + columns(b));
      }),
    );
  });
});

describe('cutting and filling', () => {
  it('marks what is missing, and never splits a character', () => {
    expect(cut('appointment', 6)).toBe('appoi…');
    expect(cut('中文字', 4)).toBe('中…');
    expect(cut('नमस्ते', 3)).toBe('नम…');
    expect([cut('abc', 3), cut('abc', 1), cut('abc', 0)]).toEqual(['abc', '…', '']);
  });

  it('centres in exactly so many columns', () => {
    expect(centre('ab', 5)).toBe(' ab  ');
    expect(centre('नमस्ते', 7)).toBe(' नमस्ते  ');
  });

  it('is exact for whatever text', () => {
    fc.assert(
      fc.property(NASTY, fc.integer({ min: 0, max: 40 }), (text, width) => {
        expect(columns(cut(text, width))).toBeLessThanOrEqual(width);
        expect(columns(pad(cut(text, width), width))).toBe(width);
        expect(columns(centre(text, width))).toBe(width);
      }),
    );
  });

  it('is exact for whatever spans of a row', () => {
    fc.assert(
      fc.property(fc.array(NASTY, { maxLength: 5 }), fc.integer({ min: 0, max: 40 }), (texts, width) => {
        const row = texts.map((text) => span(text));
        expect(columns(textOf(cutRow(row, width)))).toBeLessThanOrEqual(width);
        expect(columns(textOf(fill(row, width)))).toBe(width);
      }),
    );
  });
});

describe('wrapping', () => {
  it('breaks between words, and within those that are too long', () => {
    expect(wrap('press 9 to stop', 8)).toEqual(['press 9', 'to stop']);
    expect(wrap('go to https://clinic.example/r now', 10)).toEqual(['go to', 'https://cl', 'inic.examp', 'le/r now']);
    expect(wrap('', 10)).toEqual(['']);
  });

  it('breaks between Hindi letters with their vowels', () => {
    expect(wrap('धन्यवाद', 4)).toEqual(['धन्य', 'वाद']);
  });

  it('neutralises while it wraps', () => {
    expect(wrap('a\u001b[2Jb\nc', 80)).toEqual(['a␛[2Jb c']);
  });

  it('loses nothing but spaces, and no line is too wide', () => {
    fc.assert(
      fc.property(NASTY, fc.integer({ min: 2, max: 40 }), (text, width) => {
        const lines = wrap(text, width);
        expect(lines.join('').replaceAll(' ', '')).toBe(wrap(text, 100_000).join('').replaceAll(' ', ''));
        for (const line of lines) expect(columns(line)).toBeLessThanOrEqual(width);
      }),
    );
  });

  it('takes a word of 10,000 characters in its stride', () => {
    const lines = wrap('ம'.repeat(10_000), 40);
    expect(lines).toHaveLength(250);
    expect(new Set(lines.map(columns))).toEqual(new Set([40]));
  });
});
