import type { AuditEntry, FactRange, NewAuditEntry } from '../core/audit.ts';
import type { Fact, Subject } from '../core/facts.ts';
import type { E164 } from '../core/ids.ts';
import type { Erased, Erasure } from '../core/ports.ts';
import type { Seal } from './audit-seal.ts';
import { type ChainSource, digestOf, readErasures } from './audit-verify.ts';

/** A number that is to be forgotten. */
export type Forgotten = {
  number: E164;
  /** The number itself, and the prefix that is all of it. */
  own: readonly Subject[];
  /** What its facts are found by afterwards. */
  hidden: Subject;
  /** As it is found in texts, however they begin it: its last ten digits. */
  tail: string;
  /** As {@link AuditEntry} has them. */
  who: readonly string[];
};

export function forgetting(number: E164, seal: Seal): Forgotten {
  const own: readonly Subject[] = [number, `+${number.slice(1)}*`];
  return { number, own, hidden: seal.hide(number), tail: number.slice(1).slice(-10), who: own.map((one) => seal.who(one)) };
}

/** Fields that cannot hold a number but for the one that they are. */
const SAFE = new Set<string>([
  'id',
  'kind',
  'number',
  'scope',
  'source',
  'at',
  'recordedAt',
  'call',
  'key',
  'supersedes',
  'expiresAt',
]);

/** The fact without the number, and when it is the person's own without free texts; itself when it tells nothing of them. */
export function forget(fact: Fact, gone: Forgotten): Fact {
  const own = gone.own.includes(fact.number);
  if (!own && !mentions(fact, gone)) return fact;
  const { reason, evidence, ...rest } = fact;
  const bare = own ? { ...rest, number: gone.hidden } : fact;
  const fields = Object.entries(bare).map(([field, value]) => [field, SAFE.has(field) ? value : without(value, gone.tail, own)]);
  return Object.fromEntries(fields) as Fact;
}

const mentions = (fact: Fact, { tail }: Forgotten): boolean =>
  Object.entries(fact).some(([field, value]) => !SAFE.has(field) && value !== undefined && JSON.stringify(value).includes(tail));

/** What people wrote or came from, inside the details of a kind. */
const PERSONAL = new Set(['text', 'ip']);

function without(value: unknown, tail: string, own: boolean): unknown {
  if (typeof value === 'string') return withoutTail(value, tail);
  if (Array.isArray(value)) return value.map((one) => without(one, tail, own));
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([field]) => !(own && PERSONAL.has(field)));
  return Object.fromEntries(kept.map(([field, one]) => [field, without(one, tail, own)]));
}

/** Every number that ends so, with what it begins with. */
export const withoutTail = (text: string, tail: string): string =>
  text.includes(tail) ? text.replace(new RegExp(`\\+?\\d{0,5}${tail}`, 'g'), '(erased)') : text;

/** What the chain keeps of an erasure: enough to check what it left behind. */
export function erasureEntry(
  gone: Forgotten,
  by: Erasure,
  done: Omit<Erased, 'left'> & { notes: readonly number[]; digests: ReadonlyMap<FactRange['from'], string> },
): NewAuditEntry {
  const { facts, entries, posts, givenUp } = done;
  const note = withoutTail(`${by.reason}; evidence: ${by.evidence}`, gone.tail);
  const counts = { facts, entries, posts, givenUp };
  const body = { ...counts, erased: gone.who, notes: done.notes, digests: Object.fromEntries(done.digests) };
  return { action: 'erase', at: by.at, actor: by.actor, number: gone.number, note, body };
}

/**
 * New digests for the facts of entries that hold facts which are forgotten. Facts that were not as recorded before get
 * none: an erasure hides nothing.
 * @param recordedIn the entry that recorded a fact, by the store's count.
 */
export function renewDigests(
  { source, seal }: { source: ChainSource; seal: Seal },
  seqs: readonly number[],
  recordedIn: (seq: number) => AuditEntry | undefined,
  change: () => void,
): ReadonlyMap<number, string> {
  const erased = readErasures(source.entries('erase'));
  const now = ({ facts }: AuditEntry) => seal.digest(facts ? source.facts(facts) : []);
  const entries = new Map(seqs.map((seq) => recordedIn(seq)).flatMap((entry) => (entry ? [[entry.seq, entry]] : [])));
  const sound = [...entries.values()].filter((entry) => now(entry) === digestOf(entry, erased));
  change();
  return new Map(sound.map((entry) => [entry.facts?.from ?? 0, now(entry)]));
}
