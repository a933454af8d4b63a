import { comparePane } from './pane/compare.ts';
import { keypadLine, keypadNote, keypadPane, keysOf, legendRows, litKey, ROOMY } from './pane/keypad.ts';
import { endedPane, ringingPage } from './pane/pages.ts';
import { pathPane } from './pane/path.ts';
import { STATUS_ROWS, statusRows } from './pane/status.ts';
import { transcriptPane } from './pane/transcript.ts';
import type { PhoneState, Shown } from './phone-state.ts';
import { beside, EMPTY, type Row, span, tall, titled } from './rows.ts';

/** Where there are fewer rows, the conversation keeps more of them than the status. */
const SHORT = 9;
/** With fewer rows than this a path says nothing. */
const LEAST_PATH = 2;

const indent = (spans: Row): Row => (spans.length === 0 ? EMPTY : [span(' '), ...spans]);

/** The call itself, exactly `height` rows: what is said, the keypad, where it stands. `keypad` is the width of its column. */
export function bodyRows(state: PhoneState, shown: Shown, width: number, height: number, keypad: number): Row[] {
  const { view } = shown;
  const over = view.endedAt !== undefined;
  if (state.compare && state.branches.length > 1) return tall(comparePane(state, shown, width, height), height);
  if (view.answeredAt === undefined && !over) return tall(ringingPage(shown, width, height), height);
  if (keypad === 0) return over ? narrowEnd(state, shown, width, height) : narrow(state, shown, width, height);
  const left = width - keypad - 2;
  const right = over ? endColumn(state, shown, keypad, height) : keypadColumn(state, shown, keypad, height);
  return beside(talkColumn(state, shown, left - 1, height).map(indent), left, right, height);
}

/** The conversation goes back when a person scrolls, unless it is another list that they scroll. */
const talk = ({ tab, scroll }: PhoneState, shown: Shown, width: number, height: number): readonly Row[] =>
  height > 0 ? tall(transcriptPane(shown, width, height, tab === 'log' ? scroll : 0), height) : [];

function talkColumn(state: PhoneState, shown: Shown, width: number, height: number): Row[] {
  const status = statusRows(shown, keysOf(shown.state), width, statusHeight(shown, height));
  return [...talk(state, shown, width, height - status.length), ...status];
}

const statusHeight = ({ view }: Shown, height: number): number =>
  view.endedAt !== undefined ? 0 : height >= SHORT ? STATUS_ROWS : Math.max(1, Math.floor(height / 2));

/** The keypad, where each key leads as far as there is room, and the way the caller went. */
function keypadColumn({ speed }: PhoneState, shown: Shown, width: number, height: number): Row[] {
  const { state, view, now } = shown;
  const keys = keysOf(state);
  const pad = keypadPane(keys, litKey(view, now, speed), width, height > 2 * ROOMY ? ROOMY : Math.min(8, height));
  const rest = height - pad.length - 1;
  const legend = pad.length === ROOMY ? legendRows(keys, width, Math.floor(rest / 2)) : [];
  const room = rest - (legend.length > 0 ? legend.length + 1 : 0);
  const path = room >= LEAST_PATH ? pathPane(shown, keys, width, room) : [];
  const note = titled(keypadNote(keys, state.typed, width - 4), width);
  return [...pad, note, ...legend, ...(legend.length > 0 ? [titled([], width)] : []), ...path];
}

function endColumn(state: PhoneState, shown: Shown, width: number, height: number): Row[] {
  const ended = endedPane(state, shown, width);
  const rest = height - ended.length - 1;
  return rest < LEAST_PATH ? ended : [...ended, titled([], width), ...pathPane(shown, [], width, rest)];
}

/** One column: the keys in one line below the conversation. */
function narrow({ speed, ...state }: PhoneState, shown: Shown, width: number, height: number): Row[] {
  const { view, now, state: call } = shown;
  const keys = keysOf(call);
  const line = keypadLine(keys, litKey(view, now, speed), call.typed, width - 1);
  const status = statusRows(shown, keys, width - 1, statusHeight(shown, height - 1));
  const rest = height - 1 - status.length;
  return [...talk({ speed, ...state }, shown, width - 1, rest), ...(height > 0 ? [line] : []), ...status].map(indent);
}

/** One column, afterwards: the summary above the conversation. */
function narrowEnd(state: PhoneState, shown: Shown, width: number, height: number): Row[] {
  const summary = endedPane(state, shown, width - 1).slice(0, Math.max(5, Math.floor(height / 2)));
  return tall([...summary, ...talk(state, shown, width - 1, height - summary.length)].map(indent), height);
}
