import { COMMANDS } from './commands.ts';
import type { Note, PhoneState } from './phone-state.ts';
import { BAD, BOLD, type Click, GOOD, type Row, type Span, type Style, span, textOf } from './rows.ts';
import { columns } from './width.ts';

/** A key and what it does, for the last line. */
type Entry = { key: string; does: string; rank: number; click?: Click };

/** The last line: what a command did, or which keys are of use now. */
export function footer(state: PhoneState, width: number): Row {
  if (state.note) return noteRow(state.note);
  const entries = state.window
    ? [...state.window.hints.map(([key, does, rank]): Entry => ({ key, does, rank })), { key: 'esc', does: 'close', rank: 9 }]
    : commandEntries(state);
  return hintRow(entries, width);
}

const TONES: Record<Note['tone'], readonly [mark: string, style: Style | undefined]> = {
  good: ['✓ ', GOOD],
  bad: ['! ', BAD],
  plain: ['', BOLD],
};

function noteRow({ text, tone }: Note): Row {
  const [mark, style] = TONES[tone];
  return [span(` ${mark}${text}`, style)];
}

function commandEntries(state: PhoneState): Entry[] {
  const entries = COMMANDS.flatMap(({ id, keys, short, rank, when }): Entry[] => {
    const [key] = keys;
    if (key === undefined || rank === undefined || when?.(state) === false) return [];
    return [{ key, does: short, rank, click: { command: id } }];
  });
  return takesDigits(state) ? [{ key: '0-9*#', does: 'dial', rank: 3 }, ...entries] : entries;
}

const takesDigits = ({ at }: PhoneState): boolean =>
  at.page === 'call' && at.shown.view.answeredAt !== undefined && at.shown.view.endedAt === undefined;

/** Those of the highest rank get their words first, then their key alone; the others are left out. */
function hintRow(entries: readonly Entry[], width: number): Row {
  const shown = new Map<Entry, readonly Span[]>();
  let room = width;
  for (const entry of entries.toSorted((a, b) => b.rank - a.rank)) {
    const { key, does, click } = entry;
    const whole = [span(` ${key}`, BOLD, click), span(` ${does} `, undefined, click)];
    const spans = [does === '' ? [] : whole, [span(` ${key} `, BOLD, click)]].find(
      (one) => one.length > 0 && sizeOf(one) <= room,
    );
    if (!spans) continue;
    shown.set(entry, spans);
    room -= sizeOf(spans);
  }
  return entries.flatMap((entry) => shown.get(entry) ?? []);
}

const sizeOf = (spans: Row): number => columns(textOf(spans));
