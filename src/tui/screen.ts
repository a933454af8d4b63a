import { bodyRows } from './body.ts';
import { footer } from './footer.ts';
import { framed, over } from './frame.ts';
import { banner, header } from './header.ts';
import { type Layout, LEAST, layoutOf, type Size } from './layout.ts';
import { logPane } from './pane/log.ts';
import { refusedPage } from './pane/pages.ts';
import { tabRows } from './pane/tabs.ts';
import type { PhoneState, Shown } from './phone-state.ts';
import { beside, cutRow, EMPTY, inView, type Row, row, rule, span, tall, titled } from './rows.ts';
import { straight } from './straight.ts';
import { tabStrip, tabsRow, verdictWords } from './tab-strip.ts';

export type { Size } from './layout.ts';

const CHROME = 3;

/** The whole screen, exactly as many rows as the terminal has, none wider than it is. */
export function screen(state: PhoneState, size: Size): readonly Row[] {
  if (size.columns < LEAST.columns || size.rows < LEAST.rows)
    return tall([cutRow(row('Please enlarge this window.'), size.columns)], size.rows);
  const { columns } = size;
  const height = size.rows - CHROME;
  const page = tall(state.at.page === 'call' ? callPage(state, state.at.shown, size) : alone(state, columns, height), height);
  const shown = state.window ? over(framed(state.window, columns, height), page) : page;
  const rows = [header(state, columns), banner(state, columns), ...shown, footer(state, columns)];
  return rows.map((spans) => straight(cutRow(spans, columns)));
}

/** Before and instead of a call. */
function alone(state: PhoneState, width: number, height: number): readonly Row[] {
  const { at } = state;
  const body =
    at.page === 'refused' ? refusedPage(state, at.verdict, width - 2) : [row('Asking whether this call may be made …')];
  return inView(body, height, state.scroll, 'top').map(indent);
}

/** The call, and the open tab beside or below it. */
function callPage(state: PhoneState, shown: Shown, size: Size): Row[] {
  const compare = state.compare && state.branches.length > 1;
  const layout = layoutOf({ ...state, compare }, size, shown.view.endedAt !== undefined);
  return layout.tabColumn > 0 ? wide(state, shown, size.columns, layout) : stacked(state, shown, size.columns, layout);
}

function wide(state: PhoneState, shown: Shown, width: number, { body, keypad, tabColumn }: Layout): Row[] {
  const left = width - tabColumn - 2;
  const law = titled(verdictWords(state.verdict), tabColumn);
  const tab = [tabsRow(state, shown), law, ...openTab(state, shown, tabColumn, body - 2, 0)];
  return beside(bodyRows(state, shown, left, body, keypad), left, tab, body);
}

function stacked(state: PhoneState, shown: Shown, width: number, { body, keypad, tab, ruled }: Layout): Row[] {
  const above = body > 0 ? [...tall(bodyRows(state, shown, width, body, keypad), body), ...(ruled ? [rule(width)] : [])] : [];
  const strip = [tabStrip(state, shown, width), ...(body === 0 && ruled ? [rule(width)] : [])];
  return [...above, ...strip, ...openTab(state, shown, width, tab, 1)];
}

/** What is in the open tab. The log is scrolled only where the conversation is not in view; it has a margin of its own. */
function openTab(state: PhoneState, shown: Shown, width: number, height: number, margin: 0 | 1): readonly Row[] {
  if (height <= 0) return [];
  const { tab, zoomed, scroll } = state;
  if (tab === 'log') return logPane(shown, width, height, zoomed ? scroll : 0);
  const rows = inView(tabRows(state, shown, tab, width - margin), height, scroll, 'top');
  return margin ? rows.map(indent) : rows;
}

const indent = (spans: Row): Row => (spans.length === 0 ? EMPTY : [span(' '), ...spans]);
