import { BOLD, fill, type Row, row, span } from './rows.ts';
import { columns, cut } from './width.ts';
import type { Window } from './window/window.ts';

const WIDEST = 100;
const LEAST_INSIDE = 3;

/** A window in its frame, in the middle; it is as high as what it holds, and at most `height`. */
export function framed(window: Window, width: number, height: number): Row[] {
  const whole = Math.min(width, WIDEST);
  const inside = whole - 4;
  const content = window.rows(inside, height - 2).slice(0, Math.max(0, height - 2));
  const margin = ' '.repeat(Math.floor((width - whole) / 2));
  const title = ` ${cut(window.title, inside - 2)} `;
  const rest = Math.max(0, whole - 3 - columns(title));
  const empty = Math.max(0, Math.min(LEAST_INSIDE, height - 2) - content.length);
  return [
    [span(`${margin}┌─`), span(title, BOLD), span(`${'─'.repeat(rest)}┐`)],
    ...[...content, ...Array.from({ length: empty }, (): Row => [])].map(
      (spans): Row => [span(`${margin}│ `), ...fill(spans, inside), span(' │')],
    ),
    row(`${margin}└${'─'.repeat(whole - 2)}┘`),
  ];
}

/** Rows of the call with something on top of them. */
export const over = (above: readonly Row[], below: readonly Row[]): Row[] => [...above, ...below.slice(above.length)];
