import { describe, expect, it } from 'vitest';
import { ASHA, at, BINA } from '../../test/kit/facts.ts';
import { came, LINE, missedCall, posted, recorded, refusals, saidStop, standing } from '../../test/kit/whitelist-facts.ts';
import type { Fact } from '../core/facts.ts';
import { e164 } from '../core/ids.ts';
import { accountStory } from './whitelist-account.ts';
import { LANGUAGES } from './whitelist-languages.ts';
import { type Answered, type Books, deleteNumbers, type PostRequest, postNumbers } from './whitelist-post.ts';
import { WHITELIST_SWITCHES, type WhitelistSwitches } from './whitelist-switches.ts';

const NOW = at('2026-06-10T12:00');
const ADDED =
  'The numbers have been added to the whitelist. If DND number gives a missed call to unsubscribe, the corresponding number will be removed from whitelist.';

const books = (facts: readonly Fact[], more: Partial<Books> = {}): Books => ({
  account: accountStory(facts, NOW, WHITELIST_SWITCHES),
  company: 'Kaveri Clinic',
  exophones: [LINE],
  country: 'IN',
  about: (number) => facts.filter((fact) => fact.number === number),
  ...more,
});

const request = (numbers: readonly string[], more: Partial<PostRequest> = {}): PostRequest => ({
  numbers,
  exophone: LINE,
  language: 'en',
  actor: 'asha',
  ...more,
});

const post = (
  numbers: readonly string[],
  facts: readonly Fact[] = [],
  more: { request?: Partial<PostRequest>; books?: Partial<Books>; switches?: Partial<WhitelistSwitches> } = {},
) => postNumbers(request(numbers, more.request), books(facts, more.books), NOW, { ...WHITELIST_SWITCHES, ...more.switches });

const answered = (...args: Parameters<typeof post>): Answered => {
  const answer = post(...args);
  if (!answer.ok) throw new Error(answer.says);
  return answer;
};

describe('adding numbers', () => {
  it('counts each of them once, in its own way', () => {
    const known = [posted('2026-06-01', 'unsubscribe', { number: BINA })];
    const answer = answered(['98765 43210', '09876543210', '+91-9812345678', '98765', ' 98765', '+919812345678', ''], known);
    expect(answer.counters).toEqual({ Total: 7, Duplicate: 3, Processed: 4, Succeeded: 1, Redundant: 1, Failed: 2 });
    expect(answer.results.map(({ became, why }) => (why ? `${became}: ${why}` : became))).toEqual([
      'succeeded',
      'duplicate',
      'redundant: it is on the whitelist already',
      'failed: an Indian number has 10 digits, this one 5',
      'duplicate',
      'duplicate',
      'failed: it is empty',
    ]);
  });

  it('writes one fact and sends one message for each that succeeded, in the vendor’s words', () => {
    const answer = answered(['9876543210', '9876543210', 'x']);
    expect(answer.message).toBe(ADDED);
    expect(answer.facts).toEqual([
      {
        kind: 'whitelist',
        number: ASHA,
        scope: 'all',
        source: 'api',
        at: NOW,
        actor: 'asha',
        whitelist: { event: 'post', exophone: LINE, language: 'en', asks: 'unsubscribe' },
      },
    ]);
    expect(answer.sms).toEqual([
      {
        to: ASHA,
        text: "You've registered with Kaveri Clinic and permitted us to call you. If this is not the case, please give a missed call to 08047112345. Thank you!",
      },
    ]);
  });

  it('never says that numbers were added when none were', () => {
    for (const numbers of [[], ['98765'], ['']]) {
      const { message, facts, sms, counters } = answered(numbers);
      expect({ message, facts, sms }).toEqual({ message: 'No numbers were added to the whitelist.', facts: [], sms: [] });
      expect(counters.Succeeded).toBe(0);
    }
  });

  it('does not take a landline, which no message reaches', () => {
    const { counters, results } = answered(['022 2345 6789', '5876543210']);
    expect(counters).toMatchObject({ Total: 2, Failed: 2 });
    expect(results[0]?.why).toBe('it is a landline, which the message does not reach');
  });

  it('whitelists at once while three have unsubscribed, and asks after the fourth', () => {
    const three = answered(['9876543210'], refusals(3));
    expect(standing(recorded(three.facts), '2026-06-10T12:00')).toBe('whitelist api until 2026-12-10 00:00:00');
    const four = answered(['9876543210'], refusals(4));
    expect(standing(recorded(four.facts), '2026-06-10T12:00')).toBe('pending');
    expect(four.counters).toMatchObject({ Succeeded: 1, Redundant: 0 });
    expect(four.message).toBe(
      'The message has been sent. A number will be added to the whitelist when it gives a missed call to subscribe.',
    );
    expect(four.sms[0]?.text).toBe(
      "You've registered with Kaveri Clinic. As you're on DND, please authorise us to call you by giving a missed call to 08047112345",
    );
  });

  it('asks nobody twice within a day, and no one who unsubscribed', () => {
    const asked = [...refusals(4), posted('2026-06-09T12:00:00.001', 'subscribe')];
    const { results, sms } = answered(
      ['9876543210', '9800000000', '9812345678'],
      [...asked, saidStop('2026-06-01', { number: BINA })],
    );
    expect(results.map(({ why }) => why)).toEqual([
      'it was asked to subscribe a short while ago',
      'it has unsubscribed',
      'it has unsubscribed',
    ]);
    expect(sms).toEqual([]);
    const later = answered(['9876543210'], [...refusals(4), posted('2026-06-09T12:00', 'subscribe')]);
    expect(later.counters.Succeeded).toBe(1);
  });

  it('writes an ExoPhone of another country as it is', () => {
    const { sms } = answered(['9876543210'], [], { request: { exophone: '+14155552671' }, books: { exophones: [] } });
    expect(sms[0]?.text).toContain('a missed call to +14155552671.');
  });
});

describe('a request that is refused changes nothing', () => {
  it.each([
    [{ switches: { agreementSigned: false } }, 403, 'The agreement about calling NCPR numbers is not signed for this account.'],
    [{ request: { exophone: '12' } }, 400, 'VirtualNumber "12" is no phone number: an Indian number has 10 digits, this one 2.'],
    [{ request: { exophone: '' } }, 400, 'VirtualNumber "" is no phone number: it is empty.'],
    [{ request: { exophone: '09876543210' } }, 400, 'VirtualNumber +91 98xxxxx210 is no ExoPhone of this account.'],
    [{ request: { language: 'xx' } }, 400, 'Language "xx" is not known; use en, hi, kn, ta, te, ml, mr, gu, bn, pa.'],
    [{ request: { language: 'constructor' } }, 400, 'Language "constructor" is not known; use en, hi,'],
    [{ request: { language: 'hi' }, switches: { uncertainLanguage: 'refuse' } }, 400, 'Language "hi" is not known; use en.'],
  ] as const)('%j', (more, status, says) => {
    expect(post(['9876543210'], [], more)).toEqual({ ok: false, status, says: expect.stringContaining(says) });
  });

  it('any ExoPhone goes where the account has not named its own', () => {
    expect(post(['9876543210'], [], { request: { exophone: '080-4711-9999' }, books: { exophones: [] } })).toMatchObject({
      ok: true,
      facts: [{ whitelist: { exophone: '+918047119999' } }],
    });
  });
});

describe('languages', () => {
  it('English is certain; the others go out in English, and say so', () => {
    const english = answered(['9876543210']);
    expect(english.notes).toEqual([]);
    for (const language of Object.keys(LANGUAGES).filter((code) => code !== 'en')) {
      const { notes, sms, facts } = answered(['9876543210'], [], { request: { language } });
      expect(notes, language).toEqual([
        expect.stringMatching(/^It is not certain that the vendor knows \w+; .* English here\.$/),
      ]);
      expect(sms).toEqual(english.sms);
      expect(facts).toMatchObject([{ whitelist: { language } }]);
    }
  });
});

describe('deleting numbers', () => {
  const known = [
    posted('2026-06-01'),
    came('2026-06-01', 'voice', { number: BINA }),
    posted('2026-06-01', 'unsubscribe', { number: e164('+919811111111') }),
    missedCall('2026-06-02', { number: e164('+919811111111') }),
  ];
  const del = (...numbers: string[]) => deleteNumbers({ numbers, actor: 'asha' }, books(known), NOW, WHITELIST_SWITCHES);

  it('counts as adding does, and never lifts an unsubscription', () => {
    const answer = del('9876543210', '9812345678', '9812345678', '9811111111', '9822222222', '1');
    expect(answer.counters).toEqual({ Total: 6, Duplicate: 1, Processed: 5, Succeeded: 2, Redundant: 2, Failed: 1 });
    expect(answer.message).toBe('The numbers have been deleted from the whitelist.');
    expect(answer.facts.map(({ number }) => number)).toEqual([ASHA, BINA]);
    expect(answer.results.map(({ why }) => why)).toEqual([
      undefined,
      undefined,
      undefined,
      'it has unsubscribed',
      'it is not on the whitelist',
      'an Indian number has 10 digits, this one 1',
    ]);
    expect(standing([...known, ...recorded(answer.facts)], '2026-06-10T12:00')).toBe('neutral');
  });

  it('says so when there was nothing to delete', () => {
    expect(del('9811111111')).toMatchObject({ message: 'No numbers were deleted from the whitelist.', facts: [], sms: [] });
  });
});
