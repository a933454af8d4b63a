/** The value of a `{{name}}`; undefined when nothing has that name. */
export type Lookup = (name: string) => string | undefined;

/** How a value is written where it stands; `at` is where its `{{name}}` begins. */
export type Encode = (value: string, at: number) => string;

/** In an address: encoded, unless the address begins with it. */
export const inAddress: Encode = (value, at) => (at === 0 ? value : encodeURIComponent(value));

/** A text with variables, taken apart: what stands before the first, then each with what follows it. */
type Template = { before: string; holes: readonly { name: string; at: number; after: string }[] };
const VARIABLE = /\{\{\s*([^{}]*?)\s*\}\}/g;
const MOST_TEMPLATES = 4096;
const templates = new Map<string, Template>();

function templateOf(text: string): Template {
  let template = templates.get(text);
  if (!template) {
    const found = [...text.matchAll(VARIABLE)];
    const holes = found.map((match, i) => ({
      name: match[1] ?? '',
      at: match.index,
      after: text.slice(match.index + match[0].length, found[i + 1]?.index),
    }));
    template = { before: text.slice(0, found[0]?.index), holes };
    if (templates.size >= MOST_TEMPLATES) templates.clear();
    templates.set(text, template);
  }
  return template;
}

/** Fills variables in. `missing` hears of names without a value; they become nothing. */
export function fill(text: string, lookup: Lookup, missing: (name: string) => void, encode: Encode = (value) => value): string {
  if (!text.includes('{{')) return text;
  const { before, holes } = templateOf(text);
  let filled = before;
  for (const { name, at, after } of holes) {
    const value = lookup(name);
    if (value === undefined) missing(name);
    filled += encode(value ?? '', at) + after;
  }
  return filled;
}
