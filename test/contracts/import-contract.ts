import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Fact, NewFact, Subject } from '../../src/core/facts.ts';
import { e164, ms } from '../../src/core/ids.ts';
import type { FactChunk, PageQuery } from '../../src/core/ports.ts';
import { IMPORT } from './audit-contract.ts';
import { ASHA, BINA, type Contracted, countingStamp, type OpenContracted, optOut } from './facts-contract.ts';

async function* chunk(...all: readonly FactChunk[]): AsyncIterable<FactChunk> {
  yield* all;
}

const CHITRA = e164('+919811111111');
const { number: _, ...like } = optOut(ASHA, { source: 'csv', reason: 'a "list", 100%', evidence: 'list.csv' });
const alike = (...numbers: readonly Subject[]): FactChunk => ({ alike: like, numbers, body: { file: 'list.csv' } });

/** What every store does with many facts at once, wherever it keeps them. */
export function importContract(name: string, open: OpenContracted): void {
  describe(`many facts: ${name}`, () => {
    let stamp: ReturnType<typeof countingStamp>;
    let store: Contracted;
    beforeEach(async () => {
      stamp = countingStamp();
      store = await open(stamp);
    });
    afterEach(() => store.close());

    async function pages(query: PageQuery = {}): Promise<readonly Fact[]> {
      const all: Fact[] = [];
      for await (const page of store.pages(query)) all.push(...page);
      return all;
    }

    it('keeps facts that differ in their number alone as if each had come by itself', async () => {
      expect(await store.recordMany(chunk(alike(ASHA, '+9198*', BINA), alike()), IMPORT)).toBe(3);
      const all = await pages();
      expect(all.map(({ number }) => number)).toEqual([ASHA, '+9198*', BINA]);
      for (const fact of all) expect(fact).toEqual({ ...like, number: fact.number, id: fact.id, recordedAt: stamp.clock.now });
      expect(new Set(all.map(({ id }) => id)).size).toBe(3);
      expect(await store.audit.verify()).toMatchObject({ entries: 1, problems: [] });
      expect(JSON.parse((await store.audit.read({}))[0]?.body ?? '')).toMatchObject({ file: 'list.csv', count: 3 });
    });

    it('keeps both kinds of chunks in one import, of every kind of fact', async () => {
      const listing: NewFact = {
        ...optOut(CHITRA, { source: 'registry' }),
        kind: 'listing',
        preference: { block: 'categories', categories: [1, 4], modes: [], days: [], bandsOff: [], bandsOn: [] },
      };
      const { number: __, ...listed } = listing;
      const mixed: FactChunk = { facts: [listing, optOut(ASHA)], body: {} };
      await store.recordMany(chunk(mixed, { alike: listed, numbers: [ASHA, BINA], body: {} }, alike(ASHA)), IMPORT);
      expect((await pages()).map(({ kind, number }) => `${kind} ${number}`)).toEqual([
        `listing ${CHITRA}`,
        `opt-out ${ASHA}`,
        `listing ${ASHA}`,
        `listing ${BINA}`,
        `opt-out ${ASHA}`,
      ]);
      expect((await store.facts.about(BINA))[0]).toMatchObject({ kind: 'listing', preference: { categories: [1, 4] } });
      expect((await store.audit.verify()).problems).toEqual([]);
    });

    it('lets alike opt-ins lift what they name', async () => {
      const recorded = await store.facts.record([optOut(ASHA), optOut(BINA)]);
      const optIn = { ...like, kind: 'opt-in' as const, supersedes: recorded.map(({ id }) => id) };
      await store.recordMany(chunk({ alike: optIn, numbers: [ASHA, CHITRA], body: {} }), IMPORT);
      expect((await store.facts.list({ inForce: true })).map(({ number }) => number)).toEqual([BINA]);
    });

    it('gives an import ids that no other fact has, even when seeded ones come again', async () => {
      let n = 0;
      stamp.ids.next = () => (++n < 2 ? 'same' : `first-${n}`);
      await store.recordMany(chunk(alike(ASHA, BINA)), IMPORT);
      n = 0;
      stamp.ids.next = () => (++n < 3 ? 'same' : `other-${n}`);
      await store.recordMany(chunk(alike(ASHA, BINA)), IMPORT);
      expect(new Set((await pages()).map(({ id }) => id)).size).toBe(4);
    });

    it('looks many numbers up at once: what is known of each, and of no prefix', async () => {
      expect(await store.aboutMany([ASHA, BINA])).toEqual(new Map());
      await store.facts.record([optOut(ASHA, { reason: 'a' }), optOut('+9198*', { reason: 'prefix' }), optOut(BINA)]);
      stamp.clock.now += 1000;
      await store.facts.record([optOut(ASHA, { reason: 'b' })]);
      const known = await store.aboutMany([ASHA, CHITRA, '+9198*', ASHA]);
      const reasons = [...known].map(([number, facts]) => [number, facts.map(({ reason }) => reason)]);
      expect(new Map(reasons as [string, string[]][])).toEqual(
        new Map([
          [ASHA, ['a', 'b']],
          ['+9198*', ['prefix']],
        ]),
      );
      expect(await store.aboutMany([])).toEqual(new Map());
    });

    it('finds a person who was erased by their number', async () => {
      await store.facts.record([optOut(ASHA), optOut(BINA)]);
      await store.facts.erase(ASHA, { at: ms(0), actor: 'asha', reason: 'asked', evidence: 'letter' });
      await store.facts.record([optOut(ASHA)]);
      const known = await store.aboutMany([BINA, ASHA]);
      expect(known.get(ASHA)?.map(({ number }) => number)).toEqual([ASHA, ASHA]);
      expect(known.get(BINA)).toHaveLength(1);
    });

    it('gives everything in pages, oldest first; or only what is in force, or is of prefixes', async () => {
      const numbers = Array.from({ length: 4500 }, (_, i) => e164(`+9199${String(i).padStart(8, '0')}`));
      await store.recordMany(chunk(alike(...numbers)), IMPORT);
      const [first] = await store.facts.record([optOut(ASHA), optOut('+9198*'), optOut(BINA, { expiresAt: stamp.now() })]);
      await store.facts.record([optOut(ASHA, { kind: 'opt-in', supersedes: [first?.id ?? ''] })]);
      expect((await pages()).map(({ number }) => number)).toEqual([...numbers, ASHA, '+9198*', BINA, ASHA]);
      expect((await pages({ inForce: true })).map(({ number }) => number)).toEqual([...numbers, '+9198*']);
      expect((await pages({ prefixes: true })).map(({ number }) => number)).toEqual(['+9198*']);
    });
  });
}
