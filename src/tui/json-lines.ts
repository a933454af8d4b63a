const TOKENS = /"(?:[^"\\]|\\.)*"?|[{}[\],:]|[^\s{}[\],:"]+/g;

const OPENS = new Set(['{', '[']);
const CLOSES = new Set(['}', ']']);

/** A line of text, so many steps in. */
export type Indented = { readonly depth: number; readonly text: string };

/** JSON with one value a line. It is laid out and not read: numbers keep their figures, and it may be cut off. */
export function jsonLines(json: string): readonly Indented[] {
  const lines: { depth: number; text: string }[] = [{ depth: 0, text: '' }];
  let depth = 0;
  let before = '';
  const begin = () => void lines.push({ depth, text: '' });
  for (const [token] of json.matchAll(TOKENS)) {
    if (CLOSES.has(token)) depth = Math.max(0, depth - 1);
    const empty = CLOSES.has(token) && OPENS.has(before);
    if (!empty && (OPENS.has(before) || CLOSES.has(token) || before === ',')) begin();
    const line = lines.at(-1);
    if (line) line.text += token === ':' ? ': ' : token;
    if (OPENS.has(token)) depth++;
    before = token;
  }
  return lines;
}

/** Does it look like JSON, whatever it says it is? */
export const isJson = (text: string, contentType: string): boolean =>
  /\bjson\b/i.test(contentType) || /^\s*(?:\{\s*["}]|\[\s*["[{\]\d-])/.test(text);
