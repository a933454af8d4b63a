import { type CallPage, type CallQuery, type CallRecord, durationOf, type Range } from '../core/call-record.ts';
import type { Kept } from './records-kept.ts';

/** Places of calls in ascending order. */
type Places = {
  count: number;
  at(index: number): number;
  /** How many of them are below a place. */
  below(place: number): number;
};

type Test = (call: CallRecord) => boolean;

/**
 * Lists calls. Without filters but the time of creation, none is looked at that is not on the page.
 * @param times when each call came, never falling.
 */
export function pageOf(calls: Kept<CallRecord>, times: readonly number[], query: CallQuery): CallPage {
  const places = placesOf(calls, times, query);
  const total = places.count;
  const span = spanOf(calls, places, query);
  if (!span) return { total, records: [], isFirst: true, isLast: true };
  const { start, end } = cut(span, query);
  const records = Array.from({ length: end - start }, (_, i) => calls.all[places.at(start + i)] as CallRecord);
  const [older, newer] = [start > 0, end < total];
  return query.order === 'asc'
    ? { total, records, isFirst: !older, isLast: !newer }
    : { total, records: records.reverse(), isFirst: !newer, isLast: !older };
}

/** Of all that fit the query. */
function placesOf(calls: Kept<CallRecord>, times: readonly number[], query: CallQuery): Places {
  const { least, most } = query.created ?? {};
  const from = least === undefined ? 0 : firstOf(times, (at) => at >= least);
  const to = most === undefined ? times.length : firstOf(times, (at) => at > most);
  const tests = testsOf(query);
  if (!query.sids && tests.length === 0) return between(from, to);
  const some = query.sids ? placesOfSids(calls, query.sids, from, to) : between(from, to);
  const chosen: number[] = [];
  for (let i = 0; i < some.count; i++) {
    const place = some.at(i);
    const call = calls.all[place] as CallRecord;
    if (tests.every((test) => test(call))) chosen.push(place);
  }
  return these(chosen);
}

function placesOfSids(calls: Kept<CallRecord>, sids: readonly string[], from: number, to: number): Places {
  const found = new Set(sids.map((sid) => calls.placeOf(sid) ?? -1));
  return these([...found].filter((place) => place >= from && place < to).toSorted((a, b) => a - b));
}

function between(from: number, to: number): Places {
  const count = Math.max(0, to - from);
  return { count, at: (index) => from + index, below: (place) => Math.min(count, Math.max(0, place - from)) };
}

const these = (places: readonly number[]): Places => ({
  count: places.length,
  at: (index) => places[index] as number,
  below: (place) => firstOf(places, (one) => one >= place),
});

/** Where the first is that passes; all behind it do. */
function firstOf(sorted: readonly number[], passes: (value: number) => boolean): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (passes(sorted[middle] as number)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** From the first to the one behind the last. */
type Span = { start: number; end: number };

/** What the cursors leave; the end may be below the start. @returns undefined when a cursor is unknown. */
function spanOf(calls: Kept<CallRecord>, places: Places, { order, after, before }: CallQuery): Span | undefined {
  const span = { start: 0, end: places.count };
  const [above, below] = order === 'asc' ? [after, before] : [before, after];
  if (above !== undefined) {
    const place = calls.placeOf(above);
    if (place === undefined) return undefined;
    span.start = places.below(place + 1);
  }
  if (below !== undefined) {
    const place = calls.placeOf(below);
    if (place === undefined) return undefined;
    span.end = places.below(place);
  }
  return span;
}

/** No more than asked, from the end where the page begins; one that has only an end is cut at the other. */
function cut({ start, end }: Span, { order, limit, after, before }: CallQuery): Span {
  const backwards = before !== undefined && after === undefined;
  if ((order === 'asc') !== backwards) return { start, end: Math.max(start, Math.min(end, start + limit)) };
  return { start: Math.min(end, Math.max(start, end - limit)), end };
}

function testsOf(query: CallQuery): readonly Test[] {
  const tests: Test[] = [];
  const oneOf = (wanted: readonly string[] | undefined, of: (call: CallRecord) => string) => {
    if (wanted) tests.push((call) => wanted.includes(of(call)));
  };
  const within = ({ least, most }: Range = {}, of: (call: CallRecord) => number | undefined) => {
    if (least === undefined && most === undefined) return;
    tests.push((call) => {
      const value = of(call);
      return value !== undefined && value >= (least ?? value) && value <= (most ?? value);
    });
  };
  oneOf(query.from, ({ from }) => from);
  oneOf(query.to, ({ to }) => to);
  oneOf(query.exophones, ({ facts }) => facts.exophone);
  oneOf(query.statuses, ({ status }) => status);
  oneOf(query.directions, ({ facts }) => facts.direction);
  within(query.duration, durationOf);
  within(query.price, ({ price }) => price);
  return tests;
}
