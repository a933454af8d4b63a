import type { Fact } from '../core/facts.ts';
import type { E164 } from '../core/ids.ts';
import type { Erased, Erasure } from '../core/ports.ts';
import type { MemoryAudit } from './audit-memory.ts';
import { erasureEntry, forget, forgetting, renewDigests } from './facts-forget.ts';
import type { MemoryOutbox } from './outbox-memory.ts';

/** Erases a person from everything a store in memory keeps. */
export function eraseInMemory(number: E164, by: Erasure, audit: MemoryAudit, kept: Fact[], outbox: MemoryOutbox): Erased {
  const gone = forgetting(number, audit.seal);
  const own = kept.filter((fact) => gone.own.includes(fact.number));
  const touched = [...kept.keys()].filter((i) => forget(kept[i] as Fact, gone) !== kept[i]);
  const recordedIn = (seq: number) => audit.entries.find(({ facts }) => facts && facts.from <= seq && seq <= facts.to);
  const digests = renewDigests(audit, touched, recordedIn, () => {
    for (const i of touched) kept[i] = Object.freeze(forget(kept[i] as Fact, gone));
  });
  const { entries, notes } = audit.forget(gone);
  const calls = own.flatMap(({ call }) => call ?? []);
  const counts = { facts: own.length, entries, ...outbox.forget(gone.tail, calls) };
  if (counts.facts + entries + counts.posts + digests.size > 0)
    audit.write([erasureEntry(gone, by, { ...counts, notes, digests })]);
  return counts;
}
