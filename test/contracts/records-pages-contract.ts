import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CALL_STATUSES, type CallPage, type CallQuery, type CallRecord, type Range } from '../../src/core/call-record.ts';
import { e164, ms } from '../../src/core/ids.ts';
import type { CallRecords, Records } from '../../src/core/records.ts';
import { callRecord, sidOf } from '../kit/call-records.ts';
import type { OpenRecords } from './records-contract.ts';

type Which = Omit<CallQuery, 'order' | 'limit' | 'after' | 'before'>;

/** How every list of calls is cut into pages. */
export function recordsPagesContract(name: string, open: OpenRecords): void {
  describe(`pages of calls: ${name}`, () => {
    let records: Records;
    beforeEach(async () => {
      records = await open();
    });
    afterEach(() => records.close());

    const keep = (...calls: readonly CallRecord[]) => Promise.all(calls.map((call) => records.calls.save(call)));
    const numbers = ({ records: page }: CallPage) => page.map(({ sid }) => Number(sid.slice(-6, -2)));
    const page = (query: Partial<CallQuery>) => records.calls.page({ order: 'asc', limit: 2, ...query });

    it('tell how many there are in all, and whether there are some before and behind', async () => {
      await keep(...[1, 2, 3, 4, 5].map((n) => callRecord(n)));
      const middle = await page({ after: sidOf(1) });
      expect([middle.total, middle.isFirst, middle.isLast, numbers(middle)]).toEqual([5, false, false, [2, 3]]);
      expect(await page({})).toMatchObject({ isFirst: true, isLast: false });
      expect(await page({ after: sidOf(3) })).toMatchObject({ isFirst: false, isLast: true });
      expect(await page({ after: sidOf(5) })).toEqual({ total: 5, records: [], isFirst: false, isLast: true });
      expect(await page({ before: sidOf(1) })).toEqual({ total: 5, records: [], isFirst: true, isLast: false });
      expect(numbers(await page({ before: sidOf(3), order: 'desc' }))).toEqual([5, 4]);
      expect(numbers(await page({ after: sidOf(2), before: sidOf(4), limit: 9 }))).toEqual([3]);
    });

    it('begin nowhere when the cursor is unknown', async () => {
      await keep(callRecord(1));
      expect(await page({ after: 'nobody' })).toEqual({ total: 1, records: [], isFirst: true, isLast: true });
      expect(await page({ before: 'nobody' })).toMatchObject({ records: [] });
      expect(await page({ after: sidOf(1), before: 'nobody' })).toEqual({ total: 1, records: [], isFirst: true, isLast: true });
    });

    it('begin beside any call, also one that does not fit', async () => {
      await keep(...[1, 2, 3, 4].map((n) => callRecord(n, { status: n % 2 ? 'busy' : 'failed' })));
      const busy = await page({ statuses: ['busy'], after: sidOf(2) });
      expect([numbers(busy), busy.isFirst, busy.isLast]).toEqual([[3], false, true]);
    });

    it('are empty between cursors that leave nothing, and in no calls at all', async () => {
      expect(await page({})).toEqual({ total: 0, records: [], isFirst: true, isLast: true });
      await keep(...[1, 2, 3, 4].map((n) => callRecord(n)));
      expect(await page({ after: sidOf(3), before: sidOf(2) })).toMatchObject({ records: [], isFirst: false, isLast: false });
      expect(await page({ limit: 0 })).toEqual({ total: 4, records: [], isFirst: true, isLast: false });
    });

    it('name a call once, however often it is asked for', async () => {
      await keep(...[1, 2, 3].map((n) => callRecord(n)));
      const asked = await page({ sids: [sidOf(3), 'nobody', sidOf(1), sidOf(3)], limit: 9 });
      expect([asked.total, numbers(asked)]).toEqual([2, [1, 3]]);
    });

    it('take the time of creation with both ends', async () => {
      await keep(...[1, 2, 3, 4].map((n) => callRecord(n)));
      expect(numbers(await page({ created: { least: 2000, most: 3000 } }))).toEqual([2, 3]);
      expect(await page({ created: { least: 2001, most: 2999 } })).toMatchObject({ total: 0, records: [] });
      expect(await page({ created: { least: 9000 } })).toMatchObject({ total: 0, isFirst: true, isLast: true });
      expect(await page({ created: { most: 0 } })).toMatchObject({ total: 0 });
    });

    it('keep the order in which calls came when the clock went back', async () => {
      await keep(callRecord(5));
      await keep(callRecord(2), callRecord(6));
      await keep(callRecord(5, { status: 'busy' }));
      expect(numbers(await page({ limit: 9 }))).toEqual([5, 2, 6]);
      expect(await page({ created: { least: 5000, most: 5000 } })).toMatchObject({ total: 2 });
      expect(await records.calls.find(sidOf(2))).toEqual(callRecord(2));
    });

    it('give every call that fits once, in order, forwards and backwards, as a plain filter does', async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(someCall, { maxLength: 40 }),
          someQuery,
          order,
          fc.integer({ min: 1, max: 7 }),
          async (drawn, which, by, limit) => {
            const calls = drawn.map((more, n) => callRecord(n, more));
            await records.clear();
            await keep(...calls.map((call) => ({ ...call, status: 'queued' as const })));
            await keep(...calls);
            const fit = calls.filter((call) => fits(call, which));
            if (by === 'desc') fit.reverse();
            const query = { ...which, order: by, limit };
            expect(await walk(records.calls, query, 'after', fit.length)).toEqual(fit);
            expect(await walk(records.calls, query, 'before', fit.length)).toEqual(fit);
          },
        ),
        { numRuns: 150 },
      );
    });
  });
}

/** Every page from one end to the other, put together in the order asked for. */
async function walk(calls: CallRecords, query: CallQuery, by: 'after' | 'before', total: number) {
  const found: CallRecord[] = [];
  let cursor = by === 'after' ? undefined : await lastOf(calls, query);
  if (by === 'before' && cursor) found.push(cursor);
  for (let pages = 0; pages <= total; pages++) {
    const page = await calls.page({ ...query, ...(cursor && { [by]: cursor.sid }) });
    const [first, last] = [page.records[0], page.records.at(-1)];
    expect(page.total).toBe(total);
    expect(page.records.length).toBeLessThanOrEqual(query.limit);
    if (by === 'after') {
      expect(page.isFirst).toBe(cursor === undefined);
      found.push(...page.records);
      if (page.isLast) return found;
    } else {
      expect(page.isLast).toBe(cursor === undefined);
      found.unshift(...page.records);
      if (page.isFirst) return found;
    }
    cursor = by === 'after' ? last : first;
    expect(cursor).toBeDefined();
  }
  throw new Error('the pages do not end');
}

const lastOf = async (calls: CallRecords, query: CallQuery) =>
  (await calls.page({ ...query, order: query.order === 'asc' ? 'desc' : 'asc', limit: 1 })).records[0];

const order = fc.constantFrom('asc' as const, 'desc' as const);
const NUMBERS = ['+911', '+912', '+913', 'sip:anna'];
const number = fc.constantFrom(...NUMBERS);

export const someCall = fc
  .record({
    from: number,
    to: number,
    status: fc.constantFrom(...CALL_STATUSES),
    direction: fc.constantFrom('inbound' as const, 'outbound' as const),
    seconds: fc.option(fc.integer({ min: 0, max: 9 }), { nil: undefined }),
    price: fc.option(fc.integer({ min: 0, max: 4 }), { nil: undefined }),
    dialled: fc.boolean(),
  })
  .map(({ seconds, price, dialled, ...rest }) => ({
    ...rest,
    legs: dialled ? [1, 2].map((leg) => ({ leg, number: '+911', state: 'completed' as const, dialledAt: ms(leg * 700) })) : [],
    ...(seconds !== undefined && { endedAt: ms(700 + seconds * 1000) }),
    ...(price !== undefined && { price: price / 4 }),
  }));

const several = <T>(one: fc.Arbitrary<T>) => fc.uniqueArray(one, { maxLength: 3 });
const range = (most: number): fc.Arbitrary<Range> =>
  fc.record({ least: fc.integer({ min: 0, max: most }), most: fc.integer({ min: 0, max: most }) }, { requiredKeys: [] });

export const someQuery: fc.Arbitrary<Which> = fc.record(
  {
    sids: several(fc.integer({ min: 0, max: 45 }).map(sidOf)),
    created: range(42_000),
    from: several(number),
    to: several(number),
    exophones: several(fc.constantFrom(e164('+918047112399'), e164('+918000000000'))),
    statuses: several(fc.constantFrom(...CALL_STATUSES)),
    directions: several(fc.constantFrom('inbound' as const, 'outbound' as const)),
    duration: range(9),
    price: range(1),
  },
  { requiredKeys: [] },
);

function fits(call: CallRecord, which: Which): boolean {
  const { sid, facts, from, to, status, createdAt, endedAt, legs, price } = call;
  const duration = endedAt === undefined || legs.length === 0 ? undefined : Math.round((endedAt - 700) / 1000);
  const one = <T>(value: T, wanted: readonly T[] | undefined) => wanted?.includes(value) ?? true;
  return (
    one<string>(sid, which.sids) &&
    one(from, which.from) &&
    one(to, which.to) &&
    one(facts.exophone, which.exophones) &&
    one(status, which.statuses) &&
    one(facts.direction, which.directions) &&
    within(createdAt, which.created) &&
    within(duration, which.duration) &&
    within(price, which.price)
  );
}

function within(value: number | undefined, { least, most }: Range = {}): boolean {
  if (least === undefined && most === undefined) return true;
  return value !== undefined && value >= (least ?? value) && value <= (most ?? value);
}
