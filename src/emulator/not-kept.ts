import type { Refusal } from '../core/facts.ts';

/** Of a call or an SMS for which there is no room: nobody is told that it was taken. */
export const NOT_KEPT: Refusal = {
  verdict: 'block',
  reasons: [{ code: 'NOT_KEPT', says: 'it cannot be kept', facts: [], effect: 'block' }],
  warnings: [],
};
