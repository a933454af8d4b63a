import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type AuditEntry, auditOfVerdict, type NewAuditEntry } from '../../src/core/audit.ts';
import type { Contact, Verdict } from '../../src/core/facts.ts';
import { type E164, ms } from '../../src/core/ids.ts';
import type { FactChunk } from '../../src/core/ports.ts';
import { ASHA, BINA, type Contracted, countingStamp, type OpenContracted, optOut, post } from './facts-contract.ts';

const contact = (number: E164 = ASHA): Contact => ({ number, channel: 'voice', class: 'SI', campaign: 'november' });
const BLOCKED: Verdict = {
  verdict: 'block',
  reasons: [{ code: 'OPTED_OUT', says: 'the number is on the list', facts: [] }],
  warnings: [],
};

export const verdictOn = (number: E164 = ASHA): NewAuditEntry =>
  auditOfVerdict(contact(number), BLOCKED, { at: ms(5000), actor: 'press9 run' });

export async function* chunks(...all: readonly (readonly E164[])[]): AsyncIterable<FactChunk> {
  for (const [i, numbers] of all.entries()) {
    yield { facts: numbers.map((number) => optOut(number, { source: 'csv' })), body: { file: 'list.csv', chunk: i + 1 } };
  }
}

export const IMPORT = { at: ms(4000), actor: 'asha' } as const;

/** What every store's audit does, wherever it keeps it. `open` gives an empty store each time. */
export function auditContract(name: string, open: OpenContracted): void {
  describe(`audit: ${name}`, () => {
    let stamp: ReturnType<typeof countingStamp>;
    let store: Contracted;
    beforeEach(async () => {
      stamp = countingStamp();
      store = await open(stamp);
    });
    afterEach(() => store.close());

    const told = (entries: readonly AuditEntry[]) => entries.map(({ seq, action }) => `${seq} ${action}`);
    const verdictsOf = async () => (await store.audit.read({ action: 'decide' })).map(({ number }) => number);

    it('is empty at first, and whole', async () => {
      const head = await store.audit.head();
      expect(head).toMatchObject({ seq: 0, hash: expect.stringMatching(/^[0-9a-f]{64}$/) });
      expect(await store.audit.read({})).toEqual([]);
      expect(await store.audit.verify(head)).toEqual({ entries: 0, head, against: [0], problems: [] });
    });

    it('tells of every fact: what was done, to whom, by whom, when, and what stood before and after', async () => {
      const [out] = await store.facts.record([optOut(ASHA, { key: '9', flow: 'appointment-reminder', reason: 'pressed 9' })]);
      stamp.clock.now += 1000;
      const lifts = [out?.id ?? ''];
      await store.facts.record([optOut(ASHA, { kind: 'opt-in', source: 'manual', supersedes: lifts, actor: 'asha' })]);
      const [added, removed] = await store.audit.read({});
      expect(added).toMatchObject({ seq: 1, action: 'add', actor: 'caller', number: ASHA, note: 'pressed 9', at: 1000 });
      expect(JSON.parse(added?.body ?? '')).toMatchObject({ fact: 'id-1', scope: 'all', key: '9', before: [], after: ['id-1'] });
      expect(removed).toMatchObject({ seq: 2, action: 'remove', actor: 'asha', recordedAt: stamp.clock.now });
      expect(JSON.parse(removed?.body ?? '')).toMatchObject({ lifts, before: ['id-1'], after: [] });
      expect(removed?.prev).toBe(added?.hash);
    });

    it('names the act for each kind of fact', async () => {
      const of = { number: ASHA, scope: 'all', at: ms(0), actor: 'asha' } as const;
      await store.facts.record([
        { ...of, kind: 'consent', source: 'web', consent: { basis: 'explicit', text: 'call me', ip: '203.0.113.7' } },
        { ...of, kind: 'revocation', source: 'web' },
        { ...of, kind: 'whitelist', source: 'api', whitelist: { event: 'delete' } },
        { ...of, kind: 'opt-out', source: 'csv' },
        { ...of, kind: 'contacted', source: 'call', channel: 'voice', class: 'T' },
      ]);
      const entries = await store.audit.read({});
      expect(told(entries)).toEqual(['1 consent.grant', '2 consent.revoke', '3 whitelist.delete', '4 import', '5 contacted']);
      expect(entries[0]?.body).not.toMatch(/call me|203\.0/);
    });

    it('tells of no fact that was not recorded', async () => {
      const next = stamp.ids.next;
      stamp.ids.next = () => {
        throw new Error('no more ids');
      };
      await expect(store.facts.record([optOut()], [post('p1')])).rejects.toThrow('no more ids');
      stamp.ids.next = next;
      expect(await store.audit.head()).toMatchObject({ seq: 0 });
      expect((await store.audit.verify()).problems).toEqual([]);
    });

    it('keeps verdicts in the order of their asking, with what is recorded between them', async () => {
      const first = store.audit.append([verdictOn(ASHA), verdictOn(BINA)]);
      const between = store.facts.record([optOut(BINA)]);
      const second = store.audit.append([verdictOn(BINA)]);
      await Promise.all([first, between, second]);
      expect(told(await store.audit.read({}))).toEqual(['1 decide', '2 decide', '3 add', '4 decide']);
      expect(await verdictsOf()).toEqual([ASHA, BINA, BINA]);
      expect((await store.audit.verify()).problems).toEqual([]);
    });

    it('tells a verdict without a whole number in it', async () => {
      await store.audit.append([
        { ...verdictOn(), body: { campaign: 'call 9876543210 now', fact: '1234567890', list: ['+919876543210'] } },
      ]);
      const [entry] = await store.audit.read({});
      expect(entry?.body).toBe('{"campaign":"call (number) now","fact":"1234567890","list":["(number)"]}');
      expect(entry?.who).toMatch(/^[0-9a-f]{32}$/);
    });

    it('appends nothing when there is nothing', async () => {
      await store.audit.append([]);
      expect(await store.audit.head()).toMatchObject({ seq: 0 });
    });

    it('is read from an instant or an entry on, of a number, of an act, no more than asked', async () => {
      await store.facts.record([optOut(ASHA)]);
      stamp.clock.now += 1000;
      await store.facts.record([optOut(BINA)]);
      await store.audit.append([verdictOn(ASHA)]);
      expect(told(await store.audit.read({ since: ms(stamp.clock.now) }))).toEqual(['2 add', '3 decide']);
      expect(told(await store.audit.read({ after: 2 }))).toEqual(['3 decide']);
      expect(told(await store.audit.read({ number: ASHA }))).toEqual(['1 add', '3 decide']);
      expect(told(await store.audit.read({ action: 'add', limit: 1 }))).toEqual(['1 add']);
      expect(told(await store.audit.read({ after: 1, limit: 1 }))).toEqual(['2 add']);
    });

    it('tells many facts at once in one entry each chunk, found by any of their numbers', async () => {
      expect(await store.recordMany(chunks([ASHA], [], [BINA, ASHA]), IMPORT)).toBe(3);
      const entries = await store.audit.read({});
      expect(told(entries)).toEqual(['1 import', '2 import']);
      expect(JSON.parse(entries[1]?.body ?? '')).toMatchObject({ file: 'list.csv', chunk: 3, count: 2 });
      expect(told(await store.audit.read({ number: BINA }))).toEqual(['2 import']);
      expect(told(await store.audit.read({ number: ASHA }))).toEqual(['1 import', '2 import']);
      expect(await store.facts.list({ inForce: true })).toHaveLength(3);
      expect((await store.audit.verify()).problems).toEqual([]);
    });

    it('knows nothing of an import that failed half way', async () => {
      async function* broken() {
        yield* chunks([ASHA]);
        throw new Error('the file ends in the middle of a row');
      }
      await expect(store.recordMany(broken(), IMPORT)).rejects.toThrow('the file ends in the middle of a row');
      expect(await store.facts.list({})).toEqual([]);
      expect(await store.audit.read({})).toEqual([]);
      await store.facts.record([optOut()]);
      expect((await store.audit.verify()).problems).toEqual([]);
    });

    it('lets others wait for an import, and loses none of theirs', async () => {
      const [imported, recorded] = await Promise.all([
        store.recordMany(chunks([ASHA], [BINA]), IMPORT),
        store.facts.record([optOut(ASHA)]),
        store.audit.append([verdictOn()]),
      ]);
      expect([imported, recorded.length]).toEqual([2, 1]);
      expect(await store.facts.list({})).toHaveLength(3);
      expect(await store.audit.verify()).toMatchObject({ entries: 4, problems: [] });
    });

    it('holds against a head that was kept, and not against another', async () => {
      const empty = await store.audit.head();
      await store.facts.record([optOut(ASHA)]);
      const early = await store.audit.head();
      await store.facts.record([optOut(BINA)]);
      const late = await store.audit.head();
      expect((await store.audit.verify(empty, early, late)).problems).toEqual([]);
      const says = async (changes: Partial<typeof late>) =>
        (await store.audit.verify({ ...late, ...changes })).problems.map(({ what, seq }) => `${what} ${seq}`);
      expect(await says({ seq: 5 })).toEqual(['cut 3']);
      expect(await says({ hash: early.hash })).toEqual(['rewritten 2']);
      expect(await says({ store: 'another' })).toEqual(['head 0']);
    });
  });
}
