import type { Violation } from '../core/violation.ts';
import { tellViolation } from '../emulator/violations.ts';

/** So many are told one by one. */
const MOST_TOLD = 10;

/** What went out that the rules would have stopped, as the message of a failed test. */
export function sayViolations(violations: readonly Violation[]): string {
  const { length } = violations;
  const lines = violations.slice(0, MOST_TOLD).map((one) => `  ${tellViolation(one)}`);
  const more = length > MOST_TOLD ? [`  and ${length - MOST_TOLD} more`] : [];
  const head = `${length} ${length === 1 ? 'violation' : 'violations'}: Exotel would have let it through, and your rules would have stopped it.`;
  return [head, ...lines, ...more, 'If a test means it: emulator.expectViolations().'].join('\n');
}
