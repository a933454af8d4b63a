import { maskNumber, maskText } from '../core/phone.ts';
import type { Violation } from '../core/violation.ts';
import type { Hub } from './hub.ts';
import type { Parts } from './parts.ts';

export type Violations = {
  add(violation: Violation): void;
  /** Oldest first. */
  list(): readonly Violation[];
  /** How many there were, those that are not listed any more as well. */
  count(): number;
  clear(): void;
};

/** So many are kept; more are only counted. */
const MOST_KEPT = 10_000;

export function createViolations({ say, hub }: Pick<Parts, 'say'> & { hub: Hub }): Violations {
  let kept: Violation[] = [];
  let count = 0;
  return {
    add(violation) {
      count++;
      if (kept.length < MOST_KEPT) kept.push(violation);
      hub.tell({ type: 'violation', violation });
      say({ about: 'violation', says: tellViolation(violation) });
    },
    list: () => kept,
    count: () => count,
    clear() {
      kept = [];
      count = 0;
    },
  };
}

/** As a line for people; numbers are masked. */
export function tellViolation({ channel, number, verdict, reasons }: Violation): string {
  const what = channel === 'sms' ? 'an SMS' : 'a call';
  const why = reasons.map(({ code, says }) => `${code}: ${maskText(says)}`).join('; ');
  return `${what} to ${maskNumber(number)} that ${verdict === 'defer' ? 'should have waited' : 'should not go out'}: ${why}`;
}
