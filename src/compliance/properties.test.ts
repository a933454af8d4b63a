import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at, called, complaint, consented, NOON, optIn, optOut, registered, revocation } from '../../test/kit/facts.ts';
import type { Contact, Fact, Preference } from '../core/facts.ts';
import { e164, type Ms, ms } from '../core/ids.ts';
import { decide } from './decide.ts';
import type { Policy, Standing } from './policy.ts';
import { PROFILES } from './profiles.ts';

const DAY = 86_400_000;
/** Before noon, and often at the same instant as another. */
const past = fc.integer({ min: 0, max: 120 }).map((n) => ms(NOON - (n * DAY) / 4));
const scope = fc.constantFrom('all', 'voice', 'sms', 'campaign') as fc.Arbitrary<Fact['scope']>;
const source = fc.constantFrom<Fact['source']>('key-press', 'manual', 'web', 'csv', 'sms-stop');
const bands = fc.subarray(['i', 'iii', 'v', 'viii', 'ix'] as const);
const preference: fc.Arbitrary<Preference> = fc.record({
  block: fc.constantFrom('full', 'promo', 'categories', 'none'),
  categories: fc.subarray([1, 2, 8]),
  modes: fc.subarray(['ROBO', 'SMS']),
  days: fc.subarray([0, 1, 6, 'holiday']),
  bandsOff: bands,
  bandsOn: bands,
});

const stops: fc.Arbitrary<Fact> = fc.oneof(
  fc.tuple(past, scope, source).map(([when, on, from]) => optOut(when, { scope: on, source: from })),
  past.map((when) => complaint(when)),
  fc.tuple(past, scope).map(([when, on]) => revocation(when, { scope: on })),
  past.map((when) => called(when)),
);
const opens = fc.oneof(
  fc
    .tuple(past, source, fc.constantFrom('explicit', 'inquiry', 'contract'))
    .map(([when, from, basis]) => consented(when, { basis }, { source: from })),
  fc.tuple(past, preference).map(([when, wanted]) => registered(when, wanted)),
);
const facts: fc.Arbitrary<Fact[]> = fc
  .array(fc.oneof(stops, opens), { maxLength: 8 })
  .chain((known) =>
    fc
      .subarray(known.filter(({ kind }) => kind === 'opt-out'))
      .map((lifted) => (lifted.length > 0 ? [...known, optIn(NOON, lifted)] : known)),
  );

const asked: fc.Arbitrary<Contact> = fc.record({
  number: fc.constantFrom(e164('+919876543210')),
  channel: fc.constantFrom('voice', 'sms'),
  class: fc.constantFrom('P', 'SE', 'SI', 'T', 'G'),
  category: fc.constantFrom(1, 3),
  purpose: fc.constantFrom('consent-request', 'loan-recovery', 'survey'),
  transactionAt: fc.integer({ min: 0, max: 60 }).map((minutes) => ms(NOON - minutes * 60_000)),
});
const standing: fc.Arbitrary<Standing> = fc.record({
  status: fc.constantFrom('whitelist', 'neutral', 'blacklist'),
  type: fc.constant('api' as const),
  ground: fc.constant('for the test'),
});
const policy: fc.Arbitrary<Policy> = fc
  .tuple(fc.constantFrom(...Object.values(PROFILES)), fc.boolean(), standing)
  .map(([profile, strict, of]) => ({ profile, strict, whitelist: () => of, holidays: ['2026-11-23'] }));
const when = fc.integer({ min: 0, max: 3 * 1440 }).map((minutes) => ms(NOON + minutes * 60_000));

const RANK = { allow: 0, defer: 1, block: 2 };

describe('whatever is known and asked', () => {
  it('a fact that stops never turns a block into leave, nor anything into something milder', () => {
    fc.assert(
      fc.property(asked, facts, stops, when, policy, (contact, known, more, instant, by) => {
        const before = decide(contact, known, instant, by);
        const after = decide(contact, [...known, more], instant, by);
        expect(RANK[after.verdict]).toBeGreaterThanOrEqual(RANK[before.verdict]);
      }),
      { numRuns: 1000 },
    );
  });

  it('what has not happened yet, or is told of a prefix, lets nothing out', () => {
    const openings = fc.oneof(
      opens.map((fact): Fact => ({ ...fact, at: ms(NOON + 4 * DAY) })),
      opens.map((fact): Fact => ({ ...fact, number: '+9198765*' })),
      fc.tuple(past, fc.constantFrom('none', 'categories')).map(([at, block]): Fact => {
        return { ...registered(at, { block, bandsOn: ['i', 'iii', 'ix'] }), number: '+91*' };
      }),
    );
    fc.assert(
      fc.property(asked, facts, openings, when, policy, (contact, known, opening, instant, by) => {
        if (decide(contact, known, instant, by).verdict === 'allow') return;
        expect(decide(contact, [...known, opening], instant, by).verdict).not.toBe('allow');
      }),
      { numRuns: 1000 },
    );
  });

  it('the order of recording does not matter', () => {
    const shuffled = facts.chain((known) =>
      fc.tuple(fc.constant(known), fc.shuffledSubarray(known, { minLength: known.length })),
    );
    fc.assert(
      fc.property(asked, shuffled, when, policy, (contact, [known, other], instant, by) => {
        const told = ({ ...verdict }: ReturnType<typeof decide>) =>
          JSON.stringify(verdict, (key, value) => (key === 'facts' ? undefined : value));
        expect(told(decide(contact, other, instant, by))).toBe(told(decide(contact, known, instant, by)));
      }),
      { numRuns: 500 },
    );
  });

  it('a verdict names a ground or a reason, each in a sentence and with the rule it rests on', () => {
    fc.assert(
      fc.property(asked, facts, when, policy, (contact, known, instant, by) => {
        const verdict = decide(contact, known, instant, by);
        const named = verdict.verdict === 'allow' ? [verdict.ground] : verdict.reasons;
        expect(named.length).toBeGreaterThan(0);
        for (const { code, says, rule } of [...named, ...verdict.warnings]) {
          expect(code).toMatch(/^[A-Z][A-Za-z0-9_]+$/);
          expect(says).toMatch(/^\S.*[^.\s]$/);
          if (code !== 'NEVER_OPEN')
            expect(rule).toMatchObject({ id: expect.any(String), source: { grade: expect.any(String) } });
        }
      }),
      { numRuns: 500 },
    );
  });

  it('the worst reason decides, blocks stand before deferrals, and a deferral ends in leave', () => {
    fc.assert(
      fc.property(asked, facts, when, policy, (contact, known, instant, by) => {
        const verdict = decide(contact, known, instant, by);
        if (verdict.verdict === 'allow') return;
        const effects = verdict.reasons.map(({ effect }) => effect);
        expect(effects[0]).toBe(verdict.verdict);
        expect(effects).toEqual(effects.toSorted());
        if (verdict.verdict === 'block') return;
        const then = (at: number) => decide(contact, known, at as Ms, by).verdict;
        expect(then(verdict.nextAllowedAt)).toBe('allow');
        expect(then(Math.max(instant, verdict.nextAllowedAt - 60_000))).not.toBe('allow');
      }),
      { numRuns: 1000 },
    );
  });

  it('nothing is asked twice: the same question has the same answer, and no fact is changed', () => {
    const wall = Object.freeze([
      Object.freeze(optOut(at('2026-01-01'))),
      Object.freeze(registered('2026-01-01', { block: 'full' })),
    ]);
    const contact = { number: e164('+919876543210'), channel: 'voice', class: 'P' } as const;
    expect(decide(contact, wall, NOON)).toEqual(decide(contact, wall, NOON));
  });
});
