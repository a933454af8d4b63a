import type { Fact } from '../core/facts.ts';
import type { FactQuery, Facts } from '../core/ports.ts';
import { oldestFirst } from './facts-select.ts';
import type { Stamp } from './stamp.ts';
import { createMemoryStore, type Store } from './store.ts';

export type OverlayOptions = {
  /** Facts of the base that are not seen. */
  hidden?: (fact: Fact) => boolean;
};

/** Knows what another store knows, and keeps what is recorded for as long as the process lives: nothing reaches the other. */
export function createStoreOverlay(base: Pick<Facts, 'about' | 'list'>, stamp: Stamp, options: OverlayOptions = {}): Store {
  const { hidden = () => false } = options;
  const own = createMemoryStore(stamp);
  const seen = (facts: readonly Fact[]) => facts.filter((fact) => !hidden(fact));

  const about: Facts['about'] = async (number) =>
    oldestFirst([...seen(await base.about(number)), ...(await own.facts.about(number))]);

  /** Of the base, without what was lifted here. */
  async function below(query: FactQuery): Promise<readonly Fact[]> {
    const found = seen(await base.list(query));
    if (!query.inForce) return found;
    const optIns = await own.facts.list({ kind: 'opt-in' });
    const lifted = new Set(optIns.flatMap(({ number, supersedes = [] }) => supersedes.map((id) => `${number} ${id}`)));
    return found.filter(({ number, id }) => !lifted.has(`${number} ${id}`));
  }

  const list: Facts['list'] = async (query) => {
    // Without a limit: what is hidden, or lifted by an opt-in of our own, must not count.
    const { limit, ...wanted } = query;
    const known = [...(await own.facts.list(wanted)), ...(await below(wanted))];
    return known.toSorted((a, b) => b.recordedAt - a.recordedAt).slice(0, limit);
  };

  return {
    ...own,
    async *pages({ inForce, prefixes }) {
      const known = await list({ ...(inForce && { inForce }) });
      yield known.toReversed().filter(({ number }) => !prefixes || number.endsWith('*'));
    },
    async aboutMany(numbers) {
      const known = await Promise.all(numbers.map(async (number) => [number, await about(number)] as const));
      const of = known.map(([number, facts]) => [number, facts.filter((fact) => fact.number === number)] as const);
      return new Map(of.filter(([, facts]) => facts.length > 0));
    },
    facts: {
      ...own.facts,
      about,
      list,
    },
  };
}
