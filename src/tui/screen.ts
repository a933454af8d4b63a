import { keysNow } from '../call/next.ts';
import type { CallView } from '../call/view.ts';
import { inForce } from '../core/in-force.ts';
import { maskNumber } from '../core/phone.ts';
import { isoIst, showClock } from '../core/time.ts';
import { keypadLine, keypadPane, litKey } from './keypad-pane.ts';
import { callbacksPane, dncPane, smsPane, webPane } from './list-panes.ts';
import { endedPane, refusedPage, ringingPage } from './pages.ts';
import { type Page, type PhoneState, TABS, type Tab } from './phone-store.ts';
import {
  BAD,
  BOLD,
  beside,
  cutRow,
  DIM,
  EMPTY,
  inView,
  LIT,
  type Row,
  row,
  type Span,
  span,
  tall,
  textOf,
  WARN,
} from './rows.ts';
import { statusRows } from './status-rows.ts';
import { transcriptPane } from './transcript-pane.ts';
import { columns } from './width.ts';

export type Size = { columns: number; rows: number };

/** From this width on the keypad has its own column. */
const TWO_COLUMNS = 60;
/** From this height on the call stays in view above the other tabs. */
const TALL = 34;
const LEAST: Size = { columns: 24, rows: 8 };

type OnCall = Extract<Page, { page: 'call' }>;

/** The whole screen, exactly as many rows as the terminal has, none wider than it is. */
export function screen(state: PhoneState, size: Size): readonly Row[] {
  if (size.columns < LEAST.columns || size.rows < LEAST.rows)
    return tall([cutRow(row('Please enlarge this window.'), size.columns)], size.rows);
  const { at } = state;
  const rows =
    at.page === 'call'
      ? at.view.answeredAt === undefined && at.view.endedAt === undefined
        ? ringing(state, at, size)
        : onCall(state, at, size)
      : alone(state, size);
  return tall(rows, size.rows).map((spans) => cutRow(spans, size.columns));
}

const rule = (width: number): Row => row('─'.repeat(width), DIM);

function header(state: PhoneState, status: string, time: string, width: number): Row {
  const { facts, title } = state.session;
  const over = state.at.page === 'call' && state.at.view.endedAt !== undefined;
  const pace: Span[] = over ? [] : [span(`  ${state.speed}x`, state.speed === 1 ? DIM : WARN)];
  const who = facts.direction === 'inbound' ? 'from' : 'to';
  return [
    span(` ${state.paused ? `PAUSED (${status})` : status}`, state.paused ? LIT : BOLD),
    span(time === '' ? '' : ` ${time}`),
    ...pace,
    span(`  ${who} ${maskNumber(facts.customer)}`),
    span(width < 72 ? '' : `  ${isoIst(state.now).slice(11, 19)} IST`, DIM),
    span(`  ${title}`, BOLD),
  ];
}

/** Before and instead of a call. */
function alone(state: PhoneState, size: Size): Row[] {
  const { at } = state;
  const height = size.rows - 4;
  const refused = at.page === 'refused';
  const body =
    at.page === 'refused' ? refusedPage(state, at.verdict, size.columns - 2) : [row('Asking whether this call may be made …')];
  return [
    header(state, refused ? 'NOT CALLED' : 'ASKING', '', size.columns),
    rule(size.columns),
    ...tall(inView(body, height, state.scroll, 'top'), height).map(indent),
    rule(size.columns),
    footer(REFUSED, size.columns),
  ];
}

const indent = (spans: Row): Row => (spans.length === 0 ? EMPTY : [span(' '), ...spans]);

function ringing(state: PhoneState, { call, view }: OnCall, size: Size): Row[] {
  const height = size.rows - 4;
  return [
    header(state, view.status.toUpperCase(), '', size.columns),
    rule(size.columns),
    ...tall(ringingPage(view, call.facts, state.now, size.columns, height), height),
    rule(size.columns),
    footer(RINGING, size.columns),
  ];
}

function onCall(state: PhoneState, page: OnCall, size: Size): Row[] {
  const { call, view } = page;
  const over = view.endedAt !== undefined;
  const keys = keysNow(call.state);
  const lit = litKey(view, state.now, state.speed);
  const chrome = over ? 5 : 9;
  const height = Math.max(1, size.rows - chrome);
  const { typed } = call.state;
  const wide = size.columns >= TWO_COLUMNS;
  const leftWidth = Math.min(52, Math.max(26, Math.round(size.columns * 0.42)));
  const width = wide ? size.columns - leftWidth - 2 : size.columns - 1;
  const leftPane = over
    ? endedPane(state, view, wide ? leftWidth - 2 : width)
    : keypadPane(keys, lit, typed, leftWidth - 2, height);
  const talked = showClock((view.endedAt ?? state.now) - (view.answeredAt ?? view.endedAt ?? state.now));
  const body = wide
    ? beside(leftPane.map(indent), leftWidth, rightPane(state, page, width, height), height)
    : narrow(over ? leftPane : [keypadLine(keys, lit, typed, width)], state, page, width, height);
  return [
    header(state, view.status.toUpperCase().replace('-', ' '), talked, size.columns),
    tabs(state, view),
    rule(size.columns),
    ...body,
    rule(size.columns),
    ...(over ? [] : statusRows(call.state, view, keys, state.now, size.columns - 1).map(indent)),
    ...(over ? [] : [rule(size.columns)]),
    footer(over ? OVER : ON_CALL, size.columns),
  ];
}

/** One column: while talking the keys in one line at the end; afterwards the summary above the conversation. */
function narrow(own: readonly Row[], state: PhoneState, page: OnCall, width: number, height: number): Row[] {
  if (page.view.endedAt === undefined)
    return [...tall(rightPane(state, page, width, height - 1), height - 1), ...own].map(indent);
  if (state.tab !== 'call') return tall(rightPane(state, page, width, height), height).map(indent);
  const summary = own.slice(0, Math.max(5, Math.floor(height / 2)));
  const rest = Math.max(0, height - summary.length);
  return [...summary, ...tall(rightPane(state, page, width, rest), rest)].map(indent);
}

/** The conversation, or the tab that is open; both where the terminal is tall. */
function rightPane(state: PhoneState, { view }: OnCall, width: number, height: number): readonly Row[] {
  if (height <= 0) return [];
  if (state.tab === 'call') return transcriptPane(view, state.now, width, height, state.scroll);
  const rows = tabRows(state, state.tab, view, width);
  if (height < TALL - 10) return inView(rows, height, state.scroll, 'top');
  const above = Math.floor(height / 2);
  const talk = transcriptPane(view, state.now, width, above);
  return [...tall(talk, above), rule(width), ...inView(rows, height - above - 1, state.scroll, 'top')];
}

function tabRows(state: PhoneState, tab: Exclude<Tab, 'call'>, view: CallView, width: number): Row[] {
  switch (tab) {
    case 'web':
      return webPane(view, width);
    case 'sms':
      return smsPane(view, width);
    case 'callbacks':
      return callbacksPane(state, width);
    case 'dnc':
      return dncPane(state, width);
  }
}

function tabs({ tab, callbacks, listed }: PhoneState, view: CallView): Row {
  const posted = new Set([...callbacks.map(({ id }) => id), ...view.deliveries.map(({ id }) => id)]).size;
  const counts: Record<Tab, string> = {
    call: '',
    web: ` ${view.requests.length}`,
    sms: ` ${view.sms.length}`,
    callbacks: ` ${posted}`,
    dnc: 'trouble' in listed ? ' ?' : ` ${inForce(listed).length}`,
  };
  return TABS.flatMap((name): Span[] =>
    name === tab
      ? [span(` [${name.toUpperCase()}${counts[name]}]`, BOLD)]
      : [span(`  ${name}${counts[name]} `, name === 'dnc' && counts.dnc === ' ?' ? BAD : DIM)],
  );
}

/** A key and what it does; those of low rank lose their words first where there is no room. */
type Hint = readonly [key: string, does: string, rank: number];
const QUIT: Hint = ['q', 'quit', 9];
const REST: readonly Hint[] = [
  ['space', 'pause', 6],
  ['+ -', 'speed', 5],
];
const REFUSED: readonly Hint[] = [['r', 'try again', 8], ['up down', 'scroll', 1], QUIT];
const RINGING: readonly Hint[] = [['a', 'answer', 8], ['d', 'decline', 7], ...REST, QUIT];
const ON_CALL: readonly Hint[] = [
  ['0-9*#', 'dial', 1],
  ['h', 'hang up', 8],
  ...REST,
  ['Tab', 'tabs', 3],
  ['r', 'redial', 2],
  QUIT,
];
const OVER: readonly Hint[] = [['r', 'call again', 8], ['Tab', 'web, sms, callbacks, dnc', 3], ['up down', 'scroll', 1], QUIT];

function footer(hints: readonly Hint[], width: number): Row {
  let shown: Row = [];
  for (let least = 0; least < 10; least++) {
    shown = hints.flatMap(([key, does, rank]) => [span(` ${key}`, BOLD), span(rank > least ? ` ${does} ` : ' ')]);
    if (columns(textOf(shown)) <= width) break;
  }
  return shown;
}
