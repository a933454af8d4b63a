import type { Fact, Subject } from '../core/facts.ts';
import type { Ms } from '../core/ids.ts';
import type { FactImport } from '../core/ports.ts';
import { already } from './dnc-import-judge.ts';
import type { Like } from './dnc-import-like.ts';
import type { Seen } from './dnc-import-seen.ts';
import { subjectOf, type Window } from './dnc-import-window.ts';

export type Settling = {
  store: Pick<FactImport, 'aboutMany'>;
  /** Numbers that this import recorded. */
  seen: Seen;
  /** The store held something when the import began: every number is looked up. */
  filled: boolean;
  now: Ms;
  /** When the import began. */
  since: Ms;
};

/** Numbers that are looked up at once. */
const MANY = 10_000;

/** Decides what becomes of a window's entries. Returns those that are to be recorded, by their numbers. */
export async function settle(window: Window, settling: Settling): Promise<readonly number[]> {
  const sorted = window.sorted();
  const accepted: number[] = [];
  for (let from = 0; from < sorted.length; ) {
    const to = endOfNumber(window, sorted, Math.min(sorted.length, from + MANY));
    const some = sorted.subarray(from, to);
    const known = await lookUp(window, some, settling);
    judge(window, some, known, settling, accepted);
    from = to;
  }
  for (const entry of accepted) settling.seen.add(window.key(entry));
  return accepted;
}

/** Entries of one number stay together. */
function endOfNumber(window: Window, sorted: Uint32Array, end: number): number {
  let to = end;
  while (to < sorted.length && window.key(sorted[to] ?? 0) === window.key(sorted[to - 1] ?? 0)) to++;
  return to;
}

const NOTHING: readonly Fact[] = [];

type Known = Awaited<ReturnType<FactImport['aboutMany']>>;

async function lookUp(window: Window, entries: Uint32Array, { store, seen, filled }: Settling): Promise<Known> {
  const asked: Subject[] = [];
  let last = 0;
  for (const entry of entries) {
    const key = window.key(entry);
    if (key !== last && (filled || seen.may(key))) asked.push(subjectOf(key));
    last = key;
  }
  return asked.length === 0 ? new Map() : store.aboutMany(asked);
}

function judge(window: Window, entries: Uint32Array, known: Known, { now, since }: Settling, accepted: number[]): void {
  let last = 0;
  let taken: Like['fact'][] = [];
  for (const entry of entries) {
    const key = window.key(entry);
    if (key !== last && taken.length > 0) taken = [];
    const like = window.like(entry);
    const facts = known.size === 0 ? NOTHING : (known.get(subjectOf(key)) ?? NOTHING);
    const isNew = facts.length === 0 && taken.length === 0;
    const found = isNew ? undefined : already(like, { number: subjectOf(key), facts, taken, now, since });
    window.decide(entry, found?.outcome ?? 'added', found?.why);
    if (!found) {
      taken.push(like.fact);
      accepted.push(entry);
    }
    last = key;
  }
}
