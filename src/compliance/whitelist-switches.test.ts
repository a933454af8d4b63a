import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ASHA, at, BINA, called } from '../../test/kit/facts.ts';
import {
  came,
  deleted,
  listed,
  missedCall,
  posted,
  recorded,
  refusals,
  saidStop,
  setBack,
  standing,
} from '../../test/kit/whitelist-facts.ts';
import { ROOT } from '../../test/source-files.ts';
import type { Fact } from '../core/facts.ts';
import { e164 } from '../core/ids.ts';
import { accountStory } from './whitelist-account.ts';
import { postNumbers } from './whitelist-post.ts';
import { readSwitches, SWITCH_VALUES, WHITELIST_SWITCHES, type WhitelistSwitches } from './whitelist-switches.ts';

const FIRST = e164('+918047111111');
const SECOND = e164('+918047112222');

const account = (facts: readonly Fact[], when: string, switches: Partial<WhitelistSwitches> = {}, exophone?: typeof FIRST) =>
  accountStory(facts, at(when), { ...WHITELIST_SWITCHES, ...switches }, exophone);

/** The company adds Asha at an instant: where she stands then, and the answer. */
function posts(facts: readonly Fact[], when: string, switches: Partial<WhitelistSwitches> = {}) {
  const s = { ...WHITELIST_SWITCHES, ...switches };
  const answer = postNumbers(
    { numbers: [ASHA], exophone: FIRST, language: 'en', actor: 'api' },
    {
      account: accountStory(facts, at(when), s, FIRST),
      company: 'Kaveri',
      exophones: [],
      country: 'IN',
      about: (number) => facts.filter((fact) => fact.number === number),
    },
    at(when),
    s,
  );
  if (!answer.ok) throw new Error(answer.says);
  const { counters, message, sms } = answer;
  const counted = counters.Succeeded === 1 ? 'Succeeded' : 'Redundant';
  return {
    counted,
    message,
    sms: sms.map(({ text }) => text),
    stands: standing([...facts, ...recorded(answer.facts)], when, switches),
  };
}

describe('what the vendor leaves open, in both readings', () => {
  it('A0: an own call whitelists for two months, or for six', () => {
    const call = [came('2026-03-15')];
    expect(standing(call, '2026-05-15')).toBe('neutral');
    expect(standing(call, '2026-05-15', { inboundMonths: 6 })).toBe('whitelist customer until 2026-09-15 00:00:00');
  });

  it('A1: whoever is whitelisted when the account flips stays so, or does not', () => {
    const facts = [...refusals(4), posted('2026-05-01'), came('2026-05-02', 'voice', { number: BINA })];
    const ends = { flipEndsStanding: true };
    const { flips } = account(facts, '2026-06-01', ends);
    expect(flips).toEqual([{ at: at('2026-05-05') }]);
    expect(standing(facts, '2026-05-06', {}, ASHA, flips)).toBe('whitelist api until 2026-11-01 00:00:00');
    expect(standing(facts, '2026-05-04', ends, ASHA, flips)).toBe('whitelist api until 2026-11-01 00:00:00');
    expect(standing(facts, '2026-05-05', ends, ASHA, flips)).toBe('neutral');
    expect(standing(facts, '2026-05-06', ends, BINA, flips)).toBe('whitelist customer until 2026-07-02 00:00:00');
    expect(posts(facts, '2026-05-06')).toMatchObject({ counted: 'Redundant' });
    expect(posts(facts, '2026-05-06', ends)).toMatchObject({ counted: 'Succeeded' });
  });

  it('A1: nobody unsubscribes from what a flip has ended, and whoever subscribed stays', () => {
    const yes = [posted('2026-04-01', 'subscribe'), missedCall('2026-04-02')];
    const facts = [...refusals(6), setBack('2026-05-06T12:00'), ...yes];
    expect(account(facts, '2026-06-01')).toMatchObject({ counted: 1 });
    const story = account(facts, '2026-06-01', { flipEndsStanding: true });
    expect(story).toMatchObject({ mode: 'opt-out', counted: 0, flips: [{ at: at('2026-05-05') }] });
    expect(story.unsubscribed).toHaveLength(4);
    expect(standing(facts, '2026-05-06', { flipEndsStanding: true }, ASHA, story.flips)).toMatch(/^whitelist api/);
  });

  it('A1: a flip that came of people whom an earlier one ended is none', () => {
    const newcomer = [posted('2026-05-08'), missedCall('2026-05-10')];
    const facts = [...refusals(8), setBack('2026-05-05T12:00'), ...newcomer];
    expect(account(facts, '2026-06-01').flips).toEqual([{ at: at('2026-05-05') }, { at: at('2026-05-09') }]);
    const story = account(facts, '2026-06-01', { flipEndsStanding: true });
    expect(story).toMatchObject({ mode: 'opt-out', counted: 1, flips: [{ at: at('2026-05-05') }] });
    expect(story.flips).toHaveLength(1);
    expect(story.unsubscribed.at(-1)?.number).toBe(ASHA);
  });

  it('A2: an administrator may set the account back, or nobody may', () => {
    const facts = [...refusals(4), setBack('2026-06-01')];
    expect(account(facts, '2026-06-01').mode).toBe('opt-out');
    expect(account(facts, '2026-06-01', { resettable: false })).toMatchObject({ mode: 'opt-in', resets: [] });
  });

  it('A3: whoever unsubscribed and called is not called back, or once within some hours', () => {
    const no = [posted('2026-06-01'), missedCall('2026-06-02')];
    const call = came('2026-06-10T10:00');
    const day = { callBackHours: 24 };
    expect(standing([...no, call], '2026-06-10T11:00')).toBe('blacklist');
    expect(standing([call, ...no], '2026-06-10T11:00', day)).toBe('whitelist customer until 2026-06-11 10:00:00');
    expect(standing([...no, call], '2026-06-11T10:00', day)).toBe('blacklist');
    expect(standing([...no, call], '2026-06-10T09:59', day)).toBe('blacklist');
    expect(standing([...no, call, called('2026-06-10T10:30')], '2026-06-10T11:00', day)).toBe('blacklist');
    expect(standing([...no, came('2026-06-10T10:00', 'sms')], '2026-06-10T11:00', day)).toBe('blacklist');
    expect(standing([came('2026-06-01T23:00'), ...no], '2026-06-02T01:00', day)).toBe('blacklist');
    const again = [call, came('2026-06-10T12:00'), called('2026-06-10T10:30'), ...no];
    expect(standing(again, '2026-06-10T13:00', day)).toBe('whitelist customer until 2026-06-11 12:00:00');
  });

  it('A4: adding whoever unsubscribed again does nothing, or lifts it', () => {
    const no = [posted('2026-06-01'), missedCall('2026-06-02')];
    expect(posts(no, '2026-06-10')).toMatchObject({ counted: 'Redundant', sms: [], stands: 'blacklist' });
    expect(posts(no, '2026-06-10', { postLiftsUnsubscription: true })).toMatchObject({
      counted: 'Succeeded',
      stands: 'whitelist api until 2026-12-10 00:00:00',
    });
    const asked = posts([...refusals(4), ...no], '2026-06-10', { postLiftsUnsubscription: true });
    expect(asked).toMatchObject({ counted: 'Succeeded', stands: 'pending' });
  });

  it('A5: somebody who has yet to subscribe counts as succeeded, or as redundant; the message goes out either way', () => {
    const redundant = posts(refusals(4), '2026-06-10', { askedCountsAs: 'Redundant' });
    expect(posts(refusals(4), '2026-06-10')).toEqual({ ...redundant, counted: 'Succeeded' });
    expect(redundant).toMatchObject({
      counted: 'Redundant',
      stands: 'pending',
      message: expect.stringMatching(/^The message has been sent/),
    });
    expect(redundant.sms).toHaveLength(1);
    expect(posts([], '2026-06-10', { askedCountsAs: 'Redundant' }).counted).toBe('Succeeded');
  });

  it('A6: whoever is added may be called at once, or after some hours to say no in', () => {
    const added = [posted('2026-06-10T10:00')];
    const day = { graceHours: 24 };
    expect(standing(added, '2026-06-10T10:00')).toMatch(/^whitelist api/);
    expect(standing(added, '2026-06-11T09:59', day)).toBe('pending');
    expect(standing(added, '2026-06-11T10:00', day)).toBe('whitelist api until 2026-12-10 00:00:00');
    expect(standing([...added, came('2026-06-01')], '2026-06-10T11:00', day)).toBe(
      'whitelist customer until 2026-08-01 00:00:00',
    );
    expect(standing([...added, posted('2026-12-01')], '2026-12-01', day)).toBe('whitelist api until 2027-06-01 00:00:00');
    const subscribed = [posted('2026-06-10', 'subscribe'), missedCall('2026-06-10T10:00')];
    expect(standing(subscribed, '2026-06-10T10:00', day)).toMatch(/^whitelist api/);
    const back = [posted('2026-01-01'), ...added, deleted('2026-03-01')];
    expect(standing(back, '2026-06-10T11:00', day)).toBe('pending');
  });

  it('A7: a missed call of somebody who was never asked is a no, or nothing', () => {
    expect(standing([missedCall('2026-06-01')], '2026-06-02')).toBe('blacklist');
    expect(standing([missedCall('2026-06-01')], '2026-06-02', { strangersMissedCall: 'nothing' })).toBe('neutral');
    const customer = [came('2026-05-01'), missedCall('2026-06-01')];
    expect(standing(customer, '2026-06-02', { strangersMissedCall: 'nothing' })).toMatch(/^whitelist customer/);
    const asked = [posted('2026-05-01'), missedCall('2026-06-01')];
    expect(standing(asked, '2026-06-02', { strangersMissedCall: 'nothing' })).toBe('blacklist');
  });

  it('A8: adding a number again renews it in its last thirty days, or never', () => {
    const added = [posted('2026-05-22')];
    expect(posts(added, '2026-10-22T23:59')).toMatchObject({ counted: 'Redundant', sms: [] });
    const renewed = posts(added, '2026-10-23');
    expect(renewed).toMatchObject({ counted: 'Succeeded', stands: 'whitelist api until 2027-04-23 00:00:00' });
    expect(renewed.sms).toHaveLength(1);
    expect(posts(added, '2026-11-21T23:59', { renewDays: 0 }).counted).toBe('Redundant');
    expect(posts(added, '2026-11-22', { renewDays: 0 }).counted).toBe('Succeeded');
  });

  it('A9: deleting a number ends what its own call gave it, or does not', () => {
    const gone = [posted('2026-06-01'), came('2026-06-01'), deleted('2026-06-02')];
    expect(standing(gone, '2026-06-03')).toBe('neutral');
    expect(standing(gone, '2026-06-03', { deleteEndsInbound: false })).toBe('whitelist customer until 2026-08-01 00:00:00');
  });

  it('A10: people who unsubscribed are counted for ever, or for so many days', () => {
    const facts = refusals(4);
    expect(account(facts, '2026-05-06').mode).toBe('opt-in');
    expect(account(facts, '2026-05-06', { countDays: 3 })).toMatchObject({ mode: 'opt-out', counted: 2 });
    expect(account(facts, '2026-05-06', { countDays: 4 }).mode).toBe('opt-in');
    expect(account(facts, '2027-05-06', { countDays: 4 })).toMatchObject({ mode: 'opt-in', counted: 0 });
  });

  it('A11: people are counted for the account, or for each line', () => {
    const person = (i: number, line: typeof FIRST) => {
      const number = e164(`+91980000000${i}`);
      return [posted('2026-05-01', 'unsubscribe', { number }, line), missedCall(`2026-05-0${i + 2}`, { number })];
    };
    const first = [0, 1, 2].flatMap((i) => person(i, FIRST));
    const facts = [...first, ...person(3, SECOND)];
    expect(account(facts, '2026-06-01').mode).toBe('opt-in');
    const lines = { scope: 'exophone' } as const;
    expect(account(facts, '2026-06-01', lines)).toMatchObject({ mode: 'opt-out', counted: 3 });
    const four = [...facts, ...person(4, FIRST)];
    expect(account(four, '2026-06-01', lines, FIRST)).toMatchObject({ mode: 'opt-in', counted: 4 });
    expect(account(four, '2026-06-01', lines, SECOND)).toMatchObject({ mode: 'opt-out', counted: 1 });
    expect(account(four, '2026-06-01', lines)).toMatchObject({ mode: 'opt-in', flips: [{ exophone: FIRST }] });
    const called = listed('2026-05-09', { event: 'missed-call', exophone: SECOND });
    expect(account([posted('2026-05-01'), called], '2026-06-01').unsubscribed).toMatchObject([{ exophone: SECOND }]);
  });

  it('A11 with A1: a flip of one line ends what that line’s messages gave', () => {
    const ends = { flipEndsStanding: true, scope: 'exophone' } as const;
    const added = [posted('2026-05-01', 'unsubscribe', {}, FIRST)];
    expect(standing(added, '2026-06-01', ends, ASHA, [{ at: at('2026-05-05'), exophone: FIRST }])).toBe('neutral');
    expect(standing(added, '2026-06-01', ends, ASHA, [{ at: at('2026-05-05'), exophone: SECOND }])).toMatch(/^whitelist/);
  });

  it('A12: months are those of the calendar, or of thirty days', () => {
    expect(standing([posted('2026-05-22')], '2026-11-21')).toBe('whitelist api until 2026-11-22 00:00:00');
    expect(standing([posted('2026-05-22')], '2026-11-17', { monthDays: 30 })).toBe('whitelist api until 2026-11-18 00:00:00');
    expect(standing([came('2026-05-22')], '2026-07-21', { monthDays: 30 })).toBe('neutral');
  });

  it('A13: the message has the developer page’s words, or the older article’s', () => {
    expect(posts([], '2026-06-10').sms[0]).toMatch(/^You've registered with Kaveri and permitted us/);
    expect(posts([], '2026-06-10', { wording: 'article' }).sms[0]).toMatch(
      /^This is to confirm that you have registered with Kaveri .* missed call to 08047111111\. Thank you\.$/,
    );
  });

  it('A14: an answered call on the whitelist line says what a missed one says, or nothing', () => {
    const facts = [posted('2026-06-01'), listed('2026-06-02', { event: 'missed-call', answered: true })];
    expect(standing(facts, '2026-06-03')).toBe('blacklist');
    expect(standing(facts, '2026-06-03', { answeredCounts: false })).toMatch(/^whitelist api/);
  });
});

describe('further switches', () => {
  it('how many months the API gives, when the account flips, and how soon somebody is asked again', () => {
    expect(standing([posted('2026-06-01')], '2026-06-02', { apiMonths: 1 })).toBe('whitelist api until 2026-07-01 00:00:00');
    expect(standing([posted('2026-06-01', 'subscribe')], '2026-07-01', { apiMonths: 1 })).toBe('neutral');
    expect(account(refusals(1), '2026-06-01', { flipAfter: 0 }).mode).toBe('opt-in');
    const asked = [...refusals(4), posted('2026-06-10T10:00', 'subscribe')];
    expect(posts(asked, '2026-06-10T11:00').counted).toBe('Redundant');
    expect(posts(asked, '2026-06-10T11:00', { quietHours: 1 }).counted).toBe('Succeeded');
    expect(standing([saidStop('2026-06-01')], '2026-06-02', { flipAfter: 0 })).toBe('blacklist');
  });
});

describe('switches as they are given', () => {
  it('are read from texts and values, over the defaults', () => {
    const given = { inboundMonths: '6', flipEndsStanding: true, resettable: 'no', scope: 'exophone', graceHours: 24 };
    expect(readSwitches(given)).toEqual({
      ok: true,
      switches: {
        ...WHITELIST_SWITCHES,
        inboundMonths: 6,
        flipEndsStanding: true,
        resettable: false,
        scope: 'exophone',
        graceHours: 24,
      },
    });
    expect(readSwitches({})).toEqual({ ok: true, switches: WHITELIST_SWITCHES });
    expect(readSwitches(WHITELIST_SWITCHES)).toEqual({ ok: true, switches: WHITELIST_SWITCHES });
  });

  it.each([
    [{ inboundMonth: 6 }, 'There is no switch "inboundMonth". Did you mean "inboundMonths"?'],
    [{ constructor: 1 }, 'There is no switch "constructor".'],
    [{ inboundMonths: 0 }, 'The switch inboundMonths is a whole number from 1 to 120, not "0".'],
    [{ inboundMonths: 2.5 }, 'The switch inboundMonths is a whole number from 1 to 120, not "2.5".'],
    [{ inboundMonths: '' }, 'The switch inboundMonths is a whole number from 1 to 120, not "".'],
    [{ resettable: 1 }, 'The switch resettable is true or false, not "1".'],
    [{ resettable: 'constructor' }, 'The switch resettable is true or false, not "constructor".'],
    [{ scope: 'line' }, 'The switch scope is account or exophone, not "line".'],
  ])('%j is refused', (given, says) => {
    expect(readSwitches(given)).toEqual({ ok: false, says: expect.stringContaining(says) });
  });

  it('are all told of in docs/whitelist.md, with what they are unless set', () => {
    const page = readFileSync(join(ROOT, 'docs/whitelist.md'), 'utf8');
    for (const name of Object.keys(SWITCH_VALUES) as (keyof WhitelistSwitches)[]) {
      expect(page).toContain(`\`${name}\` (${WHITELIST_SWITCHES[name]})`);
    }
    for (let i = 0; i <= 14; i++) expect(page).toContain(`| A${i} |`);
  });
});
