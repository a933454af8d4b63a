import { LIT, type Row, type Span, type Style, span } from '../rows.ts';
import { columns, pieces } from '../width.ts';
import { graphemes, type Split } from './editing.ts';

/** A piece of a text that is not torn apart, and the columns it takes. */
export type Cell = { readonly span: Span; readonly size: number };

const END: Cell = { span: { text: '█' }, size: 1 };
const MORE: Cell = { span: { text: '…' }, size: 1 };
/** Under the cursor, what else would not be seen. */
const UNSEEN: Cell = { span: { text: '·', style: LIT }, size: 1 };

const cellsIn = (text: string, style?: Style): Cell[] =>
  Array.from(pieces(text), (piece) => ({ span: span(piece, style), size: columns(piece) })).filter(({ size }) => size > 0);

/** One line as cells, and the place of the cursor; if it is wanted it is seen without colours too, a block at the end. */
export function cellsOf([before, after]: Split, cursor: boolean): { cells: readonly Cell[]; at: number } {
  const left = cellsIn(before);
  if (!cursor) return { cells: [...left, ...cellsIn(after)], at: left.length };
  const [under] = graphemes(after);
  if (under === undefined) return { cells: [...left, END], at: left.length };
  const lit = cellsIn(under, LIT);
  const rest = cellsIn(after.slice(under.length));
  return { cells: [...left, ...(lit.length > 0 ? lit : [UNSEEN]), ...rest], at: left.length };
}

const sizeOf = (cells: readonly Cell[]): number => cells.reduce((sum, { size }) => sum + size, 0);

/** As many cells as there is room for, that of the cursor among them, and some of what follows it. */
export function scrolled(cells: readonly Cell[], at: number, width: number): readonly Cell[] {
  if (sizeOf(cells) <= width) return cells;
  const beyond = Math.min(Math.floor(width / 3), sizeOf(cells.slice(at + 1)));
  let from = at;
  for (let room = width - beyond - 1 - (cells[at]?.size ?? 0); from > 0; from--) {
    room -= cells[from - 1]?.size ?? 0;
    if (room < 0) break;
  }
  let to = from;
  for (let room = width - (from > 0 ? 1 : 0); to < cells.length; to++) {
    const size = cells[to]?.size ?? 0;
    if (size + (to < cells.length - 1 ? 1 : 0) > room) break;
    room -= size;
  }
  return [...(from > 0 ? [MORE] : []), ...cells.slice(from, to), ...(to < cells.length ? [MORE] : [])];
}

/** Cells that look alike as one stretch. */
export function joined(cells: readonly Cell[]): Row {
  const out: Span[] = [];
  for (const { span } of cells) {
    const before = out.at(-1);
    if (before && before.style === span.style) out[out.length - 1] = { ...before, text: before.text + span.text };
    else out.push(span);
  }
  return out;
}
