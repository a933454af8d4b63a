import { describe, expect, it } from 'vitest';
import { ASHA, at, blockedFor, called, consented, contact, NOON, optOut, registered, revocation } from '../../test/kit/facts.ts';
import { US } from '../../test/kit/us-pack.ts';
import { came, LINE, missedCall, recorded, refusals } from '../../test/kit/whitelist-facts.ts';
import type { Contact, Fact, Verdict } from '../core/facts.ts';
import { e164, type Ms } from '../core/ids.ts';
import { normalise } from '../core/phone.ts';
import { decide } from './decide.ts';
import { recogniseKeyword } from './keywords.ts';
import { DEFAULT_POLICY, type Policy } from './policy.ts';
import { parsePreference } from './preference.ts';
import { PROFILES } from './profiles.ts';
import { accountStory } from './whitelist-account.ts';
import { standingIn } from './whitelist-number.ts';
import { postNumbers } from './whitelist-post.ts';
import { WHITELIST_SWITCHES, type WhitelistSwitches } from './whitelist-switches.ts';

const TCCCPR: Policy = { profile: PROFILES['IN-TCCCPR'], strict: false };
const codes = (verdict: Verdict): readonly string[] =>
  verdict.verdict === 'allow' ? [verdict.ground.code] : verdict.reasons.map(({ code }) => code);
const warned = ({ warnings }: Verdict): readonly string[] => warnings.map(({ code }) => code);

/** The verdict and its codes in the order of telling: `block DND_CATEGORY_1`. */
const may = (asked: Contact, facts: readonly Fact[], when: string | Ms, policy: Policy = TCCCPR): string => {
  const verdict = decide(asked, facts, typeof when === 'string' ? at(when) : when, policy);
  return `${verdict.verdict} ${codes(verdict).join(' ')}`;
};
const exotelWith = (switches: Partial<WhitelistSwitches>): Policy => ({
  ...DEFAULT_POLICY,
  whitelist: standingIn({ ...WHITELIST_SWITCHES, ...switches }),
});
const EXOTEL = exotelWith({});

/** What is known of the number after the company added it, by an account of which so much is known. */
function post(known: readonly Fact[], when: string): readonly Fact[] {
  const books = { account: accountStory(known, at(when), WHITELIST_SWITCHES), company: 'Kaveri', exophones: [], country: 'IN' };
  const request = { numbers: [ASHA], exophone: LINE, language: 'en', actor: 'api' };
  const answer = postNumbers(request, { ...books, about: () => [] }, at(when), WHITELIST_SWITCHES);
  return answer.ok ? recorded(answer.facts) : [];
}

const promo = contact('P', { category: 1 });

describe('the test vectors of the rule book', () => {
  it('1: promotion at half past nine waits for ten; Exotel places none at all', () => {
    expect(decide(promo, [], at('2026-11-23T09:30'), TCCCPR)).toMatchObject({
      verdict: 'defer',
      nextAllowedAt: at('2026-11-23T10:00'),
      reasons: [{ code: 'DND_BAND_iii', rule: { id: 'IN18-BANDS', source: { grade: 'R' } } }],
    });
    expect(may(promo, [], '2026-11-23T09:30', DEFAULT_POLICY)).toBe('block PROVIDER_NO_PROMO CONSENT_MISSING DND_BAND_iii');
  });

  it('2: promotion ends with the last second before nine in the evening', () => {
    expect(may(promo, [], '2026-11-22T20:59:59')).toBe('allow OK_NOT_DND');
    expect(decide(promo, [], at('2026-11-22T21:00:00'), TCCCPR)).toMatchObject({
      verdict: 'defer',
      nextAllowedAt: at('2026-11-23T10:00'),
    });
  });

  it('3: a blocked category stops that one and no other', () => {
    const facts = [blockedFor('2026-01-01', 1)];
    expect(may(contact('P', { category: 2 }), facts, NOON)).toBe('allow OK_NOT_DND');
    expect(may(promo, facts, NOON)).toBe('block DND_CATEGORY_1');
  });

  it('4: leave for a service message passes BLOCK PROMO for seven days, and no later FULLY BLOCK', () => {
    const three = consented('2026-11-19T12:00');
    const promoBlock = registered('2026-11-20', { block: 'promo' });
    expect(may(contact('SE'), [three, promoBlock], NOON)).toBe('allow OK_CONSENT');
    expect(may(contact('SE'), [three, registered('2026-11-20', { block: 'full' })], NOON)).toBe('block DND_FULL_BLOCK');
    expect(may(contact('SE'), [consented('2026-11-14T12:00'), promoBlock], NOON)).toBe('block CONSENT_EXPIRED');
  });

  it('5: an implicit service message passes FULLY BLOCK at eleven at night, with a warning', () => {
    const verdict = decide(contact('SI'), [registered('2026-01-01', { block: 'full' })], at('2026-11-22T23:00'), TCCCPR);
    expect(verdict).toMatchObject({ verdict: 'allow', ground: { code: 'OK_SI' } });
    expect(verdict.warnings).toMatchObject([{ code: 'OUTSIDE_HOURS', rule: { id: 'EXOTEL-HOURS', source: { grade: 'SRC' } } }]);
  });

  it('6: a transactional message of 31 minutes ago is a service message', () => {
    const verdict = decide(contact('T', { transactionAt: at('2026-11-22T11:29') }), [], NOON, TCCCPR);
    expect([codes(verdict), warned(verdict)]).toEqual([['OK_SI'], ['TXN_WINDOW_EXCEEDED']]);
    expect(may(contact('T', { transactionAt: at('2026-11-22T11:30') }), [], NOON)).toBe('allow OK_T');
  });

  it('7: a code that also sells is promotion', () => {
    const text = 'Your code is 4578, also get 20% off';
    const verdict = decide(contact('T', { channel: 'sms', text }), [blockedFor('2026-01-01', 1)], NOON, TCCCPR);
    expect([verdict.verdict, codes(verdict), warned(verdict)]).toEqual(['block', ['DND_CATEGORY_1'], ['CLASS_MIXED_PROMO']]);
    expect(may(contact('T', { text }), [], NOON, DEFAULT_POLICY)).toMatch(/^block PROVIDER_NO_PROMO/);
  });

  it('8: its own call whitelists a number for two calendar months; by the later page of the vendor for six', () => {
    const facts = [registered('2026-01-01', { block: 'promo' }), came('2026-03-15T17:20')];
    expect(may(contact('T'), facts, '2026-05-14T23:59', EXOTEL)).toBe('allow OK_WHITELIST');
    expect(may(contact('T'), facts, '2026-05-15T00:00', EXOTEL)).toBe('block DND_NOT_WHITELISTED');
    expect(may(contact('T'), facts, '2026-05-15T00:00', exotelWith({ inboundMonths: 6 }))).toBe('allow OK_WHITELIST');
  });

  it('9: the API whitelists for six calendar months', () => {
    const facts = [registered('2026-01-01', { block: 'full' }), ...post([], '2026-05-22T11:00')];
    expect(may(contact('T'), facts, '2026-11-21T23:59', EXOTEL)).toBe('allow OK_WHITELIST');
    expect(may(contact('T'), facts, '2026-11-22T00:00', EXOTEL)).toBe('block DND_NOT_WHITELISTED');
  });

  it('10: after three unsubscribed a post whitelists, after the fourth it waits for a missed call', () => {
    const dnd = registered('2026-01-01', { block: 'promo' });
    const later = '2026-05-10T12:00';
    const three = post(refusals(3), later);
    expect(may(contact('SI'), [dnd, ...three], '2026-05-10T12:01', EXOTEL)).toBe('allow OK_WHITELIST');
    const four = [dnd, ...post(refusals(4), later)];
    expect(decide(contact('SI'), four, at('2026-05-10T12:01'), EXOTEL)).toMatchObject({
      verdict: 'block',
      reasons: [{ code: 'DND_NOT_WHITELISTED', says: expect.stringContaining('asked to subscribe') }],
    });
    expect(may(contact('SI'), [...four, missedCall('2026-05-10T12:05')], '2026-05-10T12:06', EXOTEL)).toBe('allow OK_WHITELIST');
  });

  it('11: whoever opted out on 1 September is not asked for leave before 30 November', () => {
    const request = contact('SI', { channel: 'sms', purpose: 'consent-request' });
    for (const no of [optOut('2026-09-01T18:00'), revocation('2026-09-01T18:00')]) {
      expect(may(request, [no], '2026-11-29T12:00')).toMatch(/^block .*RESOLICIT_90D$/);
      expect(may(request, [no], '2026-11-30T12:00')).toBe('allow OK_SI');
    }
  });

  it('12: START 0,2,3 is a full block', () => {
    expect(parsePreference('START 0,2,3')).toMatchObject({ ok: true, preference: { block: 'full' } });
  });

  it('13: a fourth call on one day waits for the next', () => {
    const three = [called('2026-11-22T09:10'), called('2026-11-22T10:20'), called('2026-11-22T11:30')];
    for (const policy of [TCCCPR, DEFAULT_POLICY]) {
      const verdict = decide(contact('SI'), three, at('2026-11-22T14:00'), policy);
      expect(codes(verdict)).toEqual(['FREQ_DAY']);
      const open = policy === TCCCPR ? '2026-11-23T00:00' : '2026-11-23T09:00';
      expect(verdict).toMatchObject({ verdict: 'defer', nextAllowedAt: at(open) });
    }
  });

  it('14: to be a customer is no leave for a recorded solicitation in the United States', () => {
    const american = contact('P', { number: e164('+12125550100'), mode: 'AUTO_PRERECORDED' });
    const customer = consented('2026-01-01', { basis: 'contract' }, { number: american.number });
    const strict: Policy = { profile: US, strict: true };
    expect(may(american, [customer], '2026-11-20T12:00-05:00', strict)).toBe('block CONSENT_MISSING');
    expect(may(american, [customer], '2026-11-20T12:00-05:00', { ...strict, strict: false })).toBe('allow NOT_LISTED');
  });

  it('15: half past eight in Chicago is half past nine in New York', () => {
    const number = e164('+12125550100');
    const strict: Policy = { profile: US, strict: true };
    const facts = [consented('2026-11-01', {}, { number })];
    expect(decide(contact('P', { number }), facts, at('2026-11-20T20:30-06:00'), strict)).toMatchObject({
      verdict: 'defer',
      reasons: [{ code: 'OUTSIDE_HOURS', says: expect.stringContaining('21:30') }],
      nextAllowedAt: at('2026-11-21T08:00-05:00'),
    });
  });

  it('16: "Please stop" is no keyword, somebody reads it; in the United States it is a stop', () => {
    expect(recogniseKeyword('Please stop')).toBe('review');
    expect(recogniseKeyword('Please stop', { anyWish: true })).toBe('stop');
  });

  it("17: the company's list beats the whitelist", () => {
    const dnd = registered('2026-01-01', { block: 'promo' });
    const whitelisted = [dnd, ...post([], '2026-11-01T12:00')];
    expect(may(contact('SI'), whitelisted, NOON, EXOTEL)).toBe('allow OK_WHITELIST');
    const listed = [...whitelisted, optOut('2026-02-01', { source: 'manual' })];
    expect(may(contact('SI'), listed, NOON, EXOTEL)).toBe('block DNC_TENANT');
  });

  it('18: three spellings are one number; a landline takes no SMS', () => {
    for (const text of ['98765 43210', '+91-9876543210', '09876543210']) expect(normalise(text)).toMatchObject({ number: ASHA });
    const landline = normalise('5876543210');
    expect(landline).not.toMatchObject({ kind: 'mobile' });
    expect(may(contact('SI', { number: e164('+915876543210'), channel: 'sms' }), [], NOON)).toBe('block NUMBER_INVALID');
  });
});
