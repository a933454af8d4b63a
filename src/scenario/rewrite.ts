import { isMap, isNode, isPair, isScalar, isSeq, type Node, parseDocument, stringify, type YAMLMap, type YAMLSeq } from 'yaml';
import type { Edit } from './edits.ts';

/** A stretch of the text, and what comes in its place. */
type Splice = { from: number; to: number; text: string };
type Part = { from: number; to: number };

/**
 * The text of a scenario file with its expectations changed. Only the values that change are touched: comments, order and
 * layout stay. Undefined when that cannot be done (an alias, a value that is not there).
 */
export function rewrite(text: string, edits: readonly Edit[]): string | undefined {
  const document = parseDocument(text);
  const splices: Splice[] = [];
  const gone = new Map<YAMLMap | YAMLSeq, Set<number>>();
  for (const { path, value } of edits) {
    const whole = ['expect', ...path];
    const node = document.getIn(whole, true);
    if (!isNode(node) || !node.range) return undefined;
    if (value !== undefined) {
      const listed = isSeq(node) && Array.isArray(value) ? relist(text, node, value) : undefined;
      const [only, ...more] = Array.isArray(value) ? value : [value];
      const put = isScalar(node) && more.length === 0 && only !== undefined ? only : value;
      splices.push(...(listed ?? [{ ...partOf(text, node), text: write(put, node) }]));
      continue;
    }
    const parent = document.getIn(whole.slice(0, -1), true);
    if (!isMap(parent) && !isSeq(parent)) return undefined;
    const last = whole.at(-1);
    const i = isSeq(parent) ? Number(last) : parent.items.findIndex((pair) => isScalar(pair.key) && pair.key.value === last);
    gone.set(parent, (gone.get(parent) ?? new Set()).add(i));
  }
  for (const [parent, indexes] of gone) splices.push(...cutItems(text, parent, indexes));
  return apply(text, splices);
}

function apply(text: string, splices: readonly Splice[]): string | undefined {
  const inOrder = splices.toSorted((a, b) => b.from - a.from);
  if (inOrder.some(({ to }, i) => i > 0 && to > (inOrder[i - 1]?.from ?? to))) return undefined;
  return inOrder.reduce((whole, { from, to, text: put }) => whole.slice(0, from) + put + whole.slice(to), text);
}

/** Where a node's own text stands, without the white space behind it. */
function partOf(text: string, node: Node): Part {
  const [from = 0, to = 0] = node.range ?? [];
  return { from, to: Math.max(from, text.slice(0, to).trimEnd().length) };
}

const itemsOf = (text: string, parent: YAMLMap | YAMLSeq): readonly Part[] =>
  parent.items.map((item): Part => {
    if (!isPair(item)) return partOf(text, item as Node);
    const key = partOf(text, item.key as Node);
    return { from: key.from, to: isNode(item.value) ? partOf(text, item.value).to : key.to };
  });

/** Before the line feed that ends the line of an offset. */
function lineEnd(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end < 0 ? text.length : end;
}

/** Takes items out: in a block with their lines, in a flow collection with their commas. */
function cutItems(text: string, parent: YAMLMap | YAMLSeq, gone: ReadonlySet<number>): readonly Splice[] {
  const parts = itemsOf(text, parent);
  if (gone.size === parts.length) return [{ ...partOf(text, parent), text: isSeq(parent) ? '[]' : '{}' }];
  const lineOf = (offset: number) => text.lastIndexOf('\n', offset - 1) + 1;
  // The first key of a map in a list stands behind the dash.
  const startsLine = (offset: number) => isSeq(parent) || /^ *$/.test(text.slice(lineOf(offset), offset));
  const splices: Splice[] = [];
  for (let i = 0; i < parts.length; i++) {
    if (!gone.has(i)) continue;
    let last = i;
    while (gone.has(last + 1)) last++;
    const [first, before, end, after] = [parts[i], parts[i - 1], parts[last], parts[last + 1]];
    if (!first || !end) continue;
    if (parent.flow) splices.push({ from: before?.to ?? first.from, to: before ? end.to : (after?.from ?? end.to), text: '' });
    else if (after === undefined) splices.push({ from: lineOf(first.from) - 1, to: lineEnd(text, end.to), text: '' });
    else if (i > 0 || startsLine(first.from)) splices.push({ from: lineOf(first.from), to: lineOf(after.from), text: '' });
    else splices.push({ from: first.from, to: after.from, text: '' });
    i = last;
  }
  return splices;
}

/** A list of words, as another one that is no longer: what is in both stays as it stands. */
function relist(text: string, list: YAMLSeq, words: readonly unknown[]): readonly Splice[] | undefined {
  if (words.length === 0 || words.length > list.items.length) return undefined;
  const parts = itemsOf(text, list);
  const splices: Splice[] = [];
  const gone = new Set<number>();
  const open = [...words];
  for (const [i, item] of list.items.entries()) {
    const part = parts[i];
    if (!isScalar(item) || !part) return undefined;
    const left = list.items.length - i;
    if (String(item.value) === open[0]) open.shift();
    else if (open.length > 0 && (open.length === left || !follows(list, i, open[0])))
      splices.push({ ...part, text: write(open.shift(), item) });
    else gone.add(i);
  }
  return open.length > 0 ? undefined : [...splices, ...(gone.size > 0 ? cutItems(text, list, gone) : [])];
}

const follows = (list: YAMLSeq, i: number, word: unknown): boolean =>
  list.items.slice(i + 1).some((item) => isScalar(item) && String(item.value) === word);

/** A value in the place of a node, in the quotes that stood there. */
function write(value: unknown, node: Node): string {
  if (!isScalar(node) || typeof value !== 'string') return inFlow(value);
  if (node.type === 'QUOTE_DOUBLE') return JSON.stringify(value);
  if (node.type === 'QUOTE_SINGLE' && /^[^\p{Cc}]*$/u.test(value)) return `'${value.replaceAll("'", "''")}'`;
  if (typeof node.value === 'number' && /^(?:0|[1-9]\d{0,14})$/.test(value)) return value;
  return inFlow(value);
}

/** A value on one line, wherever it stands. */
function inFlow(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inFlow).join(', ')}]`;
  if (typeof value === 'object' && value !== null)
    return `{ ${Object.entries(value)
      .map(([name, one]) => `${inFlow(name)}: ${inFlow(one)}`)
      .join(', ')} }`;
  if (typeof value !== 'string') return String(value);
  const plain = stringify(value, { lineWidth: 0 }).trimEnd();
  return /[,[\]{}\n]/.test(plain) && !/^["']/.test(plain)
    ? JSON.stringify(value)
    : plain.includes('\n')
      ? JSON.stringify(value)
      : plain;
}
