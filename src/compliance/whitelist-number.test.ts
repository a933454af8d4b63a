import { describe, expect, it } from 'vitest';
import { ASHA, at, BINA, called, contact, optOut, registered } from '../../test/kit/facts.ts';
import {
  came,
  deleted,
  hired,
  left,
  missedCall,
  posted,
  saidStart,
  saidStop,
  standing,
  unblocked,
} from '../../test/kit/whitelist-facts.ts';
import { type Fact, WHOLE_ACCOUNT } from '../core/facts.ts';
import { decide } from './decide.ts';
import { DEFAULT_POLICY } from './policy.ts';
import { endOfTerm } from './whitelist-months.ts';
import { standingIn, vendorStatus } from './whitelist-number.ts';
import { numberStory } from './whitelist-story.ts';
import { WHITELIST_SWITCHES } from './whitelist-switches.ts';

const ground = (facts: readonly Fact[], when: string) => standingIn(WHITELIST_SWITCHES)(ASHA, facts, at(when)).ground;
const vendor = (facts: readonly Fact[], when: string) => vendorStatus(numberStory(facts, at(when), WHITELIST_SWITCHES), at(when));

describe('months', () => {
  it.each([
    ['2026-10-01T10:00', 6, '2027-04-01'],
    ['2026-05-22T23:59:59.999', 6, '2026-11-22'],
    ['2026-03-15', 2, '2026-05-15'],
    ['2026-12-31T18:00', 2, '2027-02-28'],
    ['2027-12-31T18:00', 2, '2028-02-29'],
    ['2026-08-31', 6, '2027-02-28'],
    ['2026-11-30', 3, '2027-02-28'],
  ])('of the calendar: %s and %i months: good up to the start of %s', (from, months, until) => {
    expect(endOfTerm(at(from), months)).toBe(at(until));
  });

  it('begin with the day in India, wherever the sun is', () => {
    expect(endOfTerm(at('2026-05-21T18:30:00Z'), 6)).toBe(at('2026-11-22'));
    expect(endOfTerm(at('2026-05-21T18:29:59.999Z'), 6)).toBe(at('2026-11-21'));
  });

  it('of so many days each, where somebody reads them so', () => {
    expect(endOfTerm(at('2026-05-22T10:00'), 6, 30)).toBe(at('2026-11-18'));
  });

  it('long ago are months too', () => {
    expect(endOfTerm(at('0050-03-31'), 1)).toBe(at('0050-04-30'));
    expect(endOfTerm(at('1969-12-31T20:00'), 2)).toBe(at('1970-02-28'));
  });
});

describe('a registered number through Exotel, by its facts', () => {
  const dnd = registered('2025-01-01', { block: 'full' });
  const may = (facts: readonly Fact[], when: string, inboundMonths = 2) => {
    const policy = { ...DEFAULT_POLICY, whitelist: standingIn({ ...WHITELIST_SWITCHES, inboundMonths }) };
    const verdict = decide(contact('T'), [dnd, ...facts], at(when), policy);
    return verdict.verdict === 'allow' ? verdict.ground.code : verdict.reasons.map(({ code }) => code);
  };

  it('may be called for two calendar months after its own call; for six by the later page', () => {
    const call = [came('2026-03-15T10:00')];
    expect(may(call, '2026-05-14T23:59')).toBe('OK_WHITELIST');
    expect(may(call, '2026-05-15T00:00')).toEqual(['DND_NOT_WHITELISTED']);
    expect(may(call, '2026-05-15T00:00', 6)).toBe('OK_WHITELIST');
    expect(may(call, '2026-09-14T23:59', 6)).toBe('OK_WHITELIST');
    expect(may(call, '2026-09-15T00:00', 6)).toEqual(['DND_NOT_WHITELISTED']);
  });

  it('may be called for six calendar months after the company added it', () => {
    const added = [posted('2026-05-22T10:00')];
    expect(may(added, '2026-11-21T23:59')).toBe('OK_WHITELIST');
    expect(may(added, '2026-11-22T00:00')).toEqual(['DND_NOT_WHITELISTED']);
  });

  it('may not while it has yet to subscribe, nor after it unsubscribed', () => {
    expect(may([posted('2026-05-22', 'subscribe')], '2026-05-23')).toEqual(['DND_NOT_WHITELISTED']);
    const no = [posted('2026-05-22'), missedCall('2026-05-23')];
    expect(may(no, '2026-05-24')).toEqual(['WL_BLACKLIST', 'DND_NOT_WHITELISTED']);
  });

  it('is refused in a run of the past too, once it said no', () => {
    const facts = [posted('2026-05-22'), missedCall('2026-06-10')];
    expect(may(facts, '2026-06-01')).toEqual(['WL_BLACKLIST', 'DND_NOT_WHITELISTED']);
    expect(may([...facts, unblocked('2026-06-12')], '2026-06-01')).toBe('OK_WHITELIST');
    expect(may([posted('2026-05-22'), deleted('2026-06-10')], '2026-06-01')).toBe('OK_WHITELIST');
  });
});

describe('the ground of a standing', () => {
  it.each([
    ['the whitelist does not know it', []],
    ['the company added it to the whitelist on 2026-05-22', [posted('2026-05-22')]],
    ['the company added it to the whitelist on 2026-05-22', [posted('2026-05-22'), came('2026-05-23')]],
    ['it called or wrote to the company on 2026-05-23', [came('2026-05-23')]],
    ['it was asked to subscribe on 2026-05-22, and has not done so', [posted('2026-05-22', 'subscribe')]],
    ['it gave a missed call to the whitelist line on 2026-05-23', [posted('2026-05-22', 'subscribe'), missedCall('2026-05-23')]],
    ['it gave a missed call to the whitelist line on 2026-05-23', [posted('2026-05-22'), missedCall('2026-05-23')]],
    ['it answered STOP on 2026-05-23', [saidStop('2026-05-23'), came('2026-05-24')]],
    ['it asked for contact again on 2026-05-24', [saidStop('2026-05-23'), saidStart('2026-05-24')]],
    ['the company took it off the whitelist on 2026-05-23', [posted('2026-05-22'), deleted('2026-05-23')]],
    ['it became an agent of the company on 2026-05-23', [posted('2026-05-22'), hired('2026-05-23')]],
    ['it stopped being an agent of the company on 2026-05-23', [hired('2026-05-22'), left('2026-05-23')]],
    ['an administrator unblocked it on 2026-05-23', [missedCall('2026-05-22'), unblocked('2026-05-23')]],
    ['it called or wrote to the company on 2026-03-30, which ended on 2026-05-30', [came('2026-03-30')]],
    ['it was asked to subscribe on 2025-11-30, and did not by 2026-05-30', [posted('2025-11-30', 'subscribe')]],
  ] as const)('%s', (says, facts) => expect(ground(facts, '2026-06-01')).toBe(says));

  it('names the fact it rests on, and none that changed nothing', () => {
    const [added, no] = [posted('2026-05-22'), missedCall('2026-05-23')];
    const facts = [posted('2026-05-30'), added, no, missedCall('2026-05-31')];
    expect(standingIn(WHITELIST_SWITCHES)(ASHA, facts, at('2026-06-01'))).toMatchObject({ status: 'blacklist', facts: [no] });
  });
});

describe('what the vendor answers', () => {
  it.each([
    ['of a number it does not know', [], { Status: 'Neutral', Type: '', Expiry: -1 }],
    [
      'of one that has yet to subscribe: neutral',
      [posted('2026-06-01', 'subscribe')],
      { Status: 'Neutral', Type: '', Expiry: -1 },
    ],
    [
      'of one that the company added',
      [posted('2026-06-01')],
      { Status: 'Whitelist', Type: 'API', Expiry: 182 * 86_400 + 43_200 },
    ],
    ['of one that called', [came('2026-06-01')], { Status: 'Whitelist', Type: 'Customer', Expiry: 60 * 86_400 + 43_200 }],
    [
      'of one that the company added, and that called',
      [posted('2026-06-01'), came('2026-06-01')],
      { Status: 'Whitelist', Type: 'API', Expiry: 182 * 86_400 + 43_200 },
    ],
    [
      'of one that called later, and is good for longer by that',
      [posted('2026-01-01'), came('2026-06-01')],
      { Status: 'Whitelist', Type: 'Customer', Expiry: 60 * 86_400 + 43_200 },
    ],
    ['of an agent', [posted('2026-06-01'), hired('2026-06-01')], { Status: 'Whitelist', Type: 'Agent', Expiry: -1 }],
    ['of one that unsubscribed', [missedCall('2026-06-01')], { Status: 'Blacklist', Type: '', Expiry: -1 }],
    ['of one whose time is over', [came('2026-03-01')], { Status: 'Neutral', Type: '', Expiry: -1 }],
  ] as const)('%s', (_, facts, answer) => expect(vendor(facts, '2026-06-01T12:00')).toEqual(answer));

  it('counts the seconds up, so that the last is not the end already', () => {
    expect(vendor([came('2026-06-01')], '2026-07-31T23:59:59.999').Expiry).toBe(1);
    expect(vendor([came('2026-06-01')], '2026-08-01').Status).toBe('Neutral');
  });
});

describe('facts of others', () => {
  it('are passed over: of other numbers, of prefixes, of the account', () => {
    const others = [
      posted('2026-05-01', 'unsubscribe', { number: BINA }),
      posted('2026-05-01', 'unsubscribe', { number: '+9198765*' }),
      missedCall('2026-05-02', { number: '+9198765*' }),
      saidStop('2026-05-03', { number: '+91*' }),
      saidStop('2026-05-03', { number: WHOLE_ACCOUNT }),
      optOut('2026-05-04'),
      called('2026-05-05'),
    ];
    expect(standing(others, '2026-06-01')).toBe('neutral');
  });

  it('agents may be told by a prefix, such as all lines of an office', () => {
    const office = hired('2026-05-01', { number: '+9198765*' });
    expect(standing([office], '2026-06-01')).toBe('whitelist agent');
    expect(standing([office], '2026-06-01', {}, BINA)).toBe('neutral');
    expect(standing([office, left('2026-05-02')], '2026-06-01')).toBe('neutral');
    expect(standing([office, left('2026-05-02', { number: '+91*' })], '2026-06-01')).toBe('neutral');
  });
});

describe('things of the same instant', () => {
  const T = '2026-06-01T10:00';
  it('a message comes before its answer, whatever the order and the ids', () => {
    const facts = [missedCall(T, { id: 'a' }), posted(T, 'unsubscribe', { id: 'b' })];
    expect(standing(facts, T)).toBe('blacklist');
    expect(standing(facts.toReversed(), T)).toBe('blacklist');
    const yes = [missedCall(T, { id: 'a' }), posted(T, 'subscribe', { id: 'b' })];
    expect(standing(yes, T)).toBe('whitelist api until 2026-12-01 00:00:00');
  });

  it('a no comes after a yes', () => {
    expect(standing([saidStop(T, { id: 'a' }), saidStart(T, { id: 'b' }), came(T, 'sms')], T)).toBe('blacklist');
    expect(standing([deleted(T, { id: 'a' }), posted(T, 'unsubscribe', { id: 'b' })], T)).toBe('neutral');
  });
});
