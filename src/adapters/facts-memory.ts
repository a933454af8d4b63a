import type { Fact } from '../core/facts.ts';
import { inForce } from '../core/in-force.ts';
import type { FactQuery, Facts, Post } from '../core/ports.ts';
import { type Stamp, stampFacts } from './stamp.ts';

/** Facts for as long as the process lives. `keep` takes the posts recorded with them. */
export function createMemoryFacts(stamp: Stamp, keep: (posts: readonly Post[]) => void): Facts {
  const all: Fact[] = [];
  const ids = new Set<string>();
  return {
    async record(facts, posts = []) {
      const stamped = stampFacts(structuredClone(facts), stamp, (id) => ids.has(id)).map((fact) => Object.freeze(fact));
      keep(posts);
      for (const fact of stamped) ids.add(fact.id);
      all.push(...stamped);
      return stamped;
    },
    about: async (number) => oldestFirst(all.filter((fact) => fact.number === number)),
    list: async (query) => select(all, query),
    close: async () => {},
  };
}

/** By the time of recording; those recorded together stay in their order. */
export const oldestFirst = (facts: readonly Fact[]): readonly Fact[] => facts.toSorted((a, b) => a.recordedAt - b.recordedAt);

/** What `Facts.list` answers, from all facts in the order of their recording. */
export function select(all: readonly Fact[], { number, text, limit, inForce: only }: FactQuery): readonly Fact[] {
  const found = (only ? inForce(all) : all).filter(
    (fact) => (number === undefined || fact.number === number) && (text === undefined || mentions(fact, text)),
  );
  return oldestFirst(found).toReversed().slice(0, limit);
}

function mentions({ number, reason, evidence, flow, call }: Fact, text: string): boolean {
  const wanted = lower(text);
  return [number, reason, evidence, flow, call].some((field) => field !== undefined && lower(field).includes(wanted));
}

/** As SQLite's `lower` does it: only A to Z. */
const lower = (text: string): string => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
