import type { Facts, Gate } from '../core/ports.ts';
import { decide } from './decide.ts';
import { DEFAULT_POLICY, type Policy } from './policy.ts';

/** The gate that every call and SMS passes. When the store cannot be asked, nobody knows who is on the list: nothing goes out. */
export function createGuard(facts: Pick<Facts, 'about'>, policy: Policy = DEFAULT_POLICY): Gate {
  return {
    async ask(contact, at) {
      try {
        return decide(contact, await facts.about(contact.number), at, policy);
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error);
        const says = `the do-not-call list cannot be read, so nothing goes out: ${why}`;
        return { verdict: 'block', reasons: [{ code: 'STORE_UNREADABLE', says, facts: [], effect: 'block' }], warnings: [] };
      }
    },
  };
}
