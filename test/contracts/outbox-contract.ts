import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ms } from '../../src/core/ids.ts';
import { type Contracted, countingStamp, type OpenContracted, post } from './facts-contract.ts';

/** What every outbox does. `open` gives an empty store each time. */
export function outboxContract(name: string, open: OpenContracted): void {
  describe(`outbox: ${name}`, () => {
    let store: Contracted;
    beforeEach(async () => {
      store = await open(countingStamp());
    });
    afterEach(() => store.close());

    const waiting = async (at = 0, limit = 10) => (await store.outbox.due(ms(at), limit)).map(({ id }) => id);

    it('hands out what waits, oldest first, no more than asked', async () => {
      await store.outbox.add([post('a'), post('b')]);
      await store.outbox.add([post('c')]);
      expect(await waiting()).toEqual(['a', 'b', 'c']);
      expect(await waiting(0, 2)).toEqual(['a', 'b']);
      expect((await store.outbox.due(ms(0), 1))[0]).toEqual({ ...post('a'), attempts: 0 });
    });

    it('hands out new posts at any instant: a simulated clock may stand anywhere', async () => {
      await store.outbox.add([post('a')]);
      expect(await waiting(-1_000_000)).toEqual(['a']);
    });

    it('forgets what is delivered', async () => {
      await store.outbox.add([post('a'), post('b')]);
      await store.outbox.settle('a', { delivered: true });
      expect(await waiting()).toEqual(['b']);
      await store.outbox.settle('a', { delivered: false, retryAt: ms(0) });
      expect(await waiting()).toEqual(['b']);
    });

    it('holds back what is to be tried again, until then, and counts attempts', async () => {
      await store.outbox.add([post('a')]);
      await store.outbox.settle('a', { delivered: false, retryAt: ms(500) });
      expect(await waiting(499)).toEqual([]);
      expect(await store.outbox.due(ms(500), 1)).toMatchObject([{ id: 'a', attempts: 1 }]);
      await store.outbox.settle('a', { delivered: false, retryAt: ms(900) });
      expect(await store.outbox.due(ms(900), 1)).toMatchObject([{ id: 'a', attempts: 2 }]);
    });

    it('gives up on what is neither delivered nor to be tried again', async () => {
      await store.outbox.add([post('a')]);
      await store.outbox.settle('a', { delivered: false });
      expect(await waiting(Number.MAX_SAFE_INTEGER)).toEqual([]);
    });

    it('keeps the same post once', async () => {
      await store.outbox.add([post('a')]);
      await store.outbox.add([post('a'), post('a')]);
      expect(await waiting()).toEqual(['a']);
      await store.outbox.settle('a', { delivered: true });
      await store.outbox.add([post('a')]);
      expect(await waiting()).toEqual([]);
    });

    it('keeps another post under the same id as well: seeded ids come again', async () => {
      await store.outbox.add([post('a')]);
      await store.outbox.add([post('a', { body: 'second' }), post('a', { body: 'third' }), post('a', { body: 'second' })]);
      expect((await store.outbox.due(ms(0), 10)).map(({ id, body }) => [id, body])).toEqual([
        ['a', post('a').body],
        ['a-2', 'second'],
        ['a-3', 'third'],
      ]);
    });

    it('knows the posts it holds', async () => {
      await expect(store.outbox.settle('never-seen', { delivered: true })).rejects.toThrow('never-seen');
    });
  });
}
