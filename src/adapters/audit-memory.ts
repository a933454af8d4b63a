import type { AuditEntry } from '../core/audit.ts';
import type { Fact, Subject } from '../core/facts.ts';
import type { Ms } from '../core/ids.ts';
import type { AuditQuery, AuditTrail } from '../core/ports.ts';
import type { Seal, Unsealed } from './audit-seal.ts';
import { type ChainSource, verifyChain } from './audit-verify.ts';
import type { Forgotten } from './facts-forget.ts';

/** An entry, or what makes it once somebody looks. */
export type Written = Unsealed | (() => Unsealed);

/** A chain for as long as the process lives. It is sealed when somebody looks: in many processes nobody ever does. */
export type MemoryAudit = {
  trail: AuditTrail;
  /** Adds to the chain. What a function makes must not change until it is asked. */
  write(entries: readonly Written[]): void;
  /** Leaves out a person's number and every note about them. */
  forget(gone: Forgotten): { entries: number; notes: readonly number[] };
  entries: readonly AuditEntry[];
  source: ChainSource;
  seal: Seal;
};

/** @param facts the facts of the same store, in the order of their recording. */
export function createMemoryAudit(seal: Seal, now: () => Ms, facts: readonly Fact[]): MemoryAudit {
  const entries: AuditEntry[] = [];
  const unsealed: { entry: Written; recordedAt: Ms }[] = [];
  const erased = new Set<string>();
  const last = () => entries.at(-1) ?? { seq: 0, hash: seal.genesis };

  function write(added: readonly Written[]): void {
    const recordedAt = now();
    for (const entry of added) unsealed.push({ entry, recordedAt });
  }

  /** The chain as it stands. */
  function sealed(): AuditEntry[] {
    for (const { entry, recordedAt } of unsealed.splice(0))
      entries.push(withheld(seal.seal(typeof entry === 'function' ? entry() : entry, last(), recordedAt)));
    return entries;
  }

  /** Nobody who was erased is named again, unless a fact of them is recorded anew. */
  function withheld(entry: AuditEntry): AuditEntry {
    if (entry.action === 'erase') erased.add(entry.who ?? '');
    if (entry.facts || !erased.has(entry.who ?? '')) return entry;
    const { number: _, ...rest } = entry;
    return rest;
  }

  const source: ChainSource = {
    entries: (action) => (action === undefined ? sealed() : sealed().filter((entry) => entry.action === action)),
    facts: ({ from, to }) => facts.slice(from, to + 1),
    factNumbers: () => facts.keys(),
    wrongLifts: () => 0,
  };

  function forget({ who, tail }: Forgotten): { entries: number; notes: readonly number[] } {
    const open = sealed().filter(({ action, number, note }) => action !== 'erase' && (number ?? note) !== undefined);
    const own = open.filter((entry) => who.includes(entry.who ?? ''));
    const others = open.filter((entry) => !own.includes(entry) && entry.note?.includes(tail));
    for (const entry of own) delete entry.number;
    for (const entry of [...own, ...others]) delete entry.note;
    return { entries: own.length, notes: others.map(({ seq }) => seq) };
  }

  const matches = ({ number, action, since, after = 0 }: AuditQuery, entry: AuditEntry): boolean =>
    entry.seq > after &&
    (action === undefined || entry.action === action) &&
    (since === undefined || entry.recordedAt >= since) &&
    (number === undefined || entry.who === seal.who(number) || recorded(entry, number));

  /** Facts that came in many have one entry, without a number. */
  const recorded = ({ facts: range }: AuditEntry, number: Subject): boolean =>
    range !== undefined && source.facts(range).some((fact) => fact.number === number || fact.number === seal.hide(number));

  return {
    write,
    forget,
    get entries() {
      return sealed();
    },
    source,
    seal,
    trail: {
      append: async (added) => write(added),
      read: async (query) =>
        sealed()
          .filter((entry) => matches(query, entry))
          .slice(0, query.limit)
          .map((entry) => ({ ...entry })),
      head: async () => {
        sealed();
        return { store: seal.store, seq: last().seq, hash: last().hash };
      },
      verify: async (...kept) => verifyChain(source, seal, kept),
    },
  };
}
