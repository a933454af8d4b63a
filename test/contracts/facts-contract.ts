import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Fact, NewFact, Subject } from '../../src/core/facts.ts';
import { callId, e164, type Ms, ms } from '../../src/core/ids.ts';
import type { AuditTrail, FactImport, Facts, Ids, Outbox, Post } from '../../src/core/ports.ts';

/** What a store needs from outside, and what it gives. A store behind a network fits too: nothing here is synchronous. */
export type Contracted = FactImport & { facts: Facts; outbox: Outbox; audit: AuditTrail; close(): Promise<void> };
export type OpenContracted = (stamp: { ids: Ids; now: () => Ms }) => Promise<Contracted>;

export const ASHA = e164('+919876543210');
export const BINA = e164('+919812345678');
const CALL = callId('5f0c1d2e3a4b5c6d7e8f9a0b1c2d19co');

type Plain = Extract<NewFact, { kind: 'opt-out' | 'opt-in' | 'revocation' | 'complaint' }>;

export const optOut = (number: Subject = ASHA, more: Partial<Plain> = {}): Plain => ({
  kind: 'opt-out',
  number,
  scope: 'all',
  source: 'key-press',
  at: ms(1000),
  actor: 'caller',
  ...more,
});

export const post = (id: string, more: Partial<Post> = {}): Post => ({
  id,
  what: 'webhook',
  url: 'https://clinic.example/optouts',
  contentType: 'application/json',
  body: '{"number":"+919876543210"}',
  call: CALL,
  ...more,
});

const about = { number: ASHA, scope: 'all', at: ms(1000), actor: 'asha' } as const;
const EVERY_KIND: readonly NewFact[] = [
  { ...about, kind: 'complaint', source: 'complaint', evidence: 'ticket 4711' },
  {
    ...about,
    kind: 'listing',
    source: 'registry',
    preference: { block: 'categories', categories: [1, 4], modes: ['ROBO'], days: [0, 'holiday'], bandsOff: ['iv'], bandsOn: [] },
  },
  {
    ...about,
    kind: 'consent',
    source: 'web',
    expiresAt: ms(9_000_000),
    consent: { basis: 'explicit', purpose: 'offers', category: 2, text: 'मुझे कॉल करें', ip: '203.0.113.7' },
  },
  { ...about, kind: 'whitelist', source: 'api', whitelist: { event: 'delete' } },
  { ...about, kind: 'inbound', source: 'call', channel: 'voice', exophone: e164('+918012345678'), call: CALL },
  { ...about, kind: 'contacted', source: 'call', channel: 'sms', class: 'SI', campaign: 'november' },
];

/** Ids that count, and a clock that stands until moved. */
export function countingStamp(): { ids: Ids; now: () => Ms; clock: { now: number } } {
  let n = 0;
  const clock = { now: 1_700_000_000_000 };
  return { ids: { call: () => CALL, next: () => `id-${++n}` }, now: () => ms(clock.now), clock };
}

/** What every store of facts does, wherever it keeps them. `open` gives an empty store each time. */
export function factsContract(name: string, open: OpenContracted): void {
  describe(`facts: ${name}`, () => {
    let stamp: ReturnType<typeof countingStamp>;
    let store: Contracted;
    beforeEach(async () => {
      stamp = countingStamp();
      store = await open(stamp);
    });
    afterEach(() => store.close());

    const texts = (facts: readonly Fact[]) => facts.map(({ reason }) => reason);

    it('knows nothing of a number at first', async () => {
      expect(await store.facts.about(ASHA)).toEqual([]);
      expect(await store.facts.list({})).toEqual([]);
    });

    it('gives a fact back as it was recorded, with an id and the time of the machine', async () => {
      const whole: NewFact = {
        ...optOut(),
        call: CALL,
        flow: 'appointment-reminder',
        node: 'optOut',
        key: '9',
        campaign: 'november',
        reason: 'पूछा गया',
        evidence: 'ticket 4711; "%_\\',
        supersedes: ['x', 'y'],
        expiresAt: ms(1_900_000_000_000),
      };
      const [recorded] = await store.facts.record([whole]);
      expect(recorded).toEqual({ ...whole, id: 'id-1', recordedAt: stamp.clock.now });
      expect(await store.facts.about(ASHA)).toEqual([recorded]);
    });

    it.each(EVERY_KIND)('gives back whatever kind of fact it is: $kind', async (fact) => {
      const [recorded] = await store.facts.record([fact]);
      expect(recorded).toEqual({ ...fact, id: 'id-1', recordedAt: stamp.clock.now });
      expect(await store.facts.about(ASHA)).toEqual([recorded]);
      expect(await store.facts.list({ kind: fact.kind })).toEqual([recorded]);
      expect(await store.facts.list({ kind: 'revocation' })).toEqual([]);
      expect(await store.facts.list({ inForce: true })).toEqual([]);
    });

    it('keeps any text', async () => {
      await fc.assert(
        fc.asyncProperty(fc.string({ unit: 'grapheme' }), async (reason) => {
          const [recorded] = await store.facts.record([optOut(ASHA, { reason })]);
          expect(recorded?.reason).toBe(reason);
          expect((await store.facts.about(ASHA)).at(-1)).toEqual(recorded);
        }),
        { numRuns: 30 },
      );
    });

    it('tells of one number oldest first, and of all newest first', async () => {
      await store.facts.record([optOut(ASHA, { reason: 'a' }), optOut(BINA, { reason: 'b' }), optOut(ASHA, { reason: 'c' })]);
      stamp.clock.now += 1000;
      await store.facts.record([optOut(ASHA, { reason: 'd' })]);
      expect(texts(await store.facts.about(ASHA))).toEqual(['a', 'c', 'd']);
      expect(texts(await store.facts.list({}))).toEqual(['d', 'c', 'b', 'a']);
      expect(texts(await store.facts.list({ limit: 2 }))).toEqual(['d', 'c']);
      expect(texts(await store.facts.list({ number: BINA }))).toEqual(['b']);
      expect(await store.facts.list({ limit: 0 })).toEqual([]);
    });

    it('orders by the time of recording, even when a clock was set back', async () => {
      await store.facts.record([optOut(ASHA, { reason: 'late' })]);
      stamp.clock.now -= 60_000;
      await store.facts.record([optOut(ASHA, { reason: 'early' })]);
      expect(texts(await store.facts.about(ASHA))).toEqual(['early', 'late']);
    });

    it('finds text in numbers, reasons, evidence, flows and calls, whatever the case', async () => {
      await store.facts.record([
        optOut(ASHA, { reason: 'Asked Twice' }),
        optOut(BINA, { evidence: 'Ticket 4711', flow: 'diwali-offer', call: CALL }),
      ]);
      const numbers = async (text: string) => (await store.facts.list({ text })).map(({ number }) => number);
      expect(await numbers('asked TWICE')).toEqual([ASHA]);
      expect(await numbers('ticket 47')).toEqual([BINA]);
      expect(await numbers('DIWALI')).toEqual([BINA]);
      expect(await numbers(CALL.slice(4, 12))).toEqual([BINA]);
      expect(await numbers('98765')).toEqual([ASHA]);
      expect(await numbers('nobody')).toEqual([]);
    });

    it('tells of facts of one kind, from one source, or both', async () => {
      await store.facts.record([
        optOut(ASHA, { source: 'sms-stop', reason: 'stop' }),
        optOut(ASHA, { source: 'csv', reason: 'file' }),
        optOut(BINA, { kind: 'complaint', source: 'sms-stop', reason: 'angry' }),
        optOut(BINA, { source: 'sms-stop', reason: 'stop too' }),
      ]);
      expect(texts(await store.facts.list({ source: 'sms-stop' }))).toEqual(['stop too', 'angry', 'stop']);
      expect(texts(await store.facts.list({ kind: 'opt-out', source: 'sms-stop' }))).toEqual(['stop too', 'stop']);
      expect(texts(await store.facts.list({ kind: 'opt-out', source: 'csv' }))).toEqual(['file']);
      expect(texts(await store.facts.list({ number: BINA, source: 'sms-stop', limit: 1 }))).toEqual(['stop too']);
      expect(texts(await store.facts.list({ inForce: true, source: 'csv' }))).toEqual(['file']);
      expect(await store.facts.list({ source: 'web' })).toEqual([]);
    });

    it('takes the signs of patterns and of SQL as they stand', async () => {
      const reasons = ['100% sure', 'under_score', "O'Brien; DROP TABLE facts", 'back\\slash', '*', '?', '"'];
      await store.facts.record(reasons.map((reason) => optOut(ASHA, { reason })));
      for (const sign of ['%', '_', "'", '\\', '*', '?', '"', 'DROP TABLE facts']) {
        const expected = reasons.filter((reason) => reason.includes(sign)).toReversed();
        expect(texts(await store.facts.list({ text: sign })), sign).toEqual(expected);
      }
    });

    it('tells which opt-outs are in force: those that no opt-in of their number names', async () => {
      const [first] = await store.facts.record([optOut(ASHA, { reason: 'first' }), optOut(BINA, { reason: 'other' })]);
      const supersedes = [first?.id ?? ''];
      await store.facts.record([optOut(BINA, { kind: 'opt-in', supersedes })]);
      expect(texts(await store.facts.list({ inForce: true }))).toEqual(['other', 'first']);
      await store.facts.record([optOut(ASHA, { kind: 'opt-in', supersedes })]);
      expect(texts(await store.facts.list({ inForce: true }))).toEqual(['other']);
      await store.facts.record([optOut(ASHA, { reason: 'again' })]);
      expect(texts(await store.facts.list({ inForce: true, limit: 1 }))).toEqual(['again']);
      expect(await store.facts.about(ASHA)).toHaveLength(3);
    });

    it('gives what is known of a prefix with every number that begins so, and with longer prefixes', async () => {
      await store.facts.record([
        optOut('+9198765*', { reason: 'prefix' }),
        optOut(ASHA, { reason: 'asha' }),
        optOut('+91*', { reason: 'country' }),
        optOut('+91987654321*', { reason: 'ten of them' }),
        optOut(e164('+9198765'), { reason: 'a short number' }),
      ]);
      expect(texts(await store.facts.about(ASHA))).toEqual(['prefix', 'asha', 'country', 'ten of them']);
      expect(texts(await store.facts.about(BINA))).toEqual(['country']);
      expect(texts(await store.facts.about('+9198765*'))).toEqual(['prefix', 'country']);
      expect(texts(await store.facts.list({ number: '+9198765*' }))).toEqual(['prefix']);
      expect(await store.facts.about(e164('+14155552671'))).toEqual([]);
    });

    it('lists nobody whose opt-out has expired', async () => {
      const expiresAt = ms(stamp.clock.now + 1000);
      await store.facts.record([optOut(ASHA, { expiresAt }), optOut(BINA)]);
      expect(await store.facts.list({ inForce: true })).toHaveLength(2);
      stamp.clock.now += 1000;
      expect((await store.facts.list({ inForce: true })).map(({ number }) => number)).toEqual([BINA]);
      expect(await store.facts.about(ASHA)).toMatchObject([{ expiresAt }]);
    });

    it('records all of a list and its posts, or nothing', async () => {
      await store.facts.record([optOut()], [post('p1'), post('p2')]);
      expect(await store.outbox.due(ms(0), 10)).toHaveLength(2);
      const next = stamp.ids.next;
      let draws = 0;
      stamp.ids.next = () => {
        if (++draws === 2) throw new Error('no more ids');
        return next();
      };
      await expect(store.facts.record([optOut(), optOut(BINA)], [post('p3')])).rejects.toThrow('no more ids');
      stamp.ids.next = next;
      expect(await store.facts.list({})).toHaveLength(1);
      expect(await store.outbox.due(ms(0), 10)).toHaveLength(2);
    });

    it('never takes two facts for one, even when seeded ids come again', async () => {
      await store.facts.record([optOut(ASHA)]);
      const again = ['id-1', 'id-1', 'id-7'];
      stamp.ids.next = () => again.shift() ?? 'id-8';
      const recorded = await store.facts.record([optOut(BINA), optOut(BINA)]);
      expect(recorded.map(({ id }) => id)).toEqual(['id-7', 'id-8']);
      expect(await store.facts.list({})).toHaveLength(3);
    });

    it('is not changed through what it handed out or was given', async () => {
      const supersedes = ['a'];
      const mine = optOut(ASHA, { supersedes });
      const [recorded] = await store.facts.record([mine]);
      supersedes.push('b');
      Object.assign(mine, { reason: 'changed' });
      Reflect.set(recorded ?? {}, 'scope', 'sms');
      expect(await store.facts.about(ASHA)).toMatchObject([{ supersedes: ['a'], scope: 'all' }]);
      expect((await store.facts.about(ASHA))[0]).not.toHaveProperty('reason');
    });
  });
}
