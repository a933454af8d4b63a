import type { Case } from './command.ts';
import { fitsPattern } from './wildcard.ts';

const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)$/;

function matches(one: Case, value: string): boolean {
  if ('value' in one) return one.value === value;
  if ('like' in one) return fitsPattern(one.like.toLowerCase(), value.toLowerCase());
  return DECIMAL.test(value) && Number(value) >= one.from && Number(value) <= one.to;
}

/** The exit of the first case that fits, in file order; `else` when none does. */
export const chooseCase = (cases: readonly Case[], value: string): string =>
  cases.find((one) => matches(one, value.trim()))?.exit ?? 'else';
