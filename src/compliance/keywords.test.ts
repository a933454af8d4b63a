import { describe, expect, it } from 'vitest';
import { recogniseKeyword } from './keywords.ts';

describe('an SMS that comes in', () => {
  it.each([
    'STOP',
    'stop',
    ' Stop \n',
    'stop all',
    'STOPALL',
    'Unsubscribe',
    'CANCEL',
    'end',
    'QUIT',
    'revoke',
    'opt-out',
    'ＳＴＯＰ',
    '\u200bstop\ufeff',
  ])('"%s" is a stop', (text) => expect(recogniseKeyword(text)).toBe('stop'));

  it.each(['START', 'yes', 'Unstop', 'subscribe'])('"%s" opens again', (text) => {
    expect(recogniseKeyword(text)).toBe('start');
  });

  it.each(['HELP', 'info'])('"%s" asks for help', (text) => {
    expect(recogniseKeyword(text)).toBe('help');
  });

  it.each([
    'Please stop',
    'STOP!',
    'stop calling me',
    "don't call me again",
    'Do not text',
    'opt out please',
    'take me off, unsubscribe',
  ])('"%s" may be one: somebody reads it, and where any clear wish counts it is a stop', (text) => {
    expect(recogniseKeyword(text)).toBe('review');
    expect(recogniseKeyword(text, { anyWish: true })).toBe('stop');
  });

  it.each(['', 'Yes please', 'my bus stops here', 'cancel my order', 'the weekend', 'ok', '1'])('"%s" is none', (text) => {
    expect(recogniseKeyword(text)).toBeUndefined();
    expect(recogniseKeyword(text, { anyWish: true })).toBeUndefined();
  });
});
