import type { Logged } from '../core/event.ts';
import { type Ms, ms } from '../core/ids.ts';
import { viewOf } from './fold.ts';
import { heardOf, sayLine } from './transcript.ts';
import type { CallView, Line } from './view.ts';

/** A line that differs for the caller. `at` is when it comes now, or came before. */
export type Difference = { at: Ms; node?: string; was?: string; now?: string };

/** Two lines side by side. Those that are not `same` stand where one replaces the other, or alone. */
export type Aligned = { left?: Line; right?: Line; same: boolean };

const EVER = ms(Number.MAX_SAFE_INTEGER);
/** Beyond so many comparisons two calls are told apart line by line. */
const MOST = 4_000_000;

/** An address without what the vendor adds to it, which tells the time. */
export const ownUrl = (url: string): string => url.replace(/[?&]CallSid=.*$/s, '');

/** A line without what differs though the caller lives the same: a prompt is whole, ids and names of applets are left out. */
export function gistOf(view: CallView, line: Line): string {
  if (line.type === 'said') {
    const speech = view.speeches[line.refers];
    if (!speech) return '';
    const { until: _, ...whole } = speech;
    return `${speech.leg > 1 ? '(to the agent) ' : ''}${heardOf({ ...whole, cut: false }, EVER).heard}`;
  }
  const words = sayLine(view, line, EVER);
  if (line.type === 'ended' && 'node' in line.why)
    return words.replace(`${line.why.node}: `, '').replace(` at ${line.why.node}`, '');
  const request = line.type === 'web' ? view.requests[line.refers] : undefined;
  if (request) return words.replace(request.url, ownUrl(request.url));
  return line.type === 'opt-out' ? words.replace(/ as \S+$/, '') : words;
}

/** The lines of two calls side by side, in their order. */
export function alignLines(a: CallView, b: CallView): readonly Aligned[] {
  return align(
    a.lines,
    b.lines,
    (left) => `${left.type} ${gistOf(a, left)}`,
    (right) => `${right.type} ${gistOf(b, right)}`,
  );
}

/**
 * What the caller of `after` lives differently from the caller of `before`. Times do not count, nor names of applets. While
 * `after` goes on, what has not come yet is not missed.
 */
export function differences(before: readonly Logged[], after: readonly Logged[]): readonly Difference[] {
  const [was, now] = [viewOf(before), viewOf(after)];
  const lines = alignLines(was, now);
  const shared = now.endedAt === undefined ? lines.findLastIndex(({ same }) => same) : lines.length;
  return lines.flatMap(({ left, right, same }, i): Difference[] => {
    const line = right ?? left;
    if (same || !line || line.type === 'delivery' || (!right && i > shared)) return [];
    return [
      {
        at: line.at,
        ...(line.node !== undefined && { node: line.node }),
        ...(left && { was: gistOf(was, left) }),
        ...(right && { now: gistOf(now, right) }),
      },
    ];
  });
}

type Key = (line: Line) => string;

function align(left: readonly Line[], right: readonly Line[], keyOfLeft: Key, keyOfRight: Key): readonly Aligned[] {
  const pairs = common(left.map(keyOfLeft), right.map(keyOfRight));
  const out: Aligned[] = [];
  let [i, j] = [0, 0];
  for (const [a, b] of [...pairs, [left.length, right.length] as const]) {
    out.push(...replaced(left.slice(i, a), right.slice(j, b)));
    const [one, other] = [left[a], right[b]];
    if (one && other) out.push({ left: one, right: other, same: true });
    [i, j] = [a + 1, b + 1];
  }
  return out;
}

/** Between lines that are the same: those of one kind stand for each other, in their order. */
function replaced(left: readonly Line[], right: readonly Line[]): Aligned[] {
  const alone = (i: number, a: number, j: number, b: number): Aligned[] => [
    ...left.slice(i, a).map((line) => ({ left: line, same: false })),
    ...right.slice(j, b).map((line) => ({ right: line, same: false })),
  ];
  const kind = ({ type }: Line) => type;
  const out: Aligned[] = [];
  let [i, j] = [0, 0];
  for (const [a, b] of common(left.map(kind), right.map(kind))) {
    const [one, other] = [left[a], right[b]];
    out.push(...alone(i, a, j, b), ...(one && other ? [{ left: one, right: other, same: false }] : []));
    [i, j] = [a + 1, b + 1];
  }
  return [...out, ...alone(i, left.length, j, right.length)];
}

/** The places of a longest common subsequence, after the beginning and the end that both share. */
function common(a: readonly string[], b: readonly string[]): readonly (readonly [number, number])[] {
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head++;
  let tail = 0;
  while (tail < Math.min(a.length, b.length) - head && a.at(-1 - tail) === b.at(-1 - tail)) tail++;
  const [n, m] = [a.length - head - tail, b.length - head - tail];
  const middle = n * m > MOST ? [] : longest(a.slice(head, head + n), b.slice(head, head + m));
  return [
    ...Array.from({ length: head }, (_, i) => [i, i] as const),
    ...middle.map(([i, j]) => [head + i, head + j] as const),
    ...Array.from({ length: tail }, (_, i) => [a.length - tail + i, b.length - tail + i] as const),
  ];
}

function longest(a: readonly string[], b: readonly string[]): readonly (readonly [number, number])[] {
  const width = b.length + 1;
  /** How many lines are common to what follows a place of `a` and a place of `b`. */
  const rest = new Uint32Array((a.length + 1) * width);
  const at = (i: number, j: number): number => rest[i * width + j] ?? 0;
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      rest[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  const pairs: (readonly [number, number])[] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    if (a[i] === b[j]) pairs.push([i++, j++]);
    else if (at(i + 1, j) >= at(i, j + 1)) i++;
    else j++;
  }
  return pairs;
}
