import type { Facts, Gate } from '../core/ports.ts';
import { decide } from './decide.ts';
import { DEFAULT_POLICY, type Policy } from './policy.ts';
import { rehearsed } from './rehearsal.ts';

export type GuardOptions = {
  /** Nobody is really contacted: only what people want stops it. */
  rehearsal?: boolean;
};

/** The gate that every call and SMS passes. When the store cannot be asked, nobody knows who is on the list: nothing goes out. */
export function createGuard(
  facts: Pick<Facts, 'about'>,
  policy: Policy = DEFAULT_POLICY,
  { rehearsal = false }: GuardOptions = {},
): Gate {
  return {
    async ask(contact, at) {
      try {
        const verdict = decide(contact, await facts.about(contact.number), at, policy);
        return rehearsal ? rehearsed(verdict) : verdict;
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error);
        const says = `the do-not-call list cannot be read, so nothing goes out: ${why}`;
        return { verdict: 'block', reasons: [{ code: 'STORE_UNREADABLE', says, facts: [], effect: 'block' }], warnings: [] };
      }
    },
  };
}
