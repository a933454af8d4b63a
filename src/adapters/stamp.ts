import type { Fact, NewFact } from '../core/facts.ts';
import { type Ms, ms } from '../core/ids.ts';
import type { Ids } from '../core/ports.ts';

/** What a store adds to a fact: its id, and the machine's time. */
export type Stamp = { ids: Ids; now: () => Ms };

/**
 * Facts as they will be stored, in their order. Seeded ids come again in every run with that seed, so an id that
 * is `taken` is passed over: two opt-outs are never taken for one. Instants become whole milliseconds.
 */
export function stampFacts(facts: readonly NewFact[], { ids, now }: Stamp, taken: (id: string) => boolean): readonly Fact[] {
  const recordedAt = whole(now());
  const drawn = new Set<string>();
  return facts.map((fact) => {
    let id = ids.next();
    while (drawn.has(id) || taken(id)) id = ids.next();
    drawn.add(id);
    return {
      ...fact,
      ...(fact.expiresAt !== undefined && { expiresAt: whole(fact.expiresAt) }),
      at: whole(fact.at),
      id,
      recordedAt,
    };
  });
}

const whole = (at: Ms): Ms => ms(Math.round(at));
