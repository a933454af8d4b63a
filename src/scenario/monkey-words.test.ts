import { describe, expect, it } from 'vitest';
import { claimsOptOut, optOutKeys } from './monkey-words.ts';

const keysOf = (text: string): string => [...optOutKeys(text).keys()].join('');

describe('keys offered as a way to opt out', () => {
  it.each([
    ['Press 1 to confirm, press 2 to reschedule, or press 9 to stop receiving these calls.', '9'],
    ['Lotus Electronics offers. Press 9 to stop these calls.', '9'],
    ['To opt out of our calls, press 0. To hear this again, press star.', '0'],
    ['To be removed from our list press 7, to go on press 1', '7'],
    ['Press 3 to unsubscribe and press 4 to subscribe to more.', '3'],
    ['ठीक है तो 1 दबाएँ, दूसरे दिन के लिए 2 दबाएँ, ये कॉल बंद करने के लिए 9 दबाएँ।', '9'],
  ])('%s', (text, keys) => expect(keysOf(text)).toBe(keys));

  it.each([
    'Press 1 to confirm, press 2 to reschedule.',
    'Press 5 to stop the recording.',
    'Press hash to end your message.',
    'For the bus stop, press 2.',
    'You may ask us to stop calling at any time.',
    'Press 1 to take the call.',
  ])('none: %s', (text) => expect(keysOf(text)).toBe(''));

  it('come with the words that offer them', () => {
    expect(optOutKeys('Press 1 for tea, or to stop these calls, press 9.').get('9')).toBe('to stop these calls, press 9');
  });
});

describe('telling somebody that they were removed', () => {
  it.each([
    'You have been removed from our call list.',
    'You will hear no more of us.',
    'We will not call you again.',
    'आपका नंबर हमारी कॉल सूची से हटा दिया गया है। नमस्ते।',
  ])('%s', (text) => expect(claimsOptOut(text)).toBe(true));

  it.each([
    'Goodbye.',
    'We could not remove you now. Please try again later.',
    'You have not been removed.',
    'Thank you for calling.',
  ])('not: %s', (text) => expect(claimsOptOut(text)).toBe(false));
});
