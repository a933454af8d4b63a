import { describe, expect, it } from 'vitest';
import { at, blockedFor, consented, contact, NOON, registered } from '../../test/kit/facts.ts';
import type { CallClass } from '../core/event.ts';
import type { Contact, Fact, Preference } from '../core/facts.ts';
import type { Ms } from '../core/ids.ts';
import { decide } from './decide.ts';
import type { Policy } from './policy.ts';
import { PROFILES } from './profiles.ts';

const TCCCPR: Policy = { profile: PROFILES['IN-TCCCPR'], strict: false };
const verdict = (asked: Contact, facts: readonly Fact[], when: Ms = NOON, policy = TCCCPR) => decide(asked, facts, when, policy);
const codes = (...given: Parameters<typeof verdict>): string => {
  const told = verdict(...given);
  return told.verdict === 'allow' ? told.ground.code : told.reasons.map(({ code }) => code).join(' ');
};

const REGISTRATIONS: Record<string, Partial<Preference>> = {
  nothing: { block: 'none' },
  'BLOCK 1': { block: 'categories', categories: [1] },
  'BLOCK PROMO': { block: 'promo' },
  'FULLY BLOCK': { block: 'full' },
};

describe('what each option of the register stops, by class', () => {
  const week: Partial<Record<CallClass, Fact[]>> = { SE: [consented('2026-11-20')] };
  const cells: [string, Record<CallClass, string>][] = [
    ['nothing', { P: 'OK_NOT_DND', SE: 'OK_CONSENT', SI: 'OK_SI', T: 'OK_T', G: 'OK_G' }],
    ['BLOCK 1', { P: 'DND_CATEGORY_1', SE: 'OK_CONSENT', SI: 'OK_SI', T: 'OK_T', G: 'OK_G' }],
    ['BLOCK PROMO', { P: 'DND_PROMO_BLOCK', SE: 'OK_CONSENT', SI: 'OK_SI', T: 'OK_T', G: 'OK_G' }],
    ['FULLY BLOCK', { P: 'DND_FULL_BLOCK', SE: 'DND_FULL_BLOCK', SI: 'OK_SI', T: 'OK_T', G: 'OK_G' }],
  ];
  const each = cells.flatMap(([option, row]) =>
    (['P', 'SE', 'SI', 'T', 'G'] as const).map((kind) => [option, kind, row[kind]] as const),
  );

  it.each(each)('%s, class %s: %s', (option, kind, code) => {
    for (const channel of ['voice', 'sms'] as const) {
      const facts = [registered('2026-11-21', REGISTRATIONS[option] ?? {}), ...(week[kind] ?? [])];
      expect(codes(contact(kind, { category: 1, channel }), facts), channel).toBe(code);
    }
  });

  it('without leave an explicit service message is stopped whatever is registered', () => {
    for (const preference of Object.values(REGISTRATIONS)) {
      expect(codes(contact('SE'), [registered('2026-11-21', preference)])).toMatch(/CONSENT_MISSING$/);
    }
  });
});

describe('a category', () => {
  it('stops its own content and no other; content that tells none may be any', () => {
    const facts = [blockedFor('2026-01-01', 2, 5)];
    expect(codes(contact('P', { category: 5 }), facts)).toBe('DND_CATEGORY_5');
    expect(codes(contact('P', { category: 1 }), facts)).toBe('OK_NOT_DND');
    expect(codes(contact('P'), facts)).toBe('DND_CATEGORY_2');
  });
});

describe('what nobody can open by the register', () => {
  const promo = contact('P', { category: 1 });
  const full = registered('2026-01-01', { block: 'full' });

  it('a block that stands, by a milder one that is dated later', () => {
    const milder = registered('2027-01-01', { block: 'categories', categories: [2], bandsOn: ['iii'] });
    expect(codes(promo, [full, milder])).toBe('DND_FULL_BLOCK');
    expect(codes(promo, [full, milder], at('2027-01-02T12:00'))).toBe('OK_NOT_DND');
    expect(codes(promo, [milder], at('2026-11-22T09:00'))).toBe('DND_BAND_iii');
  });

  it('a block of one number, by what is registered for all that begin so', () => {
    const range = { number: '+9198765*' } as const;
    expect(codes(promo, [full, registered('2026-02-01', { block: 'none' }, range)])).toBe('DND_FULL_BLOCK');
    expect(codes(promo, [registered('2026-02-01', { block: 'promo' }, range)])).toBe('DND_PROMO_BLOCK');
    const morning = registered('2026-02-01', { block: 'categories', bandsOn: ['iii'] }, range);
    expect(codes(promo, [morning], at('2026-11-22T09:00'))).toBe('DND_BAND_iii');
    const ended = [registered('2026-02-01', { block: 'promo' }, range), registered('2026-03-01', { block: 'none' }, range)];
    expect(codes(promo, ended)).toBe('OK_NOT_DND');
  });

  it('anything, by leave that is recorded for a prefix', () => {
    const everybody = consented('2026-11-21', {}, { number: '+9198765*' });
    expect(codes(contact('SE'), [everybody])).toBe('CONSENT_MISSING');
    expect(codes(promo, [full, everybody])).toBe('DND_FULL_BLOCK');
  });

  it('a full block that is lifted later still yields to leave given after it', () => {
    const facts = [full, consented('2026-06-02'), registered('2027-01-01', { block: 'categories', categories: [1] })];
    expect(codes(promo, facts)).toBe('OK_CONSENT');
  });
});

describe('leave and the register', () => {
  const promo = contact('P', { category: 1 });
  const strict = { ...TCCCPR, strict: true };

  it('explicit leave passes a category, with a warning for it is a reading; not when strict', () => {
    const facts = [consented('2026-06-01'), blockedFor('2026-07-01', 1)];
    const told = verdict(promo, facts);
    expect(told).toMatchObject({ verdict: 'allow', ground: { code: 'OK_CONSENT' }, warnings: expect.any(Array) });
    expect(told.warnings.map(({ code }) => code)).toContain('DND_CATEGORY_1');
    expect(codes(promo, facts, NOON, strict)).toBe('DND_CATEGORY_1');
  });

  it('of a full block and leave the later act wins; strict, the block', () => {
    const full = (when: string) => registered(when, { block: 'full' });
    expect(codes(promo, [consented('2026-06-02'), full('2026-06-01')])).toBe('OK_CONSENT');
    expect(codes(promo, [consented('2026-06-01'), full('2026-06-02')])).toBe('DND_FULL_BLOCK');
    expect(codes(promo, [consented('2026-06-02'), full('2026-06-01')], NOON, strict)).toBe('DND_FULL_BLOCK');
    expect(codes(contact('SE'), [full('2026-11-18'), consented('2026-11-19')])).toBe('OK_CONSENT');
  });

  it('leave does not open a mode, a day or a band that is not wanted', () => {
    const leave = consented('2026-06-01');
    expect(codes(promo, [leave, registered('2026-01-01', { modes: ['ROBO'] })])).toBe('DND_MODE_ROBO');
    expect(codes(promo, [leave, registered('2026-01-01', { days: [0] })])).toBe('DND_DAY_SUNDAY');
    expect(codes(promo, [leave, registered('2026-01-01', { bandsOff: ['v'] })])).toBe('DND_BAND_v');
  });
});

describe('modes, days and bands', () => {
  it('a mode is blocked for good, and only that mode', () => {
    const facts = [registered('2026-01-01', { modes: ['SMS', 'AUTO_LIVE'] })];
    expect(codes(contact('P', { channel: 'sms' }), facts)).toBe('DND_MODE_SMS');
    expect(codes(contact('P', { mode: 'AUTO_LIVE' }), facts)).toBe('DND_MODE_AUTO_LIVE');
    expect(codes(contact('P'), facts)).toBe('OK_NOT_DND');
    expect(codes(contact('SI', { channel: 'sms' }), facts)).toBe('OK_SI');
  });

  it('a Sunday waits for the Monday that is open; a holiday is one only when the policy says so', () => {
    const facts = [registered('2026-01-01', { days: [0, 'holiday'] })];
    const monday = { ...TCCCPR, holidays: ['2026-11-23'] };
    expect(verdict(contact('P'), facts)).toMatchObject({ verdict: 'defer', nextAllowedAt: at('2026-11-23T10:00') });
    expect(verdict(contact('P'), facts, NOON, monday)).toMatchObject({ verdict: 'defer', nextAllowedAt: at('2026-11-24T10:00') });
    expect(codes(contact('P'), facts, at('2026-11-23T12:00'), monday)).toBe('DND_DAY_HOLIDAY');
  });

  it('bands are switched on and off one by one', () => {
    const facts = [registered('2026-01-01', { bandsOn: ['iii', 'ix'], bandsOff: ['iv', 'v', 'vi', 'vii', 'viii'] })];
    const hours = (when: string) => codes(contact('P'), facts, at(when));
    expect(hours('2026-11-22T08:00')).toBe('OK_NOT_DND');
    expect(hours('2026-11-22T10:00')).toBe('DND_BAND_iv');
    expect(verdict(contact('P'), facts)).toMatchObject({ nextAllowedAt: at('2026-11-22T21:00') });
  });

  it('with every band or every day refused there is no next instant: a block', () => {
    const bandsOff = ['iv', 'v', 'vi', 'vii', 'viii'] as const;
    expect(verdict(contact('P'), [registered('2026-01-01', { bandsOff })])).toMatchObject({ verdict: 'block' });
    const days = [0, 1, 2, 3, 4, 5, 6] as const;
    expect(verdict(contact('P'), [registered('2026-01-01', { days })])).toMatchObject({ verdict: 'block' });
  });
});

describe('the registration that counts', () => {
  it('is the latest; its end frees the number from that day on', () => {
    const full = registered('2026-01-01', { block: 'full' });
    const promo = contact('P', { category: 1 });
    expect(codes(promo, [blockedFor('2026-02-01', 3), full])).toBe('OK_NOT_DND');
    expect(codes(promo, [registered('2026-02-01', {}), full])).toBe('OK_NOT_DND');
    expect(codes(promo, [registered('2026-12-01', {}), full])).toBe('DND_FULL_BLOCK');
  });

  it('of one instant both count, in whatever order they came', () => {
    const facts = [blockedFor('2026-02-01', 1), registered('2026-02-01', { modes: ['ROBO'] }), blockedFor('2026-02-01', 2)];
    for (const order of [facts, facts.toReversed()]) {
      expect(codes(contact('P', { category: 1 }), order)).toBe('DND_CATEGORY_1 DND_MODE_ROBO');
      expect(codes(contact('P', { category: 2, mode: 'VOICE' }), order)).toBe('DND_CATEGORY_2');
    }
  });

  it('counts only after the register began', () => {
    expect(codes(contact('P', { category: 1 }), [registered('2018-01-01', { block: 'full' })], at('2019-02-27T12:00'))).toBe(
      'NOT_LISTED',
    );
    expect(codes(contact('P', { category: 1 }), [registered('2018-01-01', { block: 'full' })], at('2019-02-28T12:00'))).toBe(
      'DND_FULL_BLOCK',
    );
  });
});
