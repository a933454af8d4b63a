/**
 * A copy of plain data, frozen all the way down: nobody changes what is kept through what they gave or were given. For records
 * of our own shapes several times as fast as `structuredClone`.
 */
export function frozenCopy<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return Object.freeze(value.map(frozenCopy)) as T;
  const copy: Record<string, unknown> = {};
  for (const name of Object.keys(value)) copy[name] = frozenCopy((value as Record<string, unknown>)[name]);
  return Object.freeze(copy) as T;
}
