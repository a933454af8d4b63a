export type Pair = readonly [name: string, value: string];

/** The parameters of a request, wherever they came from: body, form data or query string. */
export type Fields = {
  /** Without their index, in the order in which they first came. */
  readonly names: readonly string[];
  first(name: string): string | undefined;
  /** `X`, `X[]`, `X[0]`, `X[1]` and repeated `X` are one list, in the order in which they came, as PHP has it. */
  all(name: string): readonly string[];
  /** The records of `Message[0][To]`, `Message[0][Body]`, `Message[1][To]`, in the order of their indexes, gaps left out. */
  group(name: string): readonly Readonly<Record<string, string>>[];
};

/**
 * A text of the type application/x-www-form-urlencoded. It takes what the vendor's own samples send, a leading `&` and empty
 * pairs, and never throws: a `%` that is no escape, or escapes that are no UTF-8, stay as they are.
 */
export function parseForm(text: string): Pair[] {
  const pairs: Pair[] = [];
  for (let start = 0; start < text.length; ) {
    const found = text.indexOf('&', start);
    const end = found < 0 ? text.length : found;
    if (end > start) pairs.push(pairOf(text, start, end));
    start = end + 1;
  }
  return pairs;
}

function pairOf(text: string, start: number, end: number): Pair {
  const equals = text.indexOf('=', start);
  if (equals < 0 || equals >= end) return [decoded(text.slice(start, end)), ''];
  return [decoded(text.slice(start, equals)), decoded(text.slice(equals + 1, end))];
}

/** Escapes that may be one character in UTF-8. */
const ESCAPES =
  /%[0-7][\da-f]|%[cd][\da-f]%[89ab][\da-f]|%e[\da-f]%[89ab][\da-f]%[89ab][\da-f]|%f[0-7]%[89ab][\da-f]%[89ab][\da-f]%[89ab][\da-f]/gi;

function decoded(text: string): string {
  const spaced = text.includes('+') ? text.replaceAll('+', ' ') : text;
  return spaced.includes('%') ? (unescaped(spaced) ?? spaced.replace(ESCAPES, (found) => unescaped(found) ?? found)) : spaced;
}

function unescaped(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

export function fieldsOf(pairs: readonly Pair[]): Fields {
  const values = new Map<string, string[]>();
  for (const [name, value] of pairs) append(values, withoutIndex(name), value);
  const all = (name: string): readonly string[] => values.get(name) ?? [];
  return { names: [...values.keys()], all, first: (name) => all(name)[0], group: (name) => groupOf(pairs, name) };
}

/** The name of the list that `X[]` and `X[0]` belong to. */
export const withoutIndex = (name: string): string => (name.endsWith(']') ? name.replace(/\[\d*\]$/, '') : name);

function append<Key, Value>(lists: Map<Key, Value[]>, key: Key, value: Value): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}

/** Indexes are compared as texts, so that the size of one costs nothing. Of a field that comes twice the first counts. */
function groupOf(pairs: readonly Pair[], group: string): readonly Record<string, string>[] {
  const records = new Map<string, Pair[]>();
  for (const [name, value] of pairs) {
    if (!name.startsWith(`${group}[`)) continue;
    const [, index, field] = /^\[(\d+)\]\[([^\]]+)\]$/.exec(name.slice(group.length)) ?? [];
    if (index !== undefined && field !== undefined) append(records, index.replace(/^0+(?=\d)/, ''), [field, value]);
  }
  const inOrder = [...records].sort(([a], [b]) => a.length - b.length || (a < b ? -1 : 1));
  return inOrder.map(([, record]) => Object.fromEntries(record.toReversed()));
}
