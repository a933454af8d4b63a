import type { CallView, Line } from '../../call/view.ts';
import { showClock } from '../../core/time.ts';
import type { Shown } from '../phone-state.ts';
import { BOLD, DIM, inView, type Row, type Span, span } from '../rows.ts';
import { cut, pad } from '../width.ts';
import { wrapSpans } from '../wrap-spans.ts';
import { isSettled, lineSpans } from './lines.ts';
import { tellTry } from './tries.ts';

/** Columns of the time and of the applet's name; 0 where it is left out. */
type Margins = { readonly width: number; readonly clock: number; readonly name: number };

/** A line that cannot change any more is laid out once for each width. */
const laid = new WeakMap<Line, { margins: string; rows: readonly Row[] }>();

/** The conversation so far, newest lines last and in view; `scroll` goes back by rows. */
export function transcriptPane(shown: Shown, width: number, height: number, scroll = 0): readonly Row[] {
  const { lines } = shown.view;
  const margins = marginsOf(shown.view, width);
  const last: (readonly Row[])[] = [];
  let rows = 0;
  for (let i = lines.length - 1; i >= 0 && rows < height + scroll; i--) {
    const own = rowsOf(shown, i, margins);
    last.push(own);
    rows += own.length;
  }
  return inView(last.reverse().flat(), height, scroll, 'end');
}

function marginsOf({ lines, startedAt }: CallView, width: number): Margins {
  let name = 0;
  for (const { node } of lines) if (node !== undefined && node.length > name) name = node.length;
  const clock = Math.max(4, showClock((lines.at(-1)?.at ?? startedAt) - startedAt).length);
  return { width, clock, name: Math.min(name, Math.floor(width / 4)) };
}

function rowsOf(shown: Shown, i: number, margins: Margins): readonly Row[] {
  const line = shown.view.lines[i];
  if (!line) return [];
  const key = `${margins.width} ${margins.clock} ${margins.name}`;
  const known = laid.get(line);
  if (known?.margins === key) return known.rows;
  const rows = layOut(shown, line, shown.view.lines[i - 1]?.node, margins);
  if (isSettled(shown.view, line)) laid.set(line, { margins: key, rows });
  return rows;
}

function layOut(shown: Shown, line: Line, before: string | undefined, { width, clock, name }: Margins): Row[] {
  const nth = line.type === 'said' ? tellTry(shown, line.seq) : '';
  const where = line.node !== before || nth !== '' ? (line.node ?? '') : '';
  const indent = clock + 1 + (name > 0 ? name + 1 : 0);
  const said = [...(nth === '' ? [] : [span(nth, BOLD)]), ...lineSpans(shown, line)];
  const margin: Span[] = [
    span(`${showClock(line.at - shown.view.startedAt).padStart(clock)} `, DIM),
    ...(name > 0 ? [span(`${pad(cut(where, name), name)} `, DIM)] : []),
  ];
  const below = [span(' '.repeat(indent))];
  return wrapSpans(said, width - indent).map((spans, n) => [...(n === 0 ? margin : below), ...spans]);
}
