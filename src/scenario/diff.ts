const CONTEXT = 2;
/** Beyond this, what differs is shown as one block: out with the old lines, in with the new. */
const MOST_CELLS = 4_000_000;

type Op = { kind: ' ' | '-' | '+'; text: string };

/** What changed between two texts, line by line, as `diff -u` shows it; empty when nothing did. */
export function unifiedDiff(before: string, after: string, file: string): readonly string[] {
  const ops = compare(before.split('\n'), after.split('\n'));
  if (ops.every(({ kind }) => kind === ' ')) return [];
  return [`--- ${file}`, `+++ ${file} (updated)`, ...hunks(ops)];
}

function compare(a: readonly string[], b: readonly string[]): readonly Op[] {
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a.at(-1 - end) === b.at(-1 - end)) end++;
  const same = (text: string): Op => ({ kind: ' ', text });
  return [
    ...a.slice(0, start).map(same),
    ...middle(a.slice(start, a.length - end), b.slice(start, b.length - end)),
    ...a.slice(a.length - end).map(same),
  ];
}

/** The longest common lines stay, by the textbook's table. */
function middle(a: readonly string[], b: readonly string[]): readonly Op[] {
  const out = a.map((text): Op => ({ kind: '-', text }));
  const put = b.map((text): Op => ({ kind: '+', text }));
  if (a.length * b.length > MOST_CELLS) return [...out, ...put];
  const width = b.length + 1;
  const table = new Uint32Array((a.length + 1) * width);
  const at = (i: number, j: number) => table[i * width + j] ?? 0;
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      table[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  const ops: Op[] = [];
  let [i, j] = [0, 0];
  while (i < a.length && j < b.length) {
    if (a[i] === b[j]) {
      ops.push({ kind: ' ', text: a[i++] ?? '' });
      j++;
    } else if (at(i + 1, j) >= at(i, j + 1)) ops.push({ kind: '-', text: a[i++] ?? '' });
    else ops.push({ kind: '+', text: b[j++] ?? '' });
  }
  return [...ops, ...out.slice(i), ...put.slice(j)];
}

function hunks(ops: readonly Op[]): readonly string[] {
  const near = (i: number) => ops.slice(Math.max(0, i - CONTEXT), i + CONTEXT + 1).some(({ kind }) => kind !== ' ');
  const lines: string[] = [];
  let [old, now, open] = [1, 1, false];
  for (const [i, { kind, text }] of ops.entries()) {
    const shown = near(i);
    if (shown && !open) lines.push(`@@ -${old} +${now} @@`);
    if (shown) lines.push(`${kind}${text}`);
    open = shown;
    if (kind !== '+') old++;
    if (kind !== '-') now++;
  }
  return lines;
}
