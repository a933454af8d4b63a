import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ASHA, at, BINA, called, optOut } from '../../test/kit/facts.ts';
import {
  came,
  deleted,
  hired,
  LINE,
  left,
  listed,
  missedCall,
  posted,
  recorded,
  saidStart,
  saidStop,
  setBack,
  unblocked,
} from '../../test/kit/whitelist-facts.ts';
import type { Fact } from '../core/facts.ts';
import { e164, type Ms, ms } from '../core/ids.ts';
import { type NumberEvent, newNumber, numberAfter } from './whitelist.ts';
import { accountStory } from './whitelist-account.ts';
import { standingIn, vendorStatus } from './whitelist-number.ts';
import { type Books, deleteNumbers, postNumbers } from './whitelist-post.ts';
import { numberStory } from './whitelist-story.ts';
import { WHITELIST_SWITCHES, type WhitelistSwitches } from './whitelist-switches.ts';

const START = at('2026-01-01');
const HALF_DAY = 43_200_000;
const END = ms(START + 800 * HALF_DAY);

/** Instants fall together often. */
const instant = fc.integer({ min: 0, max: 700 }).map((halves) => ms(START + halves * HALF_DAY));
const numbers = [ASHA, BINA, ...[0, 1, 2, 3].map((i) => e164(`+91980000000${i}`))] as const;
const someone = fc.constantFrom(...numbers);

type Make = (when: Ms, number: typeof ASHA) => Fact;
const MAKE: readonly Make[] = [
  (when, number) => posted(when, 'unsubscribe', { number }),
  (when, number) => posted(when, 'subscribe', { number }),
  (when, number) => missedCall(when, { number }),
  (when, number) => listed(when, { event: 'missed-call', answered: true }, { number }),
  (when, number) => deleted(when, { number }),
  (when, number) => hired(when, { number }),
  (when, number) => left(when, { number }),
  (when, number) => unblocked(when, { number }),
  (when, number) => came(when, 'voice', { number }),
  (when, number) => saidStop(when, { number }),
  (when, number) => saidStart(when, { number }),
  (when, number) => called(when, { number }),
  (when) => setBack(when),
];
const fact = fc.tuple(fc.constantFrom(...MAKE), instant, someone).map(([make, when, number]) => make(when, number));
const story = fc.array(fact, { maxLength: 25 });

const switches: fc.Arbitrary<WhitelistSwitches> = fc
  .record({
    flipEndsStanding: fc.boolean(),
    resettable: fc.boolean(),
    callBackHours: fc.constantFrom(0, 24),
    postLiftsUnsubscription: fc.boolean(),
    askedCountsAs: fc.constantFrom('Succeeded' as const, 'Redundant' as const),
    graceHours: fc.constantFrom(0, 36),
    strangersMissedCall: fc.constantFrom('unsubscribes' as const, 'nothing' as const),
    renewDays: fc.constantFrom(0, 30),
    deleteEndsInbound: fc.boolean(),
    countDays: fc.constantFrom(0, 30),
    scope: fc.constantFrom('account' as const, 'exophone' as const),
    monthDays: fc.constantFrom(0, 30),
    answeredCounts: fc.boolean(),
    flipAfter: fc.constantFrom(0, 1, 3),
  })
  .map((some) => ({ ...WHITELIST_SWITCHES, ...some }));

const books = (facts: readonly Fact[], when: Ms, s: WhitelistSwitches): Books => ({
  account: accountStory(facts, when, s, LINE),
  company: 'Kaveri',
  exophones: [],
  country: 'IN',
  about: (number) => facts.filter((one) => one.number === number),
});

describe('any request', () => {
  const given = fc.array(
    fc.oneof(
      someone,
      someone.map((number) => ` 0${number.slice(3)}`),
      fc.constantFrom('', '98', '9.8E+9', '02223456789'),
      fc.string(),
    ),
    { maxLength: 12 },
  );

  it('has counters that add up, tells of every number, and changes exactly what it counts', () => {
    fc.assert(
      fc.property(story, given, instant, switches, fc.boolean(), (facts, list, when, s, adds) => {
        const request = { numbers: list, exophone: LINE, language: 'en', actor: 'api' };
        const answer = adds
          ? postNumbers(request, books(facts, when, s), when, s)
          : deleteNumbers(request, books(facts, when, s), when, s);
        if (!answer.ok) throw new Error(answer.says);
        const { Total, Duplicate, Processed, Succeeded, Redundant, Failed } = answer.counters;
        expect([Total, Processed]).toEqual([Duplicate + Processed, Succeeded + Redundant + Failed]);
        expect(answer.results.map((one) => one.given)).toEqual(list);
        expect(
          answer.results.every(({ became, why }) => (why === undefined) === (became === 'succeeded' || became === 'duplicate')),
        ).toBe(true);
        if (s.askedCountsAs === 'Succeeded') expect(answer.facts).toHaveLength(Succeeded);
        expect(answer.sms).toHaveLength(adds ? answer.facts.length : 0);
        if (answer.message.includes('The numbers have been')) expect(Succeeded).toBeGreaterThan(0);
      }),
      { numRuns: 300 },
    );
  });

  it('made again at once does nothing more', () => {
    fc.assert(
      fc.property(story, given, instant, switches, (facts, list, when, s) => {
        const request = { numbers: list, exophone: LINE, language: 'en', actor: 'api' };
        const known = facts.filter((one) => one.at < when);
        const first = postNumbers(request, books(known, when, s), when, s);
        if (!first.ok) throw new Error(first.says);
        const then = [...known, ...recorded(first.facts)];
        expect(postNumbers(request, books(then, when, s), when, s)).toMatchObject({ ok: true, facts: [], sms: [] });
      }),
      { numRuns: 200 },
    );
  });
});

describe('any story', () => {
  it('ends in one of four states, with an answer of the vendor that agrees with it', () => {
    fc.assert(
      fc.property(story, instant, switches, (facts, when, s) => {
        const own = facts.filter((one) => one.number === ASHA && one.kind !== 'contacted');
        const told = numberStory(own, when, s);
        const { value, context } = told.snapshot;
        const { Status, Type, Expiry } = vendorStatus(told, when);
        expect(['neutral', 'pending', 'whitelist', 'blacklist']).toContain(value);
        expect(Object.keys(context.grounds).length > 0).toBe(value === 'whitelist');
        expect(Status === 'Whitelist').toBe(value === 'whitelist');
        expect(Status === 'Blacklist').toBe(value === 'blacklist');
        expect(Type !== '').toBe(value === 'whitelist');
        expect(Expiry === -1 || Expiry > 0).toBe(true);
      }),
    );
  });

  it('is the same in whatever order it was recorded', () => {
    const shuffled = story.chain((facts) =>
      fc.tuple(fc.constant(facts), fc.shuffledSubarray(facts, { minLength: facts.length })),
    );
    fc.assert(
      fc.property(shuffled, instant, switches, ([facts, otherwise], when, s) => {
        const of = (some: readonly Fact[]) => {
          const account = accountStory(some, when, s);
          return [account, ...numbers.map((number) => standingIn(s, account.flips)(number, some, when))];
        };
        expect(of(otherwise)).toEqual(of(facts));
      }),
      { numRuns: 200 },
    );
  });

  it('with a no added at its end is never a whitelisting, at whatever instant it is asked', () => {
    fc.assert(
      fc.property(story, instant, switches, fc.boolean(), (facts, when, s, texted) => {
        const no = texted ? saidStop(END) : [posted(END, 'unsubscribe', { actor: 'last' }), missedCall(END)];
        const unasked = facts.filter((one) => one.kind !== 'whitelist' || one.whitelist.event !== 'post');
        const { status } = standingIn({ ...s, callBackHours: 0, strangersMissedCall: 'unsubscribes' })(
          ASHA,
          [...unasked, no].flat(),
          when,
        );
        expect(status).toBe('blacklist');
      }),
    );
  });

  it('is told with a ground, and with facts of that number alone', () => {
    fc.assert(
      fc.property(story, someone, instant, switches, (facts, number, when, s) => {
        const { ground, facts: own = [] } = standingIn(s)(number, [...facts, optOut(START)], when);
        expect(ground).not.toBe('');
        expect(own.every((one) => one.number === number)).toBe(true);
      }),
    );
  });

  it('counts as unsubscribed only whoever said no, and no one twice', () => {
    fc.assert(
      fc.property(story, instant, switches, (facts, when, s) => {
        const { unsubscribed, counted, mode } = accountStory(facts, when, s);
        const sayers = facts.filter((one) => one.at <= when && (one.kind === 'opt-out' || one.kind === 'whitelist'));
        for (const { number, at: instantOf } of unsubscribed) {
          expect(sayers.some((one) => one.number === number && one.at === instantOf)).toBe(true);
        }
        expect(new Set(unsubscribed.map(({ number }) => number)).size).toBe(unsubscribed.length);
        expect(counted).toBeLessThanOrEqual(unsubscribed.length);
        if (counted > s.flipAfter) expect(mode).toBe('opt-in');
      }),
    );
  });
});

describe('any events', () => {
  const number = fc.integer({ min: 0, max: 1000 });
  const event: fc.Arbitrary<NumberEvent> = fc.oneof(
    fc.record({ type: fc.constant('POST' as const), at: number, until: number, renews: fc.boolean(), lifts: fc.boolean() }),
    fc.record({ type: fc.constant('POST_ASKING' as const), at: number, quiet: fc.boolean(), lifts: fc.boolean() }),
    fc.record({ type: fc.constantFrom('SAID_YES' as const, 'INBOUND' as const), until: number }),
    fc.record({
      type: fc.constantFrom(...(['SAID_NO', 'STOP', 'AGENT_ADDED', 'AGENT_REMOVED', 'UNBLOCK', 'FLIPPED'] as const)),
    }),
    fc.record({ type: fc.constant('DELETE' as const), keepsInbound: fc.boolean() }),
    fc.record({ type: fc.constant('TIME' as const), at: number, unanswered: fc.boolean() }),
  );

  it('keep a number in its four states, whitelisted exactly as long as there is a ground', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 40 }), (events) => {
        let snapshot = newNumber();
        for (const one of events) {
          snapshot = numberAfter(snapshot, one).to;
          expect(Object.keys(snapshot.context.grounds).length > 0).toBe(snapshot.value === 'whitelist');
          if (snapshot.value === 'blacklist') expect(snapshot.context.refused).toBe(true);
        }
        expect(['neutral', 'pending', 'whitelist', 'blacklist']).toContain(snapshot.value);
      }),
    );
  });
});
