import type { Fact } from './facts.ts';

/**
 * The opt-outs that no opt-in has lifted, in their order. An opt-in lifts the opt-outs of its number that it names,
 * and no other: one recorded meanwhile stays, and so does every one when a clock was set back.
 */
export function inForce(facts: readonly Fact[]): readonly Fact[] {
  const lifted = new Set<string>();
  for (const fact of facts) {
    if (fact.kind === 'opt-in') for (const id of fact.supersedes ?? []) lifted.add(`${fact.number} ${id}`);
  }
  return facts.filter((fact) => fact.kind === 'opt-out' && !lifted.has(`${fact.number} ${fact.id}`));
}
