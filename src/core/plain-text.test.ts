import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plainText } from './plain-text.ts';

/** What no shown text may hold. */
const DANGEROUS = /[\p{Cc}\u2028-\u202e\u2066-\u2069]|\p{Surrogate}/u;

describe('plain text', () => {
  it('shows an escape sequence instead of obeying it', () => {
    expect(plainText('red \u001b[31m alert \u001b]0;title\u0007')).toBe('red ␛[31m alert ␛]0;title␇');
  });

  it('makes one space of each line end and tab', () => {
    expect(plainText('one\r\ntwo\tthree\u2028four\u0085five')).toBe('one two three four five');
  });

  it('cannot be turned round', () => {
    expect(plainText('invoice\u202Efdp.exe')).toBe('invoice\ufffdfdp.exe');
  });

  it('leaves Hindi, Arabic, emoji families and flags as they are', () => {
    for (const text of ['नमस्ते, क्‍या हाल है?', 'مرحبا', '👨‍👩‍👧 🇮🇳 ❤️']) expect(plainText(text)).toBe(text);
  });

  it('drops marks that nobody sees', () => {
    expect(plainText('\ufeffpay\u200b\u200eme\u00ad')).toBe('payme');
    expect(plainText('pay\u3164\u115f\u1160\uffa0me')).toBe('payme');
  });

  it('never lets anything dangerous through, whatever the text, and changes nothing the second time', () => {
    const controls = fc.constantFrom(
      '\u001b[',
      '\u009b',
      '\u202e',
      '\u2066',
      '\u0000',
      '\u007f',
      '\ud800',
      '\n',
      'a',
      'न',
      '👩‍👧',
    );
    const texts = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(controls).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const plain = plainText(text);
        expect(plain).not.toMatch(DANGEROUS);
        expect(plainText(plain)).toBe(plain);
      }),
    );
  });
});
