import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { didYouMean, suggest } from './suggest.ts';

const KNOWN = ['Greeting', 'IvrMenu', 'Gather', 'Passthru', 'SwitchCase', 'Sms', 'Connect', 'Timing', 'Voicemail', 'Hangup'];
const letters = fc.string({ unit: fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz'), minLength: 1, maxLength: 10 });

describe('the word that was meant', () => {
  it.each([
    ['Greating', 'Greeting'],
    ['ivrmenu', 'IvrMenu'],
    ['Gahter', 'Gather'],
    ['Hangupp', 'Hangup'],
    ['Sm', 'Sms'],
    ['Pasthru', 'Passthru'],
  ])('%s is %s', (word, meant) => {
    expect(suggest(word, KNOWN)).toBe(meant);
  });

  it.each(['Banana', 'X', '', 'Stream'])('"%s" is none of them', (word) => {
    expect(suggest(word, KNOWN)).toBeUndefined();
  });

  it('is itself when it is known, whatever the case of letters', () => {
    fc.assert(
      fc.property(fc.uniqueArray(letters, { minLength: 1 }), (known) => {
        for (const word of known) expect(suggest(word.toUpperCase(), known)).toBe(word);
      }),
    );
  });

  it('is found behind one slip: a letter more, less, wrong, or two swapped', () => {
    const word = letters.filter((text) => text.length > 3);
    fc.assert(
      fc.property(word, fc.nat(9), letters, (text, n, other) => {
        const i = n % (text.length - 1);
        const slips = [
          text.slice(0, i) + text.slice(i + 1),
          text.slice(0, i) + other[0] + text.slice(i),
          text.slice(0, i) + other[0] + text.slice(i + 1),
          text.slice(0, i) + text[i + 1] + text[i] + text.slice(i + 2),
        ];
        for (const slip of slips) expect(suggest(slip, [text]), slip).toBe(text);
      }),
    );
  });

  it('is not looked for in a text that is no word', () => {
    expect(suggest('x'.repeat(65), ['x'.repeat(64)])).toBeUndefined();
  });

  it('is said, or else what there is', () => {
    expect(didYouMean('Gahter', KNOWN)).toBe('Did you mean "Gather"?');
    expect(didYouMean('Banana', ['a', 'b'])).toBe('Known here: a, b.');
  });
});
