import { beforeEach, describe, expect, it } from 'vitest';
import { countingStamp } from '../../test/contracts/facts-contract.ts';
import { ASHA, at, BINA } from '../../test/kit/facts.ts';
import { LINE, refusals } from '../../test/kit/whitelist-facts.ts';
import { createMemoryStore, type Store } from '../adapters/store.ts';
import type { NewFact } from '../core/facts.ts';
import {
  accountAt,
  deleteFromWhitelist,
  inboundFact,
  missedCallFact,
  postToWhitelist,
  standingAt,
  type WhitelistBooks,
  type WhitelistHolder,
} from './whitelist-books.ts';
import { WHITELIST_SWITCHES } from './whitelist-switches.ts';

const HOLDER: WhitelistHolder = { company: 'Kaveri Clinic', exophones: [LINE], country: 'IN' };

describe('the whitelist of a store', () => {
  let store: Store;
  beforeEach(() => {
    store = createMemoryStore(countingStamp());
  });

  const books = (when: string, switches = WHITELIST_SWITCHES): WhitelistBooks => ({ facts: store.facts, at: at(when), switches });

  /** As whoever keeps the store does it. */
  async function post(when: string, numbers: readonly string[], exophone: string = LINE) {
    const answer = await postToWhitelist(books(when), { numbers, exophone, language: 'en', actor: 'api' }, HOLDER);
    if (answer.ok) await store.facts.record(answer.facts);
    return answer;
  }
  async function remove(when: string, numbers: readonly string[]) {
    const answer = await deleteFromWhitelist(books(when), { numbers, actor: 'api' }, 'IN');
    await store.facts.record(answer.facts);
    return answer.counters;
  }
  const vendor = async (when: string, number = ASHA) => (await standingAt(books(when), number)).vendor;
  const happens = (fact: NewFact) => store.facts.record([fact]);

  it('takes numbers, tells the vendor’s status of them, and writes only what its keeper records', async () => {
    const answer = await postToWhitelist(
      books('2026-05-01'),
      { numbers: [ASHA], exophone: '08047112345', language: 'en', actor: 'api' },
      HOLDER,
    );
    expect(answer).toMatchObject({ ok: true, counters: { Succeeded: 1 }, sms: [{ to: ASHA }], facts: [{ actor: 'api' }] });
    expect(await vendor('2026-05-01')).toEqual({ Status: 'Neutral', Type: '', Expiry: -1 });
    await post('2026-05-01', ['09876543210', '+919876543210', BINA]);
    expect(await vendor('2026-10-31T23:59:00')).toEqual({ Status: 'Whitelist', Type: 'API', Expiry: 60 });
    expect(await vendor('2026-11-01')).toEqual({ Status: 'Neutral', Type: '', Expiry: -1 });
  });

  it('knows what was there before', async () => {
    await post('2026-05-01', [ASHA]);
    expect(await post('2026-05-02', [ASHA, BINA, BINA])).toMatchObject({
      counters: { Total: 3, Duplicate: 1, Processed: 2, Succeeded: 1, Redundant: 1, Failed: 0 },
    });
    expect(await remove('2026-05-03', [ASHA, '+919800000009'])).toMatchObject({ Succeeded: 1, Redundant: 1 });
    expect((await vendor('2026-05-04')).Status).toBe('Neutral');
  });

  it('refuses a line that is none of the account’s', async () => {
    expect(await post('2026-05-01', [ASHA], '08047119999')).toMatchObject({ ok: false, status: 400 });
    expect(await post('2026-05-01', [ASHA], 'nobody')).toMatchObject({ ok: false, status: 400 });
  });

  it('hears a missed call, by the message that went out before it', async () => {
    await post('2026-05-01', [ASHA]);
    await happens(missedCallFact(ASHA, at('2026-05-02'), { exophone: LINE }));
    expect((await vendor('2026-05-03')).Status).toBe('Blacklist');
    expect(await accountAt(books('2026-05-03'))).toMatchObject({ mode: 'opt-out', counted: 1 });
  });

  it('asks people to subscribe once too many have unsubscribed, and then a missed call is a yes', async () => {
    await store.facts.record(refusals(4));
    expect(await post('2026-06-01', [ASHA])).toMatchObject({ message: expect.stringContaining('when it gives a missed call') });
    expect((await vendor('2026-06-01')).Status).toBe('Neutral');
    await happens(missedCallFact(ASHA, at('2026-06-02'), { answered: true }));
    expect(await vendor('2026-06-02')).toMatchObject({ Status: 'Whitelist', Type: 'API' });
  });

  it('is given by a call or an SMS of the person', async () => {
    await happens(inboundFact(ASHA, at('2026-05-01'), { channel: 'voice', exophone: LINE }));
    await happens(inboundFact(BINA, at('2026-05-01'), { channel: 'sms' }));
    for (const number of [ASHA, BINA]) expect(await vendor('2026-05-02', number)).toMatchObject({ Type: 'Customer' });
    expect((await standingAt(books('2026-05-02'), ASHA)).standing).toMatchObject({ status: 'whitelist', type: 'customer' });
  });

  it('is ended by the flip of the account with the switch that says so', async () => {
    await store.facts.record(refusals(4));
    await post('2026-05-04', [BINA]);
    const flipped = { ...WHITELIST_SWITCHES, flipEndsStanding: true };
    expect((await standingAt(books('2026-05-04', flipped), BINA)).standing.status).toBe('whitelist');
    expect((await standingAt(books('2026-05-06', flipped), BINA)).standing.status).toBe('neutral');
    expect((await standingAt(books('2026-05-06'), BINA)).standing.status).toBe('whitelist');
  });
});
