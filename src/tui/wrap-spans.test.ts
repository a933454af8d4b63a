import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BOLD, DIM, span, textOf } from './rows.ts';
import { wrap } from './width.ts';
import { wrapSpans } from './wrap-spans.ts';

describe('wrapping words of several styles', () => {
  it('breaks them as one text, each word in its own style', () => {
    expect(wrapSpans([span('press one', BOLD), span('or two now', DIM)], 12)).toEqual([
      [span('press one', BOLD), span(' '), span('or', DIM)],
      [span('two now', DIM)],
    ]);
  });

  it('leaves out what is empty, and keeps an empty row for nothing', () => {
    expect(wrapSpans([span(''), span(' a '), span('')], 5)).toEqual([[span('a')]]);
    expect(wrapSpans([], 5)).toEqual([[]]);
  });

  it('breaks where plain text would', () => {
    const texts = fc.array(fc.oneof(fc.string(), fc.constantFrom('नमस्ते', '👨‍👩‍👧', 'https://clinic.example/reschedule')), {
      maxLength: 6,
    });
    fc.assert(
      fc.property(texts, fc.integer({ min: 2, max: 30 }), (parts, width) => {
        const plain = parts.map((part) => span(part).text.replace(/ +/g, ' ').trim()).filter(Boolean);
        expect(
          wrapSpans(
            parts.map((part) => span(part)),
            width,
          ).map(textOf),
        ).toEqual(wrap(plain.join(' '), width));
      }),
    );
  });
});
