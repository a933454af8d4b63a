import { plainText } from '../core/plain-text.ts';
import { columns, cut, wrap } from './width.ts';

export type Style = {
  color?: 'cyan' | 'green' | 'yellow' | 'red' | 'magenta';
  bold?: true;
  dim?: true;
  inverse?: true;
};
/** A stretch of a row. Its text is plain: made by {@link span}, it holds nothing a terminal would obey. */
export type Span = { readonly text: string; readonly style?: Style };
/** One line of the screen. */
export type Row = readonly Span[];

export const BOLD: Style = { bold: true };
export const DIM: Style = { dim: true };
export const GOOD: Style = { color: 'green' };
export const BAD: Style = { color: 'red', bold: true };
export const WARN: Style = { color: 'yellow' };
export const LIT: Style = { inverse: true, bold: true };

export const EMPTY: Row = [];

export const span = (text: string, style?: Style): Span => ({ text: plainText(text), ...(style && { style }) });
export const row = (text: string, style?: Style): Row => [span(text, style)];
export const textOf = (spans: Row): string => spans.map(({ text }) => text).join('');

/** A long text as rows, all of them `indent` columns in. */
export const rowsOf = (text: string, width: number, style?: Style, indent = 0): Row[] =>
  labelled(' '.repeat(indent), text, width, style);

/** A long text beside its name: `since  2026-11-22`. Further rows stand below the first. */
export const labelled = (label: string, text: string, width: number, style?: Style): Row[] => {
  const indent = columns(label);
  return wrap(text, width - indent).map((line, i) => [span(i === 0 ? label : ' '.repeat(indent), DIM), span(line, style)]);
};

/** At most `width` columns. */
export function cutRow(spans: Row, width: number): Row {
  const out: Span[] = [];
  let left = width;
  for (const one of spans) {
    const size = columns(one.text);
    if (size > left) {
      if (left > 0) out.push({ ...one, text: cut(one.text, left) });
      break;
    }
    out.push(one);
    left -= size;
  }
  return out;
}

/** Exactly `width` columns. */
export function fill(spans: Row, width: number): Row {
  const short = cutRow(spans, width);
  const gap = width - columns(textOf(short));
  return gap > 0 ? [...short, { text: ' '.repeat(gap) }] : short;
}

/** Exactly `height` rows; those that do not fit are left out at the end. */
export const tall = (rows: readonly Row[], height: number): Row[] =>
  Array.from({ length: Math.max(0, height) }, (_, i) => rows[i] ?? EMPTY);

/** Two panes with a line between. The right one may be ragged: nothing stands to its right. */
export function beside(left: readonly Row[], leftWidth: number, right: readonly Row[], height: number): Row[] {
  return tall(left, height).map((spans, i) => [...fill(spans, leftWidth), span('│ ', DIM), ...(right[i] ?? EMPTY)]);
}

/** `[######......]`: how much is left, told without colour. */
export function bar(part: number, width: number): string {
  const inside = Math.max(1, width - 2);
  const full = Math.round(Math.min(1, Math.max(0, part)) * inside);
  return `[${'#'.repeat(full)}${'.'.repeat(inside - full)}]`;
}

/** The rows in view when a pane is scrolled: from the top, or back from the end. */
export function inView(rows: readonly Row[], height: number, scroll: number, from: 'top' | 'end'): readonly Row[] {
  const most = Math.max(0, rows.length - height);
  const start = from === 'top' ? Math.min(scroll, most) : most - Math.min(scroll, most);
  return rows.slice(start, start + height);
}
