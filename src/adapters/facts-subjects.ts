import type { Subject } from '../core/facts.ts';

/** The longest number there is, without its plus sign. */
export const LONGEST = 15;

/** The prefixes that a number, or a longer prefix, begins with: `+9*`, `+91*`, … */
export function prefixesOf(subject: Subject): readonly Subject[] {
  if (!subject.startsWith('+')) return [];
  const digits = subject.endsWith('*') ? subject.slice(1, -2) : subject.slice(1);
  return Array.from({ length: Math.min(digits.length, LONGEST) }, (_, i) => `+${digits.slice(0, i + 1)}*` as const);
}
