import type { Fact } from '../core/facts.ts';
import type { Facts, Post } from '../core/ports.ts';
import { createMemoryFacts, oldestFirst, select } from './facts-memory.ts';
import type { Stamp } from './stamp.ts';

export type OverlayOptions = {
  /** Facts of the base that are not seen. */
  hidden?: (fact: Fact) => boolean;
  /** Takes the posts recorded with facts; they are dropped unless told. */
  keep?: (posts: readonly Post[]) => void;
};

/** Knows what another store knows, and keeps what is recorded for as long as the process lives: nothing reaches the other. */
export function createFactsOverlay(base: Pick<Facts, 'about' | 'list'>, stamp: Stamp, options: OverlayOptions = {}): Facts {
  const { hidden = () => false, keep = () => {} } = options;
  const own = createMemoryFacts(stamp, keep);
  const seen = (facts: readonly Fact[]) => facts.filter((fact) => !hidden(fact));
  return {
    record: own.record,
    about: async (number) => oldestFirst([...seen(await base.about(number)), ...(await own.about(number))]),
    async list(query) {
      // Without a limit: what is hidden, or lifted by an opt-in of our own, must not count.
      const { limit: _, ...wanted } = query;
      const known = [...(await own.list({})), ...seen(await base.list(wanted))];
      return select(known.toReversed(), query);
    },
    close: async () => {},
  };
}
