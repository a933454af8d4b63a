import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Ms, ms } from './ids.ts';
import { heardBy, oneSpaced, readAs, speechTime, spokenWords } from './speech.ts';

const sentence = fc
  .array(fc.constantFrom('order', '4711,', 'is', 'ready.', 'नमस्ते।', '5', 'really?'), { minLength: 1, maxLength: 12 })
  .map((words) => words.join(' '));

describe('the time a text takes', () => {
  it('is 400 ms a word at 150 words a minute', () => {
    expect(speechTime('one')).toBe(400);
    expect(speechTime('one two three')).toBe(1200);
    expect(speechTime('one two three', 180)).toBe(999);
    expect(speechTime('')).toBe(0);
  });

  it('has a rest of half a second after a sentence, of a quarter after a comma', () => {
    expect(speechTime('Hello. You')).toBe(1300);
    expect(speechTime('Hello, you')).toBe(1050);
    for (const end of ['Hi.', 'Hi!', 'Hi?', 'नमस्ते।', '"Hi."', '(Hi.)']) expect(speechTime(end)).toBe(900);
  });

  it('counts every digit as a word', () => {
    expect(speechTime('4711')).toBe(1600);
    expect(speechTime('Rs.500')).toBe(1200);
  });

  it('is that of its words together, and shorter the faster it is spoken', () => {
    fc.assert(
      fc.property(sentence, fc.integer({ min: 50, max: 399 }), (text, rate) => {
        const words = spokenWords(text, rate);
        expect(words.map((word) => word.text).join(' ')).toBe(text);
        expect(speechTime(text, rate)).toBe(words.reduce((sum, word) => sum + word.ms, 0));
        expect(speechTime(text, rate)).toBeGreaterThanOrEqual(speechTime(text, rate + 1));
      }),
    );
  });
});

/** What people, spreadsheets and servers put into texts: every kind of space, endings inside quotes, other scripts. */
const anyText = fc.string({
  unit: fc.constantFrom(...' \t\n\u0000\u00a0\u2003\u3000\ufeffab129.,;:!?।"\'()न€😀'),
  maxLength: 40,
});

describe('any text', () => {
  it('takes as long as its words', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 50, max: 400 }), (text, rate) => {
        expect(speechTime(text, rate)).toBe(spokenWords(text, rate).reduce((sum, word) => sum + word.ms, 0));
      }),
    );
  });

  it('is spaced by single spaces', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(oneSpaced(text)).toBe(text.replace(/\s+/g, ' ').trim());
      }),
    );
  });
});

describe('digits read one by one', () => {
  it('are set apart', () => {
    expect(readAs('Your code is 4711.', 'digits')).toBe('Your code is 4, 7, 1, 1.');
    expect(readAs('12 and 3', 'digits')).toBe('1, 2 and 3');
    expect(readAs('Your code is 4711.', undefined)).toBe('Your code is 4711.');
  });

  it('take longer than the number', () => {
    expect(speechTime(readAs('4711', 'digits'))).toBe(4 * 400 + 3 * 250);
  });
});

describe('what was heard of a text', () => {
  it('grows word by word, and is all of it at the end', () => {
    const text = 'Press one, or wait.';
    const at = (elapsed: number) => heardBy(text, elapsed, speechTime(text));
    expect(at(0)).toEqual({ heard: '', unheard: text, unheardWords: 4 });
    expect(at(1)).toEqual({ heard: 'Press', unheard: 'one, or wait.', unheardWords: 3 });
    expect(at(400).heard).toBe('Press');
    expect(at(401).heard).toBe('Press one,');
    expect(at(speechTime(text))).toEqual({ heard: text, unheard: '', unheardWords: 0 });
  });

  it('and what was not are the text together, at every instant', () => {
    fc.assert(
      fc.property(sentence, fc.nat(10_000), fc.integer({ min: 1, max: 10_000 }), (text, elapsed, total) => {
        const { heard, unheard, unheardWords } = heardBy(text, elapsed, ms(total));
        expect([heard, unheard].filter(Boolean).join(' ')).toBe(text);
        expect(unheardWords).toBe(unheard === '' ? 0 : unheard.split(' ').length);
        if (elapsed >= total) expect(unheard).toBe('');
        expect(heardBy(text, elapsed + 500, ms(total)).heard.startsWith(heard)).toBe(true);
      }),
    );
  });

  it('goes by the length the text really had', () => {
    const slow = speechTime('one two three four', 75) as number as Ms;
    expect(heardBy('one two three four', slow / 2, slow).heard).toBe('one two');
  });
});
