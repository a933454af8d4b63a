import { auditOfFact } from '../core/audit.ts';
import { type Fact, isErased, type Subject } from '../core/facts.ts';
import type { E164, Ms } from '../core/ids.ts';
import type { FactImport, Facts, Post } from '../core/ports.ts';
import type { MemoryAudit } from './audit-memory.ts';
import type { Unsealed } from './audit-seal.ts';
import { factsOf } from './facts-chunk.ts';
import { eraseInMemory } from './facts-erase-memory.ts';
import { oldestFirst, select, selectPages, shown, standingIds } from './facts-select.ts';
import { prefixesOf } from './facts-subjects.ts';
import { frozenCopy } from './frozen-copy.ts';
import type { MemoryOutbox } from './outbox-memory.ts';
import { type Stamp, stampFacts } from './stamp.ts';

/** @param kept where the facts are; the audit reads them there. */
export function createMemoryFacts(stamp: Stamp, audit: MemoryAudit, kept: Fact[], outbox: MemoryOutbox): Facts & FactImport {
  const { seal } = audit;
  const ids = new Set<string>();
  let places = new Map<Subject, number[]>();
  let hasPrefixes = false;
  let hasErased = false;

  function index(fact: Fact, place: number): void {
    hasPrefixes ||= fact.number.endsWith('*');
    hasErased ||= isErased(fact.number);
    const there = places.get(fact.number);
    if (there) there.push(place);
    else places.set(fact.number, [place]);
  }

  function of(number: Subject, others: readonly Subject[] = []): readonly Fact[] {
    const hidden = hasErased ? seal.hide(number) : undefined;
    const subjects = hidden === undefined ? [number, ...others] : [number, hidden, ...others];
    const found = subjects.flatMap((subject) => places.get(subject) ?? []).toSorted((a, b) => a - b);
    return found.map((place) => shown(kept[place] as Fact, number, hidden));
  }

  function place(fact: Fact): number {
    ids.add(fact.id);
    index(fact, kept.length);
    return kept.push(fact) - 1;
  }

  const standing = ({ kind, number }: Fact): readonly string[] | undefined =>
    kind === 'opt-out' || kind === 'opt-in' ? standingIds(of(number), stamp.now()) : undefined;

  function entryOf(fact: Fact): () => Unsealed {
    const before = standing(fact);
    const at = place(fact);
    const lists = before && { before, after: standing(fact) ?? [] };
    return () => {
      const { body, ...entry } = auditOfFact(fact, lists);
      return { ...entry, facts: { from: at, to: at }, body: { ...body, digest: seal.digest([fact]) } };
    };
  }

  const stamped = (facts: Parameters<Facts['record']>[0]): readonly Fact[] =>
    stampFacts(facts, stamp, (id) => ids.has(id)).map(frozenCopy);

  return {
    async record(facts, posts: readonly Post[] = []) {
      const recorded = stamped(facts);
      outbox.keep(posts);
      audit.write(recorded.map(entryOf));
      return recorded;
    },
    about: async (number) => oldestFirst(of(number, hasPrefixes ? prefixesOf(number) : [])),
    list: async (query) => select(kept, query, seal.hide, stamp.now()),
    async erase(number: E164, by) {
      const erased = eraseInMemory(number, by, audit, kept, outbox);
      places = new Map();
      kept.forEach(index);
      return erased;
    },
    pages: (query) => selectPages(kept, query, seal.hide, stamp.now()),
    aboutMany: async (numbers) =>
      new Map(numbers.map((number) => [number, oldestFirst(of(number))] as const).filter(([, known]) => known.length > 0)),
    async recordMany(chunks, by: { at: Ms; actor: string }) {
      const all = [];
      for await (const chunk of chunks) all.push({ recorded: stamped(factsOf(chunk)), body: chunk.body });
      for (const { recorded, body } of all.filter((chunk) => chunk.recorded.length > 0)) {
        const from = kept.length;
        recorded.forEach(place);
        const sealed = { ...body, count: recorded.length, digest: seal.digest(recorded) };
        audit.write([{ action: 'import', ...by, facts: { from, to: kept.length - 1 }, body: sealed }]);
      }
      return all.flatMap(({ recorded }) => recorded).length;
    },
    close: async () => {},
  };
}
