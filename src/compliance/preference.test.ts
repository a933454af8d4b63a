import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Preference } from '../core/facts.ts';
import { CATEGORIES, NO_PREFERENCE, type PreferenceOptions, parsePreference } from './preference.ts';

const read = (text: string, options?: PreferenceOptions) => {
  const parsed = parsePreference(text, options);
  if (!parsed.ok) return parsed.why;
  const { block, categories } = parsed.preference;
  return block === 'categories' ? `categories ${categories.join(' ')}` : block;
};
const having = (more: Partial<Preference>): PreferenceOptions => ({ current: { ...NO_PREFERENCE, ...more } });

describe('a command to 1909', () => {
  it.each([
    ['START 0', 'full'],
    ['start 0,2,3', 'full'],
    ['FULLY BLOCK', 'full'],
    ['  fully   block ', 'full'],
    ['*1909*0#', 'full'],
    ['BLOCK PROMO', 'promo'],
    ['*1909*50#', 'promo'],
    ['BLOCK 1,4', 'categories 1 4'],
    ['block 4, 1, 4', 'categories 1 4'],
    ['*1909*7#', 'categories 7'],
    ['START 2,3', 'categories 2 3'],
    ['UNBLOCK ALL', 'none'],
  ])('"%s" means %s', (text, meant) => {
    expect(read(text)).toBe(meant);
  });

  it('START n left only n allowed in the scheme of 2010', () => {
    expect(read('START 2,3', { startMeans: 'allow-only' })).toBe('categories 1 4 5 6 7 8');
    expect(read('START 0,2', { startMeans: 'allow-only' })).toBe('full');
  });

  it('is refused when it means nothing certain', () => {
    for (const text of ['', 'STOP', 'START', 'STATUS', 'BLOCK', 'BLOCK all', '*1909#'])
      expect(read(text), text).toMatch(/none of START/);
    for (const text of ['BLOCK 9', 'START 1,11', '*1909*21#']) expect(read(text), text).toBe('categories are 0 to 8');
    for (const text of ['STOP 0', 'UNBLOCK 1', 'STOP 99']) expect(read(text), text).toBe('categories are unblocked by 91 to 98');
  });

  it('to block adds to what was blocked, and never loosens it', () => {
    expect(read('BLOCK 2', having({ block: 'categories', categories: [1] }))).toBe('categories 1 2');
    expect(read('BLOCK 2', having({ block: 'full' }))).toBe('full');
    expect(read('BLOCK PROMO', having({ block: 'categories', categories: [1] }))).toBe('promo');
  });

  it('to unblock takes out one category, the service class, or everything', () => {
    expect(read('UNBLOCK 91', having({ block: 'categories', categories: [1, 2] }))).toBe('categories 2');
    expect(read('STOP 91, 92', having({ block: 'categories', categories: [1, 2] }))).toBe('none');
    expect(read('UNBLOCK 98', having({ block: 'promo' }))).toBe('categories 1 2 3 4 5 6 7');
    expect(read('UNBLOCK 98', having({}))).toBe('none');
    expect(read('UNBLOCK SERVICE', having({ block: 'full' }))).toBe('promo');
    expect(read('UNBLOCK SERVICE', having({ block: 'promo' }))).toBe('promo');
  });

  it('leaves modes, days and bands as they were, but for UNBLOCK ALL', () => {
    const current: Preference = { ...NO_PREFERENCE, modes: ['ROBO'], days: [0], bandsOn: ['iii'], bandsOff: ['v'] };
    expect(parsePreference('BLOCK 1', { current })).toEqual({
      ok: true,
      preference: { ...current, block: 'categories', categories: [1] },
    });
    expect(parsePreference('UNBLOCK ALL', { current })).toEqual({ ok: true, preference: NO_PREFERENCE });
  });

  it('is read or refused whatever it says, and blocks real categories only', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^(start|block|stop|unblock) [0-9, ]{0,12}$/)), (text) => {
        const parsed = parsePreference(text);
        if (parsed.ok) expect(CATEGORIES).toEqual(expect.arrayContaining([...parsed.preference.categories]));
        else expect(parsed.why).not.toBe('');
      }),
    );
  });
});
