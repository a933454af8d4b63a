import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shownText } from './shown-text.ts';

describe('what the phone shows of a text', () => {
  it('is Hindi, Arabic, Chinese and flags as they are', () => {
    for (const text of ['नमस्ते', 'مرحبا', '中文', '🇮🇳', '👍', 'é']) expect(shownText(text)).toBe(text);
  });

  it('has the members of a family side by side, because half of the terminals cannot join them', () => {
    expect(shownText('👨‍👩‍👧 at 🧑‍💻')).toBe('👨👩👧 at 🧑💻');
  });

  it('has hearts, keycaps and hands in the form that is everywhere as wide', () => {
    expect(shownText('❤️ 1️⃣ 👍🏽')).toBe('❤ 1 👍');
  });

  it('has a sign in place of what no terminal can know', () => {
    expect(shownText('a\u0378b\u{1fffe}')).toBe('a\ufffdb\ufffd');
  });

  it('obeys nothing, and is the same the second time', () => {
    expect(shownText('\u001b[2J\u202ea\u2066b\t')).toBe('␛[2J\ufffda\ufffdb ');
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(shownText(shownText(text))).toBe(shownText(text));
      }),
    );
  });
});
