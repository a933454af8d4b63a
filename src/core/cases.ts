import type { Case } from './command.ts';

/** `*` stands for anything; case does not matter. Linear in the length of both. */
function like(pattern: string, value: string): boolean {
  const parts = pattern.toLowerCase().split('*');
  const text = value.toLowerCase();
  const [first = '', last = ''] = [parts[0], parts.at(-1)];
  if (parts.length === 1) return text === first;
  if (!text.startsWith(first) || text.length < first.length + last.length || !text.endsWith(last)) return false;
  let at = first.length;
  for (const part of parts.slice(1, -1)) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return at <= text.length - last.length;
}

const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)$/;

function matches(one: Case, value: string): boolean {
  if ('value' in one) return one.value === value;
  if ('like' in one) return like(one.like, value);
  return DECIMAL.test(value) && Number(value) >= one.from && Number(value) <= one.to;
}

/** The exit of the first case that fits, in file order; `else` when none does. */
export const chooseCase = (cases: readonly Case[], value: string): string =>
  cases.find((one) => matches(one, value.trim()))?.exit ?? 'else';
