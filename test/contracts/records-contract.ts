import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { StoreError } from '../../src/adapters/store-shape.ts';
import { ms } from '../../src/core/ids.ts';
import type { PostAttempt } from '../../src/core/post-record.ts';
import type { Records } from '../../src/core/records.ts';
import { callRecord, messageRecord, postRecord, sidOf } from '../kit/call-records.ts';

/** Opens what nothing is in. */
export type OpenRecords = () => Promise<Records>;

/** What every emulator's records do, wherever they are kept. */
export function recordsContract(name: string, open: OpenRecords): void {
  describe(`records: ${name}`, () => {
    let records: Records;
    beforeEach(async () => {
      records = await open();
    });
    afterEach(() => records.close());

    describe('calls', () => {
      it('are found as they were saved last, with every field', async () => {
        expect(await records.calls.find(sidOf(1))).toBeUndefined();
        await records.calls.save(callRecord(1));
        const over = callRecord(1, { status: 'completed', endedAt: ms(20_000), price: 0.5, digits: '42' });
        await records.calls.save(over);
        expect(await records.calls.find(sidOf(1))).toEqual(over);
        expect((await records.calls.page({ order: 'asc', limit: 5 })).records).toEqual([over]);
      });

      it('are read by whoever has just saved them', async () => {
        const saved = records.calls.save(callRecord(1));
        expect(await records.calls.find(sidOf(1))).toEqual(callRecord(1));
        await saved;
      });

      it('that are saved several times in a turn are as they were saved last', async () => {
        const statuses = ['queued', 'ringing', 'in-progress'] as const;
        await Promise.all(statuses.map((status) => records.calls.save(callRecord(1, { status }))));
        expect(await records.calls.find(sidOf(1))).toMatchObject({ status: 'in-progress' });
        expect(await records.calls.page({ order: 'asc', limit: 5 })).toMatchObject({ total: 1 });
      });

      it('are unfinished until they have an end, oldest first', async () => {
        for (const n of [1, 2, 3]) await records.calls.save(callRecord(n));
        await records.calls.save(callRecord(2, { status: 'busy', endedAt: ms(9000) }));
        await records.calls.save(callRecord(1, { status: 'ringing' }));
        expect((await records.calls.unfinished()).map(({ sid }) => sid)).toEqual([sidOf(1), sidOf(3)]);
      });

      it('that were read stay as they were read', async () => {
        await records.calls.save(callRecord(1));
        const [page, open] = [await records.calls.page({ order: 'asc', limit: 5 }), await records.calls.unfinished()];
        await records.calls.save(callRecord(1, { status: 'busy', endedAt: ms(9000) }));
        await records.calls.save(callRecord(2));
        expect([page.records, open]).toEqual([[callRecord(1)], [callRecord(1)]]);
      });

      it('are found under what they say now, and no longer under what they said', async () => {
        await records.calls.save(callRecord(1, { to: '+911' }));
        await records.calls.save(callRecord(1, { to: '+922', direction: 'inbound' }));
        const found = async (to: string) => (await records.calls.page({ to: [to], order: 'asc', limit: 5 })).total;
        expect([await found('+911'), await found('+922')]).toEqual([0, 1]);
        expect(await records.calls.page({ directions: ['outbound'], order: 'asc', limit: 5 })).toMatchObject({ total: 0 });
      });
    });

    describe('messages', () => {
      const queued = messageRecord('a', { customField: 'x' });

      it('are found as they were saved last', async () => {
        await records.messages.save(queued);
        const sent = { ...queued, status: 'sent', code: 20005, sentAt: ms(2000) } as const;
        await records.messages.save(sent);
        expect(await records.messages.find('a')).toEqual(sent);
        expect(await records.messages.find('b')).toBeUndefined();
      });

      it('are listed newest first, no more than asked', async () => {
        await Promise.all(['a', 'b', 'c'].map((sid) => records.messages.save(messageRecord(sid))));
        await records.messages.save(messageRecord('a', { status: 'sent' }));
        expect((await records.messages.list(2)).map(({ sid }) => sid)).toEqual(['c', 'b']);
        expect((await records.messages.list(9)).map(({ sid }) => sid)).toEqual(['c', 'b', 'a']);
        expect(await records.messages.list(0)).toEqual([]);
      });

      it('are unfinished until their status is final, oldest first', async () => {
        const statuses = ['failed', 'queued', 'sent', 'sending', 'failed_dnd', 'submitted'] as const;
        for (const status of statuses) await records.messages.save(messageRecord(status, { status }));
        await records.messages.save(messageRecord('queued', { status: 'sent' }));
        expect((await records.messages.unfinished()).map(({ sid }) => sid)).toEqual(['sending', 'submitted']);
      });
    });

    describe('posts', () => {
      const failed: PostAttempt = { at: ms(1500), took: ms(10_000), result: 'timeout', ok: false, says: 'no answer' };
      const arrived: PostAttempt = { at: ms(9000.5), took: ms(12), result: 200, ok: true, says: '"ok" 👍' };

      it('are kept once, whatever they say the second time', async () => {
        await records.posts.add([postRecord('a'), postRecord('b')]);
        await records.posts.add([postRecord('a', { body: 'second' }), postRecord('c'), postRecord('c', { body: 'second' })]);
        await records.posts.tried('a', arrived, 'delivered');
        await records.posts.add([postRecord('a', { body: 'third' })]);
        expect(await records.posts.find('a')).toEqual(postRecord('a', { state: 'delivered', attempts: [arrived] }));
        expect((await records.posts.find('c'))?.body).toBe(postRecord('c').body);
        await records.posts.add([]);
      });

      it('tell of every attempt, in order', async () => {
        const adding = records.posts.add([postRecord('a')]);
        await Promise.all([adding, records.posts.tried('a', failed, 'waiting')]);
        await records.posts.tried('a', arrived, 'delivered');
        expect(await records.posts.find('a')).toEqual(postRecord('a', { state: 'delivered', attempts: [failed, arrived] }));
      });

      it('that were delivered stay so, whatever becomes of another attempt', async () => {
        await records.posts.add([postRecord('a')]);
        await records.posts.tried('a', arrived, 'delivered');
        await records.posts.tried('a', failed, 'waiting');
        expect(await records.posts.find('a')).toEqual(postRecord('a', { state: 'delivered', attempts: [arrived, failed] }));
        expect(await records.posts.waiting()).toEqual([]);
      });

      it('wait until they are delivered or given up, oldest first', async () => {
        await records.posts.add(['a', 'b', 'c', 'd'].map((id) => postRecord(id)));
        await records.posts.tried('a', arrived, 'delivered');
        await records.posts.tried('b', failed, 'waiting');
        await records.posts.tried('c', failed, 'given-up');
        expect((await records.posts.waiting()).map(({ id }) => id)).toEqual(['b', 'd']);
      });

      it('that are to be tried again after all wait where they waited', async () => {
        await records.posts.add(['a', 'b'].map((id) => postRecord(id)));
        await records.posts.add([postRecord('c', { state: 'given-up' })]);
        await records.posts.tried('a', failed, 'given-up');
        await records.posts.tried('a', failed, 'waiting');
        expect((await records.posts.waiting()).map(({ id }) => id)).toEqual(['a', 'b']);
      });

      it('that were read stay as they were read', async () => {
        await records.posts.add([postRecord('a')]);
        const read = [await records.posts.find('a'), ...(await records.posts.waiting())];
        await records.posts.tried('a', arrived, 'delivered');
        expect(read).toEqual([postRecord('a'), postRecord('a')]);
      });

      it('are listed newest first, those of one call where it is named', async () => {
        await records.posts.add([postRecord('a'), postRecord('b', { call: sidOf(2) }), postRecord('c'), postRecord('d')]);
        const ids = async (about?: string) =>
          (await records.posts.list({ limit: 2, ...(about && { about }) })).map(({ id }) => id);
        expect(await ids()).toEqual(['d', 'c']);
        expect(await ids(sidOf(1))).toEqual(['d', 'c']);
        expect(await ids(sidOf(2))).toEqual(['b']);
        expect(await ids('nobody')).toEqual([]);
      });

      it('must be known to be tried; the others of that turn are', async () => {
        await records.posts.add([postRecord('a')]);
        const both = [records.posts.tried('never-seen', failed, 'waiting'), records.posts.tried('a', arrived, 'delivered')];
        expect((await Promise.allSettled(both)).map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
        expect(await records.posts.waiting()).toEqual([]);
      });
    });

    it('know the latest instant that any of them tells of', async () => {
      expect(await records.latest()).toBeUndefined();
      await records.calls.save(callRecord(9, { updatedAt: ms(500) }));
      await records.calls.save(callRecord(1, { updatedAt: ms(400) }));
      expect(await records.latest()).toBe(500);
      await records.messages.save(messageRecord('a', { updatedAt: ms(600) }));
      expect(await records.latest()).toBe(600);
      await records.posts.add([postRecord('a', { at: ms(700) })]);
      expect(await records.latest()).toBe(700);
      await records.posts.tried('a', { at: ms(750), took: ms(60), result: 500, ok: false }, 'waiting');
      await records.posts.tried('a', { at: ms(720), took: ms(1), result: 500, ok: false }, 'waiting');
      expect(await records.latest()).toBe(810);
    });

    it('forget everything when they are told to, and begin anew', async () => {
      const late = records.calls.save(callRecord(2));
      await Promise.all([
        records.calls.save(callRecord(1)),
        records.messages.save(messageRecord('a')),
        records.posts.add([postRecord('a')]),
      ]);
      await records.clear();
      await late;
      expect(await records.calls.page({ order: 'asc', limit: 5 })).toEqual({
        total: 0,
        records: [],
        isFirst: true,
        isLast: true,
      });
      expect([await records.messages.list(5), await records.posts.list({ limit: 5 })]).toEqual([[], []]);
      expect([await records.calls.unfinished(), await records.messages.unfinished(), await records.posts.waiting()]).toEqual([
        [],
        [],
        [],
      ]);
      expect(await records.posts.list({ limit: 5, about: sidOf(1) })).toEqual([]);
      await expect(records.posts.tried('a', { at: ms(1), took: ms(1), result: 200, ok: true }, 'delivered')).rejects.toThrow('a');
      await records.calls.save(callRecord(0));
      expect(await records.calls.page({ order: 'asc', limit: 5 })).toMatchObject({ total: 1, records: [{ createdAt: 0 }] });
    });

    it('write down what was on its way when they are closed, and take nothing afterwards', async () => {
      const last = records.calls.save(callRecord(1));
      await records.close();
      await last;
      const { calls, messages, posts } = records;
      const late = [
        () => calls.save(callRecord(2)),
        () => calls.find(sidOf(1)),
        () => calls.page({ order: 'asc', limit: 5 }),
        () => calls.unfinished(),
        () => messages.save(messageRecord('a')),
        () => messages.find('a'),
        () => messages.list(5),
        () => messages.unfinished(),
        () => posts.add([postRecord('a')]),
        () => posts.tried('a', { at: ms(1), took: ms(1), result: 200, ok: true }, 'delivered'),
        () => posts.find('a'),
        () => posts.list({ limit: 5 }),
        () => posts.waiting(),
        () => records.latest(),
        () => records.clear(),
      ];
      for (const work of late) {
        const error = await work().catch((reason: unknown) => reason);
        expect(error, String(work)).toBeInstanceOf(StoreError);
        expect(String(error), String(work)).toContain('closed');
      }
      await records.close();
    });
  });
}
