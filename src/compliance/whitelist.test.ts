import { describe, expect, it } from 'vitest';
import { ASHA, at, registered } from '../../test/kit/facts.ts';
import {
  came,
  deleted,
  hired,
  LINE,
  left,
  missedCall,
  posted,
  recorded,
  saidStart,
  saidStop,
  standing,
  unblocked,
} from '../../test/kit/whitelist-facts.ts';
import type { Fact } from '../core/facts.ts';
import { accountStory } from './whitelist-account.ts';
import { type Books, deleteNumbers, postNumbers } from './whitelist-post.ts';
import { WHITELIST_SWITCHES } from './whitelist-switches.ts';

const NOW = '2026-06-10T12:00';

/** How a number came to be where it stands on 10 June 2026. */
const FROM = {
  'neutral: unknown': [],
  'neutral: its whitelisting ended': [posted('2025-11-01')],
  'neutral: asked to subscribe, then deleted': [posted('2026-06-01', 'subscribe'), deleted('2026-06-02')],
  'pending: asked today': [posted('2026-06-10', 'subscribe')],
  'pending: asked last week': [posted('2026-06-03', 'subscribe')],
  'whitelist: added': [posted('2026-06-01')],
  'whitelist: subscribed': [posted('2026-06-01', 'subscribe'), missedCall('2026-06-02')],
  'whitelist: called us': [came('2026-06-01')],
  'whitelist: added, and called us': [posted('2026-06-01'), came('2026-06-02')],
  'whitelist: agent': [hired('2026-06-01')],
  'whitelist: agent, and added before': [posted('2026-05-01'), hired('2026-06-01')],
  'blacklist: unsubscribed': [posted('2026-06-01'), missedCall('2026-06-02')],
  'blacklist: asked to subscribe, answered STOP': [posted('2026-06-01', 'subscribe'), saidStop('2026-06-02')],
  'blacklist: an agent for a while': [posted('2026-06-01'), missedCall('2026-06-02'), hired('2026-06-03'), left('2026-06-04')],
} as const satisfies Record<string, readonly Fact[]>;

type From = keyof typeof FROM;
type Row = readonly (readonly [from: From, then: string])[];

const counted = (facts: readonly Fact[]): string => {
  const { unsubscribed } = accountStory(facts, at(NOW), WHITELIST_SWITCHES);
  return unsubscribed.length > 0 ? ', counted' : '';
};

const books = (facts: readonly Fact[], mode: 'opt-out' | 'opt-in'): Books => ({
  account: { mode, flips: [] },
  company: 'Kaveri',
  exophones: [LINE],
  country: 'IN',
  about: (number) => facts.filter((fact) => fact.number === number),
});

/** What a request makes of the number: where it stands then, how it is counted, and the message that goes out. */
function requested(from: From, what: 'opt-out' | 'opt-in' | 'delete'): string {
  const facts = FROM[from];
  const answer =
    what === 'delete'
      ? deleteNumbers({ numbers: [ASHA], actor: 'api' }, books(facts, 'opt-out'), at(NOW), WHITELIST_SWITCHES)
      : postNumbers(
          { numbers: [ASHA], exophone: LINE, language: 'en', actor: 'api' },
          books(facts, what),
          at(NOW),
          WHITELIST_SWITCHES,
        );
  if (!answer.ok) return answer.says;
  const { Succeeded, Redundant } = answer.counters;
  const sms = answer.sms.map(({ text }) => (text.includes('authorise') ? '; asked to subscribe' : '; told how to unsubscribe'));
  const as = Succeeded === 1 ? 'Succeeded' : Redundant === 1 ? 'Redundant' : 'neither';
  return `${standing([...facts, ...recorded(answer.facts)], NOW)}; ${as}${sms.join('')}`;
}

const happened = (from: From, event: Fact): string => {
  const facts = [...FROM[from], event];
  return standing(facts, NOW) + counted(facts);
};

const STAYS_ADDED = 'whitelist api until 2026-12-01 00:00:00';
const ADDED_NOW = 'whitelist api until 2026-12-10 00:00:00; Succeeded; told how to unsubscribe';

describe('the company adds a number while people may unsubscribe', () => {
  it.each<Row[number]>([
    ['neutral: unknown', ADDED_NOW],
    ['neutral: its whitelisting ended', ADDED_NOW],
    ['pending: asked today', ADDED_NOW],
    ['whitelist: added', `${STAYS_ADDED}; Redundant`],
    ['whitelist: called us', ADDED_NOW],
    ['whitelist: agent', 'whitelist agent; Redundant'],
    ['blacklist: unsubscribed', 'blacklist; Redundant'],
    ['blacklist: an agent for a while', 'blacklist; Redundant'],
  ])('%s -> %s', (from, then) => expect(requested(from, 'opt-out')).toBe(then));
});

describe('the company adds a number while people must subscribe', () => {
  it.each<Row[number]>([
    ['neutral: unknown', 'pending; Succeeded; asked to subscribe'],
    ['pending: asked today', 'pending; Redundant'],
    ['pending: asked last week', 'pending; Succeeded; asked to subscribe'],
    ['whitelist: added', `${STAYS_ADDED}; Redundant`],
    ['whitelist: called us', 'whitelist customer until 2026-08-01 00:00:00; Redundant'],
    ['whitelist: agent', 'whitelist agent; Redundant'],
    ['blacklist: unsubscribed', 'blacklist; Redundant'],
  ])('%s -> %s', (from, then) => expect(requested(from, 'opt-in')).toBe(then));
});

describe('a missed call on the whitelist line', () => {
  it.each<Row[number]>([
    ['neutral: its whitelisting ended', 'blacklist'],
    ['whitelist: added', 'blacklist, counted'],
    ['whitelist: added, and called us', 'blacklist, counted'],
    ['whitelist: agent, and added before', 'blacklist, counted'],
    ['blacklist: unsubscribed', 'blacklist, counted'],
  ])('is a no to the message that lets people unsubscribe: %s -> %s', (from, then) =>
    expect(happened(from, missedCall(NOW))).toBe(then),
  );

  it('counts a person once, however often they call', () => {
    const facts = [...FROM['whitelist: added'], missedCall('2026-06-05'), missedCall('2026-06-06'), missedCall(NOW)];
    expect(accountStory(facts, at(NOW), WHITELIST_SWITCHES)).toMatchObject({
      counted: 1,
      unsubscribed: [{ number: ASHA, at: at('2026-06-05') }],
    });
  });

  it.each<Row[number]>([
    ['neutral: asked to subscribe, then deleted', 'neutral'],
    ['pending: asked today', 'whitelist api until 2026-12-10 00:00:00'],
    ['pending: asked last week', 'whitelist api until 2026-12-10 00:00:00'],
    ['whitelist: subscribed', 'whitelist api until 2026-12-10 00:00:00'],
    ['blacklist: asked to subscribe, answered STOP', 'whitelist api until 2026-12-10 00:00:00'],
  ])('is a yes to the message that asks people to subscribe: %s -> %s', (from, then) =>
    expect(happened(from, missedCall(NOW))).toBe(then),
  );

  it.each<Row[number]>([
    ['neutral: unknown', 'blacklist'],
    ['whitelist: called us', 'blacklist'],
    ['whitelist: agent', 'blacklist'],
  ])('is a no of whoever was never asked, and counts for nobody: %s -> %s', (from, then) =>
    expect(happened(from, missedCall(NOW))).toBe(then),
  );
});

describe('a call or an SMS of the person to the company', () => {
  it.each<Row[number]>([
    ['neutral: unknown', 'whitelist customer until 2026-08-10 00:00:00'],
    ['pending: asked today', 'whitelist customer until 2026-08-10 00:00:00'],
    ['whitelist: called us', 'whitelist customer until 2026-08-10 00:00:00'],
    ['whitelist: added', STAYS_ADDED],
    ['whitelist: agent', 'whitelist agent'],
    ['blacklist: unsubscribed', 'blacklist, counted'],
  ])('%s -> %s', (from, then) => {
    expect(happened(from, came(NOW))).toBe(then);
    expect(happened(from, came(NOW, 'sms'))).toBe(then);
  });

  it('shortens nothing that stands longer', () => {
    const early = [came('2026-06-01'), came('2026-05-01')];
    expect(standing(early, NOW)).toBe('whitelist customer until 2026-08-01 00:00:00');
  });
});

describe('STOP, and START', () => {
  it.each<Row[number]>([
    ['neutral: unknown', 'blacklist'],
    ['pending: asked today', 'blacklist'],
    ['whitelist: added', 'blacklist, counted'],
    ['whitelist: called us', 'blacklist, counted'],
    ['blacklist: asked to subscribe, answered STOP', 'blacklist'],
  ])('STOP: %s -> %s', (from, then) => expect(happened(from, saidStop(NOW))).toBe(then));

  it('START takes a no back, and is contact with the company by itself', () => {
    const facts = [...FROM['blacklist: unsubscribed'], saidStart('2026-06-05')];
    expect(standing(facts, NOW)).toBe('neutral');
    expect(standing([...facts, came('2026-06-05', 'sms')], NOW)).toBe('whitelist customer until 2026-08-05 00:00:00');
  });

  it('an opt-in takes back the STOP it names, whatever its date, and nothing else', () => {
    const stop = saidStop('2026-06-05');
    const names = (...ids: string[]) => saidStart('2026-06-06', { source: 'manual', supersedes: ids });
    expect(standing([stop, names(stop.id)], NOW)).toBe('neutral');
    expect(standing([stop, names('another')], NOW)).toBe('blacklist');
    for (const later of ['2026-06-06', '2026-06-08']) {
      expect(standing([{ ...stop, at: at(later) }, names(stop.id)], NOW)).toBe('neutral');
    }
    expect(standing([...FROM['blacklist: unsubscribed'], names(stop.id)], NOW)).toBe('blacklist');
  });
});

describe('the company deletes a number', () => {
  it.each<Row[number]>([
    ['neutral: unknown', 'neutral; Redundant'],
    ['pending: asked today', 'neutral; Succeeded'],
    ['whitelist: added', 'neutral; Succeeded'],
    ['whitelist: called us', 'neutral; Succeeded'],
    ['whitelist: added, and called us', 'neutral; Succeeded'],
    ['whitelist: agent', 'whitelist agent; Redundant'],
    ['whitelist: agent, and added before', 'whitelist agent; Succeeded'],
    ['blacklist: unsubscribed', 'blacklist; Redundant'],
  ])('%s -> %s', (from, then) => expect(requested(from, 'delete')).toBe(then));
});

describe('time', () => {
  it.each([
    ['whitelist: added', '2026-11-30T23:59:59.999', STAYS_ADDED],
    ['whitelist: added', '2026-12-01', 'neutral'],
    ['whitelist: called us', '2026-07-31T23:59:59.999', 'whitelist customer until 2026-08-01 00:00:00'],
    ['whitelist: called us', '2026-08-01', 'neutral'],
    ['whitelist: added, and called us', '2026-12-01', 'neutral'],
    ['whitelist: agent', '2099-01-01', 'whitelist agent'],
    ['pending: asked last week', '2026-12-02T23:59:59.999', 'pending'],
    ['pending: asked last week', '2026-12-03', 'neutral'],
    ['blacklist: unsubscribed', '2099-01-01', 'blacklist'],
  ] as const)('%s, on %s -> %s', (from, when, then) => expect(standing(FROM[from], when)).toBe(then));

  it('lets the ground that lasts longest count, whichever came first', () => {
    const api = posted('2026-01-10');
    const call = came('2026-07-01');
    expect(standing([api, call], '2026-07-02')).toBe('whitelist customer until 2026-09-01 00:00:00');
    expect(standing([api, came('2026-05-01')], '2026-05-02')).toBe('whitelist api until 2026-07-10 00:00:00');
    expect(standing([api, call], '2026-08-31')).toBe('whitelist customer until 2026-09-01 00:00:00');
  });
});

describe('agents of the company', () => {
  it.each<Row[number]>([
    ['neutral: unknown', 'whitelist agent'],
    ['pending: asked today', 'whitelist agent'],
    ['whitelist: added', 'whitelist agent'],
    ['blacklist: asked to subscribe, answered STOP', 'whitelist agent'],
  ])('join: %s -> %s', (from, then) => expect(happened(from, hired(NOW))).toBe(then));

  it.each<Row[number]>([
    ['neutral: unknown', 'neutral'],
    ['pending: asked today', 'pending'],
    ['whitelist: agent', 'neutral'],
    ['whitelist: agent, and added before', 'whitelist api until 2026-11-01 00:00:00'],
    ['whitelist: added', STAYS_ADDED],
    ['blacklist: asked to subscribe, answered STOP', 'blacklist'],
  ])('leave: %s -> %s', (from, then) => expect(happened(from, left(NOW))).toBe(then));

  it('have the no they said before count again when they leave, unless it was taken back', () => {
    const agent = [...FROM['blacklist: asked to subscribe, answered STOP'], hired('2026-06-03')];
    expect(standing([...agent, left('2026-06-05')], NOW)).toBe('blacklist');
    expect(standing([...agent, came('2026-06-04'), left('2026-06-05')], NOW)).toBe('blacklist');
    expect(standing([...agent, unblocked('2026-06-04'), left('2026-06-05')], NOW)).toBe('neutral');
    const called = [...agent, came('2026-06-04')];
    expect(standing([...called, unblocked('2026-06-05'), left('2026-06-06')], NOW)).toBe('neutral');
    expect(standing([...agent, missedCall('2026-06-04'), left('2026-06-05')], NOW)).toBe(
      'whitelist api until 2026-12-04 00:00:00',
    );
  });
});

describe('an administrator unblocks a number', () => {
  it.each<Row[number]>([
    ['neutral: unknown', 'neutral'],
    ['pending: asked today', 'pending'],
    ['whitelist: added', STAYS_ADDED],
    ['blacklist: asked to subscribe, answered STOP', 'neutral'],
    ['blacklist: an agent for a while', 'neutral, counted'],
  ])('%s -> %s', (from, then) => expect(happened(from, unblocked(NOW))).toBe(then));
});

describe('the register', () => {
  it.each<Row[number]>([
    ['neutral: unknown', 'neutral'],
    ['pending: asked today', 'pending'],
    ['whitelist: added', STAYS_ADDED],
    ['blacklist: asked to subscribe, answered STOP', 'blacklist'],
  ])('changes nothing on the whitelist, only the need for it: %s -> %s', (from, then) => {
    expect(happened(from, registered(NOW, { block: 'full' }))).toBe(then);
    expect(happened(from, registered(NOW, { block: 'none' }))).toBe(then);
  });
});
