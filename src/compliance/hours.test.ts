import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at, called, contact, NOON } from '../../test/kit/facts.ts';
import { US } from '../../test/kit/us-pack.ts';
import type { Contact, Fact, Verdict } from '../core/facts.ts';
import { e164, type Ms, ms } from '../core/ids.ts';
import { isoIst } from '../core/time.ts';
import { decide } from './decide.ts';
import { DEFAULT_POLICY, type Policy } from './policy.ts';
import { PROFILES } from './profiles.ts';

const TCCCPR: Policy = { profile: PROFILES['IN-TCCCPR'], strict: false };
const told = (verdict: Verdict): string => {
  const warned = verdict.warnings.map(({ code }) => ` (${code})`).join('');
  if (verdict.verdict === 'allow') return `allow${warned}`;
  const next = verdict.verdict === 'defer' ? ` until ${isoIst(verdict.nextAllowedAt).slice(0, 16)}` : '';
  return `${verdict.verdict} ${verdict.reasons.map(({ code }) => code).join(' ')}${next}`;
};
const at_ = (asked: Contact, when: string, policy = DEFAULT_POLICY, facts: readonly Fact[] = []) =>
  told(decide(asked, facts, at(when), policy));

describe('nine to nine, Indian time, for automatic calls through Exotel', () => {
  it.each([
    ['08:59:59.999', 'defer OUTSIDE_HOURS until 2026-11-23T09:00'],
    ['09:00', 'allow'],
    ['20:59:59.999', 'allow'],
    ['21:00', 'defer OUTSIDE_HOURS until 2026-11-24T09:00'],
  ])('a service call at %s: %s', (clock, expected) => {
    expect(at_(contact('SI'), `2026-11-23T${clock}`)).toBe(expected);
  });

  it('only warns for a code that was asked for and for the government, and leaves SMS and people who dial alone', () => {
    for (const kind of ['T', 'G'] as const) expect(at_(contact(kind), '2026-11-23T23:00')).toBe('allow (OUTSIDE_HOURS)');
    expect(at_(contact('SI', { channel: 'sms' }), '2026-11-23T23:00')).toBe('allow');
    expect(at_(contact('SI', { mode: 'VOICE' }), '2026-11-23T23:00')).toBe('allow');
    expect(at_(contact('SI', { mode: 'AUTO_LIVE' }), '2026-11-23T23:00')).toMatch(/^defer OUTSIDE_HOURS/);
  });
});

describe('other hours', () => {
  it('a regulated lender calls about overdue loans from eight to seven', () => {
    const recovery = contact('SI', { purpose: 'loan-recovery' });
    expect(at_(recovery, '2026-11-23T19:00')).toBe('defer OUTSIDE_HOURS until 2026-11-24T09:00');
    expect(at_(recovery, '2026-11-23T07:59', TCCCPR)).toBe('defer OUTSIDE_HOURS until 2026-11-23T08:00');
    expect(at_(recovery, '2026-11-23T18:59')).toBe('allow');
    expect(at_(recovery, '2022-08-11T20:00', TCCCPR)).toBe('allow');
  });

  it('the company’s own narrow the others, and never widen them', () => {
    const office: Policy = {
      ...DEFAULT_POLICY,
      hours: [
        { from: 600, to: 780 },
        { from: 840, to: 1380, days: [1, 2, 3, 4, 5] },
      ],
    };
    expect(at_(contact('SI'), '2026-11-23T09:30', office)).toBe('defer OUTSIDE_HOURS until 2026-11-23T10:00');
    expect(at_(contact('SI'), '2026-11-23T13:00', office)).toBe('defer OUTSIDE_HOURS until 2026-11-23T14:00');
    expect(at_(contact('SI'), '2026-11-23T22:00', office)).toBe('defer OUTSIDE_HOURS until 2026-11-24T10:00');
    expect(at_(contact('SI'), '2026-11-22T13:00', office)).toBe('defer OUTSIDE_HOURS until 2026-11-23T10:00');
    expect(at_(contact('SI'), '2026-11-23T12:00', { ...office, hours: [] })).toBe('block OUTSIDE_HOURS');
  });

  it('hours that never meet are a block, which says so', () => {
    const night: Policy = { ...DEFAULT_POLICY, hours: [{ from: 22 * 60, to: 23 * 60 }] };
    expect(at_(contact('SI'), '2026-11-23T12:00', night)).toBe('block NEVER_OPEN OUTSIDE_HOURS');
  });
});

describe('another country', () => {
  const number = e164('+12125550100');
  const survey = contact('SI', { number, purpose: 'survey' });
  const policy: Policy = { profile: US, strict: false };
  const next = (when: string, more: Partial<Policy> = {}) => {
    const verdict = decide(survey, [], at(when), { ...policy, ...more });
    return verdict.verdict === 'defer' ? verdict.nextAllowedAt : verdict.verdict;
  };

  it('has several windows a day, and days of their own, by the clock of the called party', () => {
    expect(next('2026-11-20T13:00-05:00')).toBe(at('2026-11-20T14:00-05:00'));
    expect(next('2026-11-20T21:00-05:00')).toBe(at('2026-11-21T09:00-05:00'));
    expect(next('2026-11-21T23:00-05:00')).toBe(at('2026-11-22T12:00-05:00'));
    expect(next('2026-11-20T14:00-05:00')).toBe('allow');
  });

  it('takes the zone that comes with the policy; India has one of its own', () => {
    const zone = 'America/Los_Angeles';
    expect(next('2026-11-20T13:00-08:00', { zone })).toBe(at('2026-11-20T14:00-08:00'));
    expect(next('2026-11-20T14:00-05:00', { zone })).toBe('allow');
    expect(at_(contact('SI'), '2026-11-23T08:59', { ...DEFAULT_POLICY, zone })).toMatch(/^defer/);
  });

  it('keeps its hours when the clocks change', () => {
    expect(next('2026-10-31T22:00-04:00')).toBe(at('2026-11-01T12:00-05:00'));
    expect(next('2026-03-07T22:00-05:00')).toBe(at('2026-03-08T12:00-04:00'));
  });
});

describe('how often a number is called', () => {
  const day = '2026-11-23';
  const calls = (...clocks: string[]) => clocks.map((clock) => called(`${day}T${clock}`));

  it('twice a day, a third time with a warning, no fourth', () => {
    expect(at_(contact('SI'), `${day}T15:00`, DEFAULT_POLICY, calls('10:00'))).toBe('allow');
    expect(at_(contact('SI'), `${day}T15:00`, DEFAULT_POLICY, calls('10:00', '12:00'))).toBe('allow (FREQ_DAY)');
    expect(at_(contact('SI'), `${day}T15:00`, DEFAULT_POLICY, calls('10:00', '12:00', '13:00'))).toBe(
      'defer FREQ_DAY until 2026-11-24T09:00',
    );
  });

  it('with an hour between, which may run into the night', () => {
    const last = `${day}T20:30:10`;
    const verdict = decide(contact('SI'), [called(last)], at(`${day}T20:40`), DEFAULT_POLICY);
    expect(verdict).toMatchObject({ verdict: 'defer', reasons: [{ code: 'FREQ_GAP', until: at(`${day}T21:30:10`) }] });
    expect(verdict).toMatchObject({ nextAllowedAt: at('2026-11-24T09:00') });
    expect(at_(contact('SI'), `${day}T10:59:59`, DEFAULT_POLICY, calls('10:00'))).toMatch(/^defer FREQ_GAP/);
    expect(at_(contact('SI'), `${day}T11:00`, DEFAULT_POLICY, calls('10:00'))).toBe('allow');
  });

  it('never holds back a code that was asked for; SMS, other days and what is yet to come do not count', () => {
    expect(at_(contact('T'), `${day}T14:10`, DEFAULT_POLICY, calls('10:00', '12:00', '14:00'))).toBe(
      'allow (FREQ_DAY) (FREQ_GAP)',
    );
    const sms = { ...called(`${day}T14:59`), channel: 'sms' } as Fact;
    const others = [
      sms,
      called('2026-11-22T20:00'),
      called('2026-11-22T20:30'),
      called('2026-11-22T20:40'),
      called(`${day}T16:00`),
    ];
    expect(at_(contact('SI'), `${day}T15:00`, DEFAULT_POLICY, others)).toBe('allow');
  });

  it('by figures of the company’s own', () => {
    const caps: Policy = { ...DEFAULT_POLICY, caps: { hard: 1, gapMinutes: 5 } };
    expect(at_(contact('SI'), `${day}T10:05`, caps, calls('10:00'))).toBe('defer FREQ_DAY until 2026-11-24T09:00');
  });
});

describe('the first instant that allows', () => {
  const clock = fc.integer({ min: 0, max: 20 * 24 * 60 }).map((minutes) => ms(NOON - minutes * 60_000));
  const windows = fc
    .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 1, max: 8 }), fc.subarray([0, 1, 2, 3, 4, 5, 6], { minLength: 1 }))
    .map(([from, hours, days]) => ({ from: from * 60, to: Math.min(24, from + hours) * 60, days }));

  it('allows, and no minute before it does', () => {
    fc.assert(
      fc.property(
        fc.constantFrom<Contact['class']>('P', 'SI', 'T'),
        fc.array(clock, { maxLength: 6 }),
        clock,
        fc.option(fc.array(windows, { minLength: 1, maxLength: 3 }), { nil: undefined }),
        fc.constantFrom(TCCCPR, DEFAULT_POLICY),
        (kind, calls, start, hours, usual) => {
          const facts = calls.map((when) => called(when));
          const policy: Policy = { ...usual, ...(hours && { hours }), holidays: ['2026-11-20'] };
          const verdict = decide(contact(kind), facts, start, policy);
          if (verdict.verdict !== 'defer') return;
          const then = (when: Ms) => decide(contact(kind), facts, when, policy).verdict;
          expect(then(verdict.nextAllowedAt)).toBe('allow');
          for (const minutes of [1, 7, 61, 600]) {
            const before = ms(verdict.nextAllowedAt - minutes * 60_000);
            if (before >= start) expect(then(before)).not.toBe('allow');
          }
          expect(then(ms(verdict.nextAllowedAt - 1))).not.toBe('allow');
        },
      ),
      { numRuns: 300 },
    );
  });
});
