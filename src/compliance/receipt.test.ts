import { describe, expect, it } from 'vitest';
import { at, contact, optOut } from '../../test/kit/facts.ts';
import type { Contact, Fact } from '../core/facts.ts';
import { decide } from './decide.ts';
import { DEFAULT_POLICY, type Policy } from './policy.ts';
import { PROFILES } from './profiles.ts';
import { receipt } from './receipt.ts';

const print = (asked: Contact, facts: readonly Fact[], when: string, policy: Policy, violations?: number) =>
  receipt(decide(asked, facts, at(when), policy), asked, at(when), { policy, ...(violations !== undefined && { violations }) });

describe('a receipt', () => {
  it('of a deferral: what was asked, the rule and its source, warnings, and from when on', () => {
    const policy: Policy = { profile: PROFILES['IN-TCCCPR'], strict: false };
    expect(print(contact('P', { category: 1, campaign: 'diwali' }), [], '2026-11-23T09:30', policy)).toEqual([
      'DEFER  +91 98xxxxx210  call  promotional (P), category 1, campaign diwali',
      "at 2026-11-23 09:30:00 IST  India, by TRAI's regulation; what Exotel adds to it warns, or is not asked",
      '',
      'reasons',
      '  DND_BAND_iii  promotion is off from 08:00 to 10:00 for everybody who has not asked for it',
      '    IN18-BANDS: TCCCPR 2018 (TRAI, 6 of 2018), R (quoted from the primary text)',
      '    not certain: where the bands between 10:00 and 21:00 meet is from memory',
      '',
      'warnings',
      '  CONSENT_MISSING  promotion by an automatic call needs leave given before; no leave is recorded for it',
      '    EXOTEL-CONSENT: Exotel, "Automated Calls", SRC (a source document of this product)',
      '',
      'next',
      '  it may go out from 2026-11-23 10:00:00 IST',
    ]);
  });

  it('of a block by an opt-out: the deadlines of every source, and what violations lead to when asked', () => {
    const lines = print(
      contact('SI', { purpose: 'reminder' }),
      [optOut('2026-11-20T18:00', { key: '9' })],
      '2026-11-23T10:00',
      DEFAULT_POLICY,
      2,
    );
    expect(lines).toEqual([
      'BLOCK  +91 98xxxxx210  call  service-implicit (SI), reminder',
      'at 2026-11-23 10:00:00 IST  India, through Exotel',
      '',
      'reasons',
      '  OPTED_OUT  the number is on the do-not-call list since 2026-11-20 18:00:00 IST, for all calls and SMS: it pressed 9',
      '    HOUSE-OPT-OUT: Exotel, "Automated Calls", SRC (a source document of this product)',
      '',
      'an opt-out counts here at once; it must be honoured',
      expect.stringMatching(/^ {2}by 2026-11-21 18:00:00 IST: .* \(IN18-DAY: TCCCPR 2018/),
      expect.stringMatching(/^ {2}by 2026-12-02 00:00:00 IST: .* \(GUIDE-7-DAYS: StartMessaging/),
      '',
      '2 violations may lead to',
      expect.stringMatching(/^ {2}every connection cut for a year.*\(IN25-BAR: .*S \(second hand\)\)$/),
      expect.stringMatching(/^ {2}5,000 rupees \(GUIDE-LADDER: /),
    ]);
  });

  it('of leave names the ground; no whole number is on any', () => {
    const listed = [optOut('2026-11-20', { source: 'manual', reason: 'asked from 9812345678' })];
    const lines = [
      ...print(contact('SI'), [], '2026-11-23T10:00', DEFAULT_POLICY),
      ...print(contact('SI'), listed, '2026-11-23T10:00', DEFAULT_POLICY),
    ];
    expect(lines.slice(0, 5)).toEqual([
      'ALLOW  +91 98xxxxx210  call  service-implicit (SI)',
      'at 2026-11-23 10:00:00 IST  India, through Exotel',
      '',
      'ground',
      '  OK_SI  it serves a customer in what they already have, which no preference blocks',
    ]);
    expect(lines.join('\n')).not.toMatch(/\d{9}/);
  });
});
