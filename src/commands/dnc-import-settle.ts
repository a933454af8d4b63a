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

/** Entries of one number, from here to there among the sorted ones. */
type Group = { from: number; to: number };

/** Numbers that are looked up at once. */
const MANY = 10_000;

/** Decides what becomes of a window's entries. Returns those that are to be recorded, by their numbers. */
export async function settle(window: Window, settling: Settling): Promise<Uint32Array> {
  const { seen, store, filled } = settling;
  const sorted = window.sorted();
  let doubtful: Group[] = [];

  async function lookUp(): Promise<void> {
    const asked = doubtful.map(({ from }) => subjectOf(window.key(sorted[from] ?? 0)));
    const known = await store.aboutMany(asked);
    for (const [i, { from, to }] of doubtful.entries()) {
      const number = asked[i] as Subject;
      judge(window, sorted.subarray(from, to), number, known.get(number) ?? [], settling);
    }
    doubtful = [];
  }

  for (let from = 0; from < sorted.length; ) {
    const key = window.key(sorted[from] ?? 0);
    let to = from + 1;
    while (to < sorted.length && window.key(sorted[to] ?? 0) === key) to++;
    if (to > from + 1 || filled || seen.may(key)) doubtful.push({ from, to });
    else window.decide(sorted[from] ?? 0, 'added');
    seen.add(key);
    from = to;
    if (doubtful.length === MANY) await lookUp();
  }
  if (doubtful.length > 0) await lookUp();
  return sorted.filter((entry) => window.outcome(entry) === 'added');
}

function judge(window: Window, entries: Uint32Array, number: Subject, facts: readonly Fact[], { now, since }: Settling): void {
  const taken: Like['fact'][] = [];
  for (const entry of entries) {
    const like = window.like(entry);
    const isNew = facts.length === 0 && taken.length === 0;
    const found = isNew ? undefined : already(like, { number, facts, taken, now, since });
    window.decide(entry, found?.outcome ?? 'added', found?.why);
    if (!found) taken.push(like.fact);
  }
}
