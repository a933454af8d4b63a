import { describe, expect, it } from 'vitest';
import { ASHA, at, called, complaint, contact, NOON, optOut, registered } from '../../test/kit/facts.ts';
import type { Contact, Fact } from '../core/facts.ts';
import { e164, type Ms } from '../core/ids.ts';
import { decide } from './decide.ts';
import type { Sector } from './packs/pack.ts';
import { DEFAULT_POLICY, type Policy, type Standing } from './policy.ts';
import { PROFILES } from './profiles.ts';

const TCCCPR: Policy = { profile: PROFILES['IN-TCCCPR'], strict: false };
const told = (
  asked: Contact,
  more: Partial<Policy> = {},
  when: Ms = NOON,
  facts: readonly Fact[] = [],
  base = DEFAULT_POLICY,
) => {
  const verdict = decide(asked, facts, when, { ...base, ...more });
  const warned = verdict.warnings.map(({ code }) => ` (${code})`).join('');
  const named = verdict.verdict === 'allow' ? [verdict.ground] : verdict.reasons;
  return `${verdict.verdict} ${named.map(({ code }) => code).join(' ')}${warned}`;
};

describe('the number that is shown', () => {
  const shows = (kind: Contact['class'], national: string, sector?: Sector, when = '2026-11-22T12:00') =>
    told(contact(kind, { exophone: e164(`+91${national}`) }), { ...(sector && { sector }) }, at(when), [], TCCCPR);

  it('is one of the 140 series for promotion, since 20 March 2025', () => {
    expect(shows('P', '1401234567')).toMatch(/^allow/);
    expect(shows('P', '8047112345')).toMatch(/^block CLI_WRONG_SERIES/);
    expect(shows('P', '8047112345', undefined, '2025-03-19T12:00')).toMatch(/^allow/);
  });

  it.each<[Sector, string]>([
    ['bank', '2026-01-01'],
    ['large-nbfc', '2026-02-01'],
    ['small-bank', '2026-02-01'],
    ['fund', '2026-02-15'],
    ['insurance', '2026-02-15'],
    ['nbfc', '2026-03-01'],
    ['stockbroker', '2026-03-15'],
  ])('is one of the 1600 series for a service call of a %s, from %s on', (sector, day) => {
    const before = new Date(Date.parse(`${day}T00:00:00Z`) - 1).toISOString().slice(0, 10);
    expect(shows('SI', '8047112345', sector, `${before}T12:00`)).toBe('allow OK_SI');
    expect(shows('SI', '8047112345', sector, `${day}T12:00`)).toBe('block CLI_WRONG_SERIES');
    expect(shows('SI', '1600123456', sector, `${day}T12:00`)).toBe('allow OK_SI');
  });

  it('is advised to be one of the 1601 series for a courier, and the two are kept apart', () => {
    expect(shows('SI', '8047112345', 'courier')).toBe('allow OK_SI (CLI_WRONG_SERIES)');
    expect(shows('SI', '8047112345', 'courier', '2026-11-07T12:00')).toBe('allow OK_SI');
    expect(shows('SI', '1600123456', 'courier')).toMatch(/^block CLI_WRONG_SERIES/);
    expect(shows('SI', '1601123456', 'other')).toBe('block CLI_WRONG_SERIES');
    expect(shows('SI', '8047112345', 'other')).toBe('allow OK_SI');
  });

  it('is one of the company’s, where these are known, and is masked in the reason', () => {
    const exophones = [e164('+918047112345')];
    const asked = contact('SI', { exophone: e164('+918047999999') });
    expect(told(asked, { exophones })).toBe('block CLI_UNREGISTERED');
    expect(JSON.stringify(decide(asked, [], NOON, { ...DEFAULT_POLICY, exophones }))).not.toContain('8047999999');
    expect(told(contact('SI', { exophone: e164('+918047112345') }), { exophones })).toBe('allow OK_SI');
  });
});

describe('what is known of the sender', () => {
  it('stops it when it is not registered, not declared or barred; what is not told stops nothing', () => {
    expect(told(contact('T'), { registered: false })).toBe('block SENDER_UNREGISTERED');
    expect(told(contact('SI'), { declared: false })).toBe('block A2P_UNDECLARED');
    expect(told(contact('SI', { mode: 'VOICE' }), { declared: false })).toBe('allow OK_SI');
    expect(told(contact('SI'), { declared: false }, at('2026-11-16T12:00'))).toBe('allow OK_SI (A2P_UNDECLARED)');
    expect(told(contact('G'), { barredUntil: at('2026-11-23') })).toBe('block SENDER_BARRED');
    expect(told(contact('SI'), { barredUntil: NOON, registered: true, declared: true })).toBe('allow OK_SI');
  });

  it('wants the register looked at every day, for what the register can stop', () => {
    const asked = contact('P', { category: 1 });
    expect(told(asked, { registryAt: at('2026-11-21T12:00') }, NOON, [], TCCCPR)).toMatch(/^allow/);
    expect(told(asked, { registryAt: at('2026-11-21T11:59') }, NOON, [], TCCCPR)).toMatch(/^block REGISTRY_STALE/);
    expect(told(contact('SI'), { registryAt: at('2026-01-01') })).toBe('allow OK_SI');
  });

  it('wants a way out in promotion, and advises one in service calls', () => {
    expect(told(contact('P', { optOutOffered: false }), {}, NOON, [], TCCCPR)).toMatch(/^block NO_OPT_OUT_OFFERED/);
    expect(told(contact('SI', { optOutOffered: false }))).toBe('allow OK_SI (NO_OPT_OUT_OFFERED)');
    expect(told(contact('T', { optOutOffered: false }))).toBe('allow OK_T');
  });
});

describe("the vendor's whitelist", () => {
  const dnd = [registered('2026-01-01', { block: 'promo' })];
  const as = (status: Standing['status']): Partial<Policy> => ({
    whitelist: () => ({ status, type: 'api', ground: 'for the test' }),
  });

  it('opens a registered number to service calls; any other needs none', () => {
    for (const kind of ['SI', 'T'] as const) {
      expect(told(contact(kind), as('whitelist'), NOON, dnd)).toBe('allow OK_WHITELIST');
      expect(told(contact(kind), as('neutral'), NOON, dnd)).toBe('block DND_NOT_WHITELISTED');
      expect(told(contact(kind), {}, NOON, dnd)).toBe('block DND_NOT_WHITELISTED');
      expect(told(contact(kind), as('neutral'))).toBe(`allow OK_${kind}`);
    }
    expect(told(contact('G'), as('neutral'), NOON, dnd)).toBe('allow OK_G');
    expect(told(contact('P'), as('whitelist'), NOON, dnd)).toMatch(/^block PROVIDER_NO_PROMO/);
  });

  it('only warns for an SMS, where the sources differ', () => {
    expect(told(contact('T', { channel: 'sms' }), as('neutral'), NOON, dnd)).toBe('allow OK_T (DND_NOT_WHITELISTED)');
  });

  it('stops whoever unsubscribed, registered or not; the government passes', () => {
    expect(told(contact('T'), as('blacklist'))).toBe('block WL_BLACKLIST');
    expect(told(contact('G'), as('blacklist'))).toBe('allow OK_G (WL_BLACKLIST)');
    expect(told(contact('T'), as('blacklist'), NOON, [], TCCCPR)).toBe('allow OK_T');
  });
});

describe('a request for leave', () => {
  const request = contact('SI', { channel: 'sms', purpose: 'consent-request' });

  it('waits ninety days after the last no, lifted since or not, and the verdict says until when', () => {
    const verdict = decide(request, [optOut('2026-08-01'), optOut('2026-10-01', { scope: 'sms' })], NOON, TCCCPR);
    expect(verdict).toMatchObject({ verdict: 'block' });
    expect(verdict).toMatchObject({
      reasons: expect.arrayContaining([expect.objectContaining({ code: 'RESOLICIT_90D', until: at('2026-12-30') })]),
    });
  });

  it('goes by SMS after that, once more; never when strict, by call, or to whom the company listed itself', () => {
    const asked = (more: Partial<Policy>, out = optOut('2026-01-01'), of: Partial<Contact> = {}) =>
      told({ ...request, ...of }, more, NOON, [out], TCCCPR);
    expect(asked({})).toBe('allow OK_SI (OPTED_OUT)');
    expect(asked({ strict: true })).toBe('block OPTED_OUT');
    expect(asked({}, optOut('2026-01-01'), { channel: 'voice' })).toBe('block OPTED_OUT');
    expect(asked({}, optOut('2026-01-01', { source: 'complaint' }))).toBe('block DNC_TENANT');
    expect(asked({}, optOut('2026-01-01'), { purpose: 'reminder' })).toBe('block OPTED_OUT');
  });
});

describe('promotional words', () => {
  const says = (text: string, kind: Contact['class'] = 'SI') => told(contact(kind, { text }), {}, NOON, [], TCCCPR);

  it.each(['Flat 20% off today', 'CASHBACK inside', 'a limited  time thing', 'Diwali sale', 'best offers'])(
    '"%s" sells',
    (text) => {
      expect(says(text)).toMatch(/^allow OK_NOT_DND.*CLASS_MIXED_PROMO/);
    },
  );

  it.each(['Your sale deed is ready', 'Wholesale', 'Call our toll free line', 'Your offer letter', 'officer'])(
    '"%s" does not',
    (text) => {
      expect(says(text)).toBe('allow OK_SI');
    },
  );

  it('are the government’s own affair, and were no rule before the second amendment', () => {
    expect(says('Free ration: offer ends today', 'G')).toBe('allow OK_G');
    expect(told(contact('SI', { text: 'a sale' }), {}, at('2025-01-20T12:00'), [], TCCCPR)).toBe('allow OK_SI');
  });
});

describe('a rule', () => {
  it('only warns by the company’s wish; its own list cannot be switched off', () => {
    const night = at('2026-11-22T23:00');
    expect(told(contact('SI'), { without: ['EXOTEL-HOURS'] }, night)).toBe('allow OK_SI (OUTSIDE_HOURS)');
    expect(told(contact('SI'), { without: ['HOUSE-OPT-OUT', 'HOUSE-DNC'] }, NOON, [optOut('2026-01-01')])).toBe(
      'block OPTED_OUT',
    );
  });

  it('known from memory only warns and changes no class, unless asked to be strict', () => {
    const late = contact('T', { transactionAt: at('2025-01-20T11:00') });
    expect(told(late, {}, at('2025-01-20T12:00'), [], TCCCPR)).toBe('allow OK_T (TXN_WINDOW_EXCEEDED)');
    expect(told(late, { strict: true }, at('2025-01-20T12:00'), [], TCCCPR)).toBe('allow OK_SI (TXN_WINDOW_EXCEEDED)');
  });

  it('is the one of the day of the contact: January 2025 is not today', () => {
    const facts = [registered('2024-01-01', { block: 'promo' }), called('2025-01-20T09:30')];
    const asked = contact('P', { category: 1, exophone: e164('+918047112345') });
    const then = decide(asked, facts, at('2025-01-20T12:00'), TCCCPR);
    const now = decide(asked, facts, at('2026-11-20T12:00'), TCCCPR);
    const ids = (verdict: typeof then) => (verdict.verdict === 'allow' ? [] : verdict.reasons.map(({ rule }) => rule?.id));
    expect([ids(then), ids(now)]).toEqual([['IN18-REGISTER'], ['IN25-REGISTER', 'IN26-140']]);
  });

  it('that is known from the press alone warns, up to the day from which its text is known', () => {
    const asked = contact('P', { category: 1, exophone: e164('+918047112345') });
    const known = (when: string) => decide(asked, [], at(when), TCCCPR);
    expect(known('2026-07-09T12:00')).toMatchObject({ verdict: 'allow', warnings: [{}, { rule: { id: 'IN25-140' } }] });
    expect(known('2026-07-10T12:00')).toMatchObject({ verdict: 'block', reasons: [{ rule: { id: 'IN26-140' } }] });
  });

  it('tells its doubt with every reason', () => {
    const verdict = decide(contact('P', { category: 1 }), [], at('2026-11-23T09:30'), TCCCPR);
    expect(verdict).toMatchObject({ reasons: [{ rule: { id: 'IN18-BANDS', doubt: expect.stringContaining('from memory') } }] });
  });
});

describe('a complaint', () => {
  it('is told whenever the person is contacted again', () => {
    const facts = [complaint('2026-10-01'), complaint('2026-10-02')];
    expect(told(contact('SI'), {}, NOON, facts)).toBe('allow OK_SI (COMPLAINED)');
    expect(decide(contact('SI', { number: ASHA }), facts, NOON).warnings[0]?.says).toBe('this person complained 2 times');
  });
});
