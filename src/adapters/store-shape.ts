import type { NewFact } from '../core/facts.ts';
import type { AuditTrail, FactImport, Facts, Outbox, Post } from '../core/ports.ts';

/** Where facts and posts are kept, and what becomes of an opt-out that cannot be. */
export type Store = FactImport & {
  facts: Facts;
  outbox: Outbox;
  audit: AuditTrail;
  /** For people, after `store: `. */
  describe: string;
  /** None for a store in memory. */
  path?: string;
  /** `problem` is a whole sentence: the store can be asked, and cannot record. */
  health: 'ok' | { problem: string };
  /** What was found on opening, as sentences: opt-outs taken over from the journal, lines of it that are broken. */
  notes: readonly string[];
  /**
   * Keeps an opt-out that could not be recorded; it counts at once, and is taken over when the store can be written.
   * @returns the journal's path. @throws Error when that cannot be written either.
   */
  journal(fact: NewFact, posts?: readonly Post[]): Promise<string>;
  close(): Promise<void>;
};

/** The store could not be read or written. The message says which store, and why. */
export class StoreError extends Error {
  override name = 'StoreError' as const;
}
