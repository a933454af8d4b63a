import { type Aligned, alignLines } from '../../call/compare.ts';
import type { CallView, Line } from '../../call/view.ts';
import { showClock } from '../../core/time.ts';
import type { PhoneState, Shown } from '../phone-state.ts';
import { BAD, BOLD, cutRow, DIM, EMPTY, fill, GOOD, inView, type Row, row, span, WARN } from '../rows.ts';
import { shownOf } from '../shown.ts';
import { wrapSpans } from '../wrap-spans.ts';
import { lineSpans } from './lines.ts';

/** From this width on the two stand side by side. */
const TWO_COLUMNS = 84;
const SAME = ' │  ';
const DIFFERS = ' <> ';

type Two = { readonly left: Shown; readonly right: Shown };

/** The branch beside the one it leaves, or beside the real call: line by line, those that differ marked. */
export function comparePane(state: PhoneState, shown: Shown, width: number, height: number): readonly Row[] {
  const two = twoOf(state, shown);
  if (!two) return [row('There is no other branch to compare with.', DIM)];
  const lines = alignedOf(two);
  const { head, count, rowsAt } = width >= TWO_COLUMNS ? sideBySide(two, lines, width) : differences(two, lines, width);
  const rows = lastRows(count, rowsAt, height - 1 + state.scroll);
  return [head, ...inView(rows, height - 1, state.scroll, 'end')];
}

/** The older one to the left. The other one is told as far as it went, wherever somebody looked at it. */
function twoOf({ branches }: PhoneState, shown: Shown): Two | undefined {
  const { branch } = shown;
  const other = branches.find(({ id }) => id === branch.from?.branch) ?? branches.findLast((one) => one.id !== branch.id);
  if (!other) return undefined;
  const older = other.id < branch.id;
  const beside = shownOf({ ...other, past: undefined });
  return older ? { left: beside, right: shown } : { left: shown, right: beside };
}

const remembered = new WeakMap<CallView, { of: string; beside: CallView; lines: readonly Aligned[] }>();

/** Lines stay aligned until one of the two calls goes on. */
function alignedOf(two: Two): readonly Aligned[] {
  const { left, right } = two;
  const known = remembered.get(right.view);
  const of = `${left.log.length} ${right.log.length}`;
  if (known?.of === of && known.beside === left.view) return known.lines;
  const lines = soFar(two, alignLines(left.view, right.view));
  remembered.set(right.view, { of, beside: left.view, lines });
  return lines;
}

/** What one call has at its end is no difference while the other one has not come that far. */
function soFar({ left, right }: Two, lines: readonly Aligned[]): readonly Aligned[] {
  const lastOf = (side: 'left' | 'right', { view }: Shown) =>
    view.endedAt === undefined ? lines.findLastIndex((line) => line[side]) : lines.length;
  const last = Math.min(lastOf('left', left), lastOf('right', right));
  return lines.map((line, i) => (i > last ? { ...line, same: true } : line));
}

/** Rows under a heading, made line by line. */
type Sheet = { readonly head: Row; readonly count: number; rowsAt(index: number): readonly Row[] };

/** The rows at the end of many lines; those before are not laid out. */
function lastRows(count: number, rowsAt: Sheet['rowsAt'], wanted: number): readonly Row[] {
  const out: (readonly Row[])[] = [];
  for (let i = count - 1, rows = 0; i >= 0 && rows < wanted; i--) {
    const own = rowsAt(i);
    out.push(own);
    rows += own.length;
  }
  return out.reverse().flat();
}

function sideBySide({ left, right }: Two, lines: readonly Aligned[], width: number): Sheet {
  const column = Math.floor((width - SAME.length) / 2);
  return {
    head: [...fill([nameOf(left)], column), span(SAME, DIM), ...cutRow([nameOf(right)], column)],
    count: lines.length,
    rowsAt(index) {
      const { left: was, right: now, same } = lines[index] ?? { same: true };
      const one = lineRows(left, was, column);
      const other = lineRows(right, now, column);
      const sign = (i: number) => (same || i > 0 ? span(SAME, DIM) : span(DIFFERS, WARN));
      return Array.from({ length: Math.max(one.length, other.length) }, (_, i) => [
        ...fill(one[i] ?? EMPTY, column),
        sign(i),
        ...(other[i] ?? EMPTY),
      ]);
    },
  };
}

/** One column, which has only what differs. */
function differences({ left, right }: Two, lines: readonly Aligned[], width: number): Sheet {
  const other = lines.filter(({ same }) => !same);
  const found = other.length === 0 ? 'no difference' : other.length === 1 ? '1 difference' : `${other.length} differences`;
  const names = [span('- ', BAD), nameOf(left), span('   + ', GOOD), nameOf(right)];
  const signed = (sign: string, rows: readonly Row[], style: typeof BAD): Row[] =>
    rows.map((spans, i) => [span(i === 0 ? sign : '  ', style), ...spans]);
  return {
    head: cutRow([...names, span(`   ${found}`, DIM)], width),
    count: other.length,
    rowsAt(index) {
      const { left: was, right: now } = other[index] ?? {};
      return [...signed('- ', lineRows(left, was, width - 2), BAD), ...signed('+ ', lineRows(right, now, width - 2), GOOD)];
    },
  };
}

const nameOf = ({ branch: { name }, past }: Shown) => span(past === undefined ? name : `${name} (in the past)`, BOLD);

function lineRows(told: Shown, line: Line | undefined, width: number): Row[] {
  if (!line) return [];
  const at = `${showClock(line.at - told.view.startedAt).padStart(4)} `;
  const rows = wrapSpans(lineSpans(told, line), width - at.length);
  return rows.map((spans, i) => [span(i === 0 ? at : ' '.repeat(at.length), DIM), ...spans]);
}
