import type { Digit } from '../core/input.ts';
import { shownText } from './shown-text.ts';
import type { Tab } from './tab.ts';
import { columns, cut, wrap } from './width.ts';

export type Color = 'cyan' | 'green' | 'yellow' | 'red' | 'magenta';
export type Style = {
  color?: Color;
  bold?: true;
  dim?: true;
  inverse?: true;
  strike?: true;
};
/** What the mouse does where it is pressed: a key of the telephone, a tab, a command of the phone by its id. */
export type Click = { readonly press: Digit } | { readonly tab: Tab } | { readonly command: string };
/** A stretch of a row. Its text is plain: made by {@link span}, it holds nothing a terminal would obey. */
export type Span = { readonly text: string; readonly style?: Style; readonly click?: Click };
/** One line of the screen. */
export type Row = readonly Span[];

export const BOLD: Style = { bold: true };
export const DIM: Style = { dim: true };
export const GOOD: Style = { color: 'green' };
export const BAD: Style = { color: 'red', bold: true };
export const WARN: Style = { color: 'yellow' };
export const LIT: Style = { inverse: true, bold: true };

export const EMPTY: Row = [];

export const span = (text: string, style?: Style, click?: Click): Span => ({
  text: shownText(text),
  ...(style && { style }),
  ...(click && { click }),
});
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

export const rule = (width: number): Row => row('─'.repeat(width), DIM);

/** A line with something written on it: `─ menu ────`. */
export function titled(spans: Row, width: number): Row {
  const shown = cutRow(spans, width - 4);
  const rest = width - 3 - columns(textOf(shown));
  return shown.length === 0 || rest < 1 ? rule(width) : [span('─ ', DIM), ...shown, span(` ${'─'.repeat(rest)}`, DIM)];
}

/** Pieces `gap` columns apart, of which those of the lowest rank are left out as long as there is no room for all. */
export function ranked(pieces: readonly { spans: Row; rank: number }[], width: number, gap: Span = span('  ')): Row {
  const kept = pieces.filter(({ spans }) => columns(textOf(spans)) > 0);
  const joined = (): Row => kept.flatMap(({ spans }, i) => (i === 0 ? spans : [gap, ...spans]));
  while (kept.length > 1 && columns(textOf(joined())) > width) {
    const least = Math.min(...kept.map(({ rank }) => rank));
    kept.splice(
      kept.findLastIndex(({ rank }) => rank === least),
      1,
    );
  }
  return joined();
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

/** What the mouse meets in a cell, both counted from 0. */
export function clickAt(rows: readonly Row[], x: number, y: number): Click | undefined {
  let left = x;
  for (const { text, click } of rows[y] ?? []) {
    const size = columns(text);
    if (left < size) return left < 0 ? undefined : click;
    left -= size;
  }
  return undefined;
}

/** Of the 256 colours, those that can be read on white; the named ones are meant for black. */
const ON_LIGHT: Readonly<Record<Color, string>> = {
  cyan: 'ansi256(24)',
  green: 'ansi256(22)',
  yellow: 'ansi256(94)',
  red: 'ansi256(124)',
  magenta: 'ansi256(90)',
};

/** A style in colours that can be read on the background, as Ink names them. */
export const styleFor = ({ color, ...rest }: Style, background: 'dark' | 'light'): Omit<Style, 'color'> & { color?: string } => ({
  ...rest,
  ...(color && { color: background === 'light' ? ON_LIGHT[color] : color }),
});
