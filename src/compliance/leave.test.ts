import { describe, expect, it } from 'vitest';
import { at, blockedFor, consented, contact, NOON, revocation } from '../../test/kit/facts.ts';
import type { Contact, Fact } from '../core/facts.ts';
import type { Ms } from '../core/ids.ts';
import { decide } from './decide.ts';
import type { Policy } from './policy.ts';
import { PROFILES } from './profiles.ts';

const TCCCPR: Policy = { profile: PROFILES['IN-TCCCPR'], strict: false };
const code = (asked: Contact, facts: readonly Fact[], when: Ms = NOON): string => {
  const told = decide(asked, facts, when, TCCCPR);
  return told.verdict === 'allow' ? told.ground.code : told.reasons.map((reason) => reason.code).join(' ');
};

describe('leave for an explicit service message', () => {
  const message = contact('SE', { purpose: 'survey', campaign: 'autumn' });

  it('lasts seven days, to the millisecond, and less when it says so', () => {
    const facts = [consented('2026-11-15T12:00')];
    expect(code(message, facts, at('2026-11-22T11:59:59.999'))).toBe('OK_CONSENT');
    expect(code(message, facts, at('2026-11-22T12:00'))).toBe('CONSENT_EXPIRED');
    expect(code(message, [consented('2026-11-20', {}, { expiresAt: at('2026-11-22T12:00') })])).toBe('CONSENT_EXPIRED');
    expect(code(message, [consented('2026-11-10', {}, { expiresAt: at('2027-11-10') })])).toBe('CONSENT_EXPIRED');
  });

  it('is renewed by new leave, seven days at a time', () => {
    expect(code(message, [consented('2026-11-10'), consented('2026-11-17')])).toBe('OK_CONSENT');
  });

  it('lasted as long as it said before 20 March 2025, half a year when it said nothing', () => {
    const given = consented('2024-10-01');
    expect(code(message, [given], at('2025-03-19T12:00'))).toBe('OK_CONSENT');
    expect(code(message, [given], at('2025-03-20T12:00'))).toBe('CONSENT_EXPIRED');
    expect(code(message, [consented('2024-09-01')], at('2025-03-19T12:00'))).toBe('CONSENT_EXPIRED');
    expect(code(message, [consented('2024-09-01', {}, { expiresAt: at('2026-01-01') })], at('2025-03-19T12:00'))).toBe(
      'OK_CONSENT',
    );
  });

  it('covers what it was given for, and nothing that is not told', () => {
    const purpose = [consented('2026-11-20', { purpose: 'survey' })];
    expect(code(message, purpose)).toBe('OK_CONSENT');
    expect(code({ ...message, purpose: 'reminder' }, purpose)).toBe('CONSENT_SCOPE');
    expect(code(contact('SE'), purpose)).toBe('CONSENT_SCOPE');
    const campaign = [consented('2026-11-20', {}, { scope: 'campaign', campaign: 'autumn' })];
    expect([code(message, campaign), code({ ...message, campaign: 'spring' }, campaign)]).toEqual([
      'OK_CONSENT',
      'CONSENT_SCOPE',
    ]);
    const sms = [consented('2026-11-20', {}, { scope: 'sms' })];
    expect([code({ ...message, channel: 'sms' }, sms), code(message, sms)]).toEqual(['OK_CONSENT', 'CONSENT_SCOPE']);
    expect(code({ ...message, category: 3 }, [consented('2026-11-20', { category: 4 })])).toBe('CONSENT_SCOPE');
  });

  it('is said by the person: being a customer is not enough', () => {
    expect(code(message, [consented('2026-11-20', { basis: 'contract' }), consented('2026-11-20', { basis: 'inquiry' })])).toBe(
      'CONSENT_MISSING',
    );
    expect(code(message, [])).toBe('CONSENT_MISSING');
  });

  it('can be taken back: what is named, or all that was said before', () => {
    const [first, second] = [consented('2026-11-18'), consented('2026-11-20')];
    expect(code(message, [first, second, revocation('2026-11-21', { supersedes: [second.id] })])).toBe('OK_CONSENT');
    expect(code(message, [first, second, revocation('2026-11-21')])).toBe('CONSENT_REVOKED');
    expect(code(message, [first, second, revocation('2026-11-19')])).toBe('OK_CONSENT');
    expect(code(message, [second, revocation('2026-11-21', { scope: 'sms' })])).toBe('OK_CONSENT');
  });
});

describe('leave that follows from what somebody did', () => {
  const message = contact('SI');

  it('lasted three months after an inquiry, and seven days since 18 October 2026', () => {
    const asked = (when: string) => [consented(when, { basis: 'inquiry' })];
    expect(code(message, asked('2026-06-15T16:00'), at('2026-09-14T20:00'))).toBe('OK_SI');
    expect(code(message, asked('2026-06-15T16:00'), at('2026-09-15T12:00'))).toBe('CONSENT_EXPIRED');
    expect(code(message, asked('2026-10-01'), at('2026-10-17T12:00'))).toBe('OK_SI');
    expect(code(message, asked('2026-10-01'), at('2026-10-18T12:00'))).toBe('CONSENT_EXPIRED');
    expect(code(message, asked('2026-11-16'))).toBe('OK_SI');
  });

  it('ends with the contract, and is not asked for where none is recorded', () => {
    expect(code(message, [consented('2020-01-01', { basis: 'contract' })])).toBe('OK_SI');
    expect(code(message, [consented('2020-01-01', { basis: 'contract' }, { expiresAt: at('2026-11-01') })])).toBe(
      'CONSENT_EXPIRED',
    );
    expect(code(message, [])).toBe('OK_SI');
  });

  it('is not touched when leave for something else is taken back', () => {
    const facts = [consented('2026-01-01', { basis: 'contract' }), consented('2026-01-01'), revocation('2026-02-01')];
    expect(code(message, facts)).toBe('OK_SI');
  });
});

describe('leave for promotion', () => {
  it('lasts as long as it says, half a year when it says nothing', () => {
    const promo = contact('P', { category: 1 });
    const wall = blockedFor('2024-01-01', 1);
    expect(code(promo, [wall, consented('2026-06-01')])).toBe('OK_CONSENT');
    expect(code(promo, [wall, consented('2026-05-01')])).toBe('DND_CATEGORY_1');
    expect(code(promo, [wall, consented('2025-01-01', {}, { expiresAt: at('2027-01-01') })])).toBe('OK_CONSENT');
  });
});
