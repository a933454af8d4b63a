import { describe, expect, it } from 'vitest';
import { at, called, consented, contact, NOON, optOut, registered, revocation } from '../../test/kit/facts.ts';
import type { Contact, Fact } from '../core/facts.ts';
import type { Ms } from '../core/ids.ts';
import { decide } from './decide.ts';
import { DEFAULT_POLICY, type Policy } from './policy.ts';
import { rehearsed } from './rehearsal.ts';

const NIGHT = at('2026-11-22T23:00');

const rehearse = (asked: Contact, facts: readonly Fact[] = [], when: Ms = NOON, policy: Policy = DEFAULT_POLICY) =>
  rehearsed(decide(asked, facts, when, policy));

describe('a rehearsal', () => {
  it('goes on at night, and says until when it would wait in earnest', () => {
    expect(rehearse(contact('SI'), [], NIGHT)).toMatchObject({
      verdict: 'allow',
      ground: {
        code: 'REHEARSAL',
        says: expect.stringMatching(/^this is a rehearsal, .* it would wait until 2026-11-23 09:00:00 IST: it is 23:00 there; /),
      },
      warnings: [{ code: 'OUTSIDE_HOURS', effect: 'defer' }],
    });
  });

  it('goes on for a fourth call of the day, a wrong number shown, and promotion without leave', () => {
    const calls = [called('2026-11-22T09:00'), called('2026-11-22T10:00'), called('2026-11-22T11:00')];
    expect(rehearse(contact('SI'), calls)).toMatchObject({ verdict: 'allow', warnings: [{ code: 'FREQ_DAY' }] });
    expect(rehearse(contact('P', { exophone: contact('P').number }), []).verdict).toBe('block');
    expect(rehearse(contact('P', { category: 1 }))).toMatchObject({
      verdict: 'allow',
      ground: { says: expect.stringContaining('it would be blocked') },
      warnings: [{ code: 'PROVIDER_NO_PROMO' }, { code: 'CONSENT_MISSING' }],
    });
    const sender = { ...DEFAULT_POLICY, registered: false, declared: false, barredUntil: NIGHT };
    const codes = rehearse(contact('SI'), [], NOON, sender).warnings.map(({ code }) => code);
    expect(codes).toEqual(['SENDER_UNREGISTERED', 'A2P_UNDECLARED', 'SENDER_BARRED']);
  });

  it.each<[string, Contact, Fact[], string]>([
    ['an opt-out', contact('SI'), [optOut('2026-11-01', { key: '9', source: 'key-press' })], 'OPTED_OUT'],
    ['an entry of the company', contact('SI'), [optOut('2026-11-01', { source: 'manual' })], 'DNC_TENANT'],
    ['the register', contact('SE'), [registered('2026-11-21', { block: 'full' })], 'DND_FULL_BLOCK'],
    ['a DND number without a whitelist', contact('SI'), [registered('2026-11-21', { block: 'full' })], 'DND_NOT_WHITELISTED'],
    ['leave taken back', contact('SE'), [consented('2026-11-20'), revocation('2026-11-21')], 'CONSENT_REVOKED'],
    ['a short code', contact('SI', { number: '+911909' as Contact['number'] }), [], 'NUMBER_INVALID'],
  ])('is stopped by %s, and warned of the hours at night', (_, asked, facts, code) => {
    const verdict = rehearse(asked, facts, NIGHT);
    expect(verdict.verdict).toBe('block');
    const codes = verdict.verdict === 'allow' ? [] : verdict.reasons.map((reason) => reason.code);
    expect(codes).toContain(code);
    expect(codes).not.toContain('OUTSIDE_HOURS');
    expect(verdict.warnings.map((reason) => reason.code)).toContain('OUTSIDE_HOURS');
  });

  it('changes no leave', () => {
    const verdict = decide(contact('SI'), [], NOON);
    expect(rehearsed(verdict)).toBe(verdict);
  });
});
