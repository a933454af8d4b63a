import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ms } from '../../src/core/ids.ts';
import { chunks, IMPORT, verdictOn } from './audit-contract.ts';
import { ASHA, BINA, type Contracted, countingStamp, type OpenContracted, optOut, post } from './facts-contract.ts';

export const BY = { at: ms(9000), actor: 'dpo', reason: 'asked to be erased', evidence: 'letter of 3 May' } as const;

/** How every store forgets a person. `open` gives an empty store each time. */
export function erasureContract(name: string, open: OpenContracted): void {
  describe(`erasure: ${name}`, () => {
    let stamp: ReturnType<typeof countingStamp>;
    let store: Contracted;
    beforeEach(async () => {
      stamp = countingStamp();
      store = await open(stamp);
    });
    afterEach(() => store.close());

    const everything = async () =>
      JSON.stringify([await store.facts.list({}), await store.audit.read({}), await store.outbox.due(ms(0), 100)]);
    const isWhole = async () => expect((await store.audit.verify()).problems).toEqual([]);

    it('forgets the number and what was written about it, and keeps the block', async () => {
      await store.facts.record([optOut(ASHA, { reason: 'Mrs Rao, 98 765, asked', evidence: 'her letter' }), optOut(BINA)]);
      expect(await store.facts.erase(ASHA, BY)).toMatchObject({ facts: 1, entries: 1 });
      const [fact] = await store.facts.about(ASHA);
      expect(fact).toMatchObject({ kind: 'opt-out', number: ASHA, scope: 'all' });
      expect(fact).not.toHaveProperty('reason');
      expect(await everything()).not.toMatch(/9876543210|Rao|her letter/);
      expect((await store.facts.list({ inForce: true })).map(({ number }) => number)).toEqual([
        BINA,
        expect.stringMatching(/^erased:[0-9a-f]{32}$/),
      ]);
      await isWhole();
    });

    it('leaves one entry that tells of it, without the number', async () => {
      await store.facts.record([optOut(ASHA)]);
      await store.facts.erase(ASHA, { ...BY, reason: 'asked on +91 9876543210' });
      const entry = (await store.audit.read({ action: 'erase' }))[0];
      expect(entry).toMatchObject({ seq: 2, actor: 'dpo', at: BY.at, note: 'asked on +91 (erased); evidence: letter of 3 May' });
      expect(entry).not.toHaveProperty('number');
      expect((await store.audit.read({ number: ASHA })).map(({ action }) => action)).toEqual(['add', 'erase']);
    });

    it('forgets what kinds of facts have of their own: texts shown, addresses', async () => {
      const consent = { basis: 'explicit', purpose: 'offers', text: 'I, Asha Rao, agree', ip: '203.0.113.7' } as const;
      await store.facts.record([
        { kind: 'consent', number: ASHA, scope: 'all', source: 'web', at: ms(0), actor: 'web', consent },
      ]);
      await store.facts.erase(ASHA, BY);
      expect(await store.facts.about(ASHA)).toMatchObject([{ consent: { basis: 'explicit', purpose: 'offers' } }]);
      expect(await everything()).not.toMatch(/Rao|203\.0/);
      await isWhole();
    });

    it('forgets verdicts, posts and the mentions of others', async () => {
      await store.audit.append([verdictOn(ASHA), verdictOn(BINA)]);
      const more = { reason: 'shares +919876543210 with a friend', flow: 'call-9876543210' };
      await store.facts.record([optOut(BINA, more)], [post('p1'), post('p2', { body: '{}', url: 'https://clinic.example' })]);
      expect(await store.facts.erase(ASHA, BY)).toMatchObject({ facts: 0, entries: 1, posts: 1, givenUp: 1 });
      expect(await everything()).not.toContain('9876543210');
      expect(await store.facts.about(BINA)).toMatchObject([{ reason: 'shares (erased) with a friend', flow: 'call-(erased)' }]);
      expect(await store.outbox.due(ms(0), 10)).toMatchObject([{ id: 'p2' }]);
      await isWhole();
    });

    it('does it once, and finds nothing of somebody unknown', async () => {
      await store.facts.record([optOut(ASHA)]);
      await store.facts.erase(ASHA, BY);
      expect(await store.facts.erase(ASHA, BY)).toMatchObject({ facts: 0, entries: 0, posts: 0 });
      expect(await store.facts.erase(BINA, BY)).toMatchObject({ facts: 0, entries: 0, posts: 0 });
      expect(await store.audit.read({ action: 'erase' })).toHaveLength(1);
      await isWhole();
    });

    it('names nobody again who was erased, but in what they do anew', async () => {
      await store.facts.record([optOut(ASHA)]);
      await store.facts.erase(ASHA, BY);
      await store.audit.append([verdictOn(ASHA)]);
      expect(await everything()).not.toContain('9876543210');
      await store.facts.record([optOut(ASHA, { reason: 'again' })]);
      expect((await store.facts.about(ASHA)).map(({ number, reason }) => [number, reason])).toEqual([
        [ASHA, undefined],
        [ASHA, 'again'],
      ]);
      await isWhole();
    });

    it('lets an erased opt-out be lifted by the person', async () => {
      const [out] = await store.facts.record([optOut(ASHA)]);
      await store.facts.erase(ASHA, BY);
      await store.facts.record([optOut(ASHA, { kind: 'opt-in', supersedes: [out?.id ?? ''] })]);
      expect(await store.facts.list({ inForce: true })).toEqual([]);
      const [, , removed] = await store.audit.read({});
      expect(JSON.parse(removed?.body ?? '')).toMatchObject({ before: [out?.id], after: [] });
      await isWhole();
    });

    it('keeps what was lifted lifted', async () => {
      const [out] = await store.facts.record([optOut(ASHA)]);
      await store.facts.record([optOut(ASHA, { kind: 'opt-in', supersedes: [out?.id ?? ''] })]);
      await store.facts.erase(ASHA, BY);
      expect(await store.facts.list({ inForce: true })).toEqual([]);
      await isWhole();
    });

    it('takes one out of many that came in at once', async () => {
      await store.recordMany(chunks([ASHA, BINA], [ASHA]), IMPORT);
      expect(await store.facts.erase(ASHA, BY)).toMatchObject({ facts: 2 });
      expect(await store.facts.about(ASHA)).toHaveLength(2);
      expect(await store.facts.about(BINA)).toHaveLength(1);
      await isWhole();
      await store.facts.erase(BINA, BY);
      expect(await everything()).not.toMatch(/9876543210|9812345678/);
      await isWhole();
    });

    it('forgets a number that was given as a prefix', async () => {
      await store.facts.record([optOut('+919876543210*')]);
      expect(await store.facts.erase(ASHA, BY)).toMatchObject({ facts: 1, entries: 1 });
      expect(await store.facts.about(ASHA)).toHaveLength(1);
      expect(await everything()).not.toContain('9876543210');
      await isWhole();
    });
  });
}
