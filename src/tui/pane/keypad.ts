import { type KeyNow, keysNow } from '../../call/next.ts';
import type { CallState } from '../../call/state.ts';
import type { CallView } from '../../call/view.ts';
import { type Ms, ms } from '../../core/ids.ts';
import type { Digit } from '../../core/input.ts';
import { BOLD, cutRow, DIM, EMPTY, LIT, type Row, row, type Span, span } from '../rows.ts';
import { centre, cut, wrap } from '../width.ts';
import { fitting, placeOf, tellLead } from '../words.ts';

/** How long a pressed key stays lit, in wall time. */
const GLOW = ms(700);
/** From this height on every key has a row below it that says where it leads; from this on, also air. */
const LABELLED = 8;
export const ROOMY = 11;

const remembered = new WeakMap<CallState, readonly KeyNow[]>();

/** What every key does in a state. */
export function keysOf(state: CallState): readonly KeyNow[] {
  const known = remembered.get(state);
  if (known) return known;
  const keys = keysNow(state);
  remembered.set(state, keys);
  return keys;
}

/** The key pressed last, while it is still lit. */
export function litKey(view: CallView, now: Ms, speed: number): Digit | undefined {
  for (let i = view.lines.length - 1; i >= 0; i--) {
    const line = view.lines[i];
    if (!line || now - line.at >= GLOW * speed) return undefined;
    if (line.type === 'key') return line.digit;
  }
  return undefined;
}

/** Does the keypad do anything now? */
export const listens = (keys: readonly KeyNow[]): boolean => keys.some(({ was }) => was !== undefined);

const DOES: Partial<Record<NonNullable<KeyNow['was']>, string>> = {
  taken: 'types',
  finish: 'ends',
  skipped: 'skips',
  forwarded: 'goes on',
};

const labelOf = ({ was, lead }: KeyNow): string => (lead ? placeOf(lead) : was ? (DOES[was] ?? '-') : '-');
const works = ({ was, lead }: KeyNow): boolean => (was === undefined ? lead !== undefined : was !== 'not-offered');

function face(key: KeyNow, lit: boolean, width: number): Span {
  const click = { press: key.digit };
  if (lit) return span(centre(`<<${key.digit}>>`, width), LIT, click);
  return works(key)
    ? span(centre(`[${key.digit}]`, width), key.was ? BOLD : DIM, click)
    : span(centre(key.digit, width), DIM, click);
}

const label = (key: KeyNow, width: number): Span =>
  span(centre(cut(labelOf(key), width - 1), width), key.was && works(key) ? undefined : DIM, { press: key.digit });

/** The keypad with where each key leads below it, as far as there is room. */
export function keypadPane(keys: readonly KeyNow[], lit: Digit | undefined, width: number, height: number): readonly Row[] {
  const cell = Math.floor(width / 3);
  const rows: Row[] = [];
  for (let i = 0; i < 12; i += 3) {
    const three = keys.slice(i, i + 3);
    rows.push(three.map((key) => face(key, key.digit === lit, cell)));
    if (height >= LABELLED) rows.push(three.map((key) => label(key, cell)));
    if (height >= ROOMY && i < 9) rows.push(EMPTY);
  }
  return rows.slice(0, Math.max(0, height));
}

/** What was typed, and whether keys count. */
export function keypadNote(keys: readonly KeyNow[], typed: string, width: number): Row {
  if (typed !== '') return [span('typed ', DIM), span(typed, BOLD)];
  if (listens(keys)) return EMPTY;
  const later = keys.some(({ lead }) => lead);
  return row(
    fitting(
      width,
      later ? ['keys count after the prompt', 'keys count later'] : ['nobody listens to keys now', 'nobody listens'],
    ),
    DIM,
  );
}

/** Where each key leads, in whole sentences where there is room. */
export function legendRows(keys: readonly KeyNow[], width: number, height: number): readonly Row[] {
  const leads = keys.flatMap(({ digit, lead }) => (lead ? [{ digit, text: tellLead(lead) }] : []));
  const whole = leads.flatMap(({ digit, text }) =>
    wrap(text, width - 2).map(
      (part, i): Row => [span(i === 0 ? `${digit} ` : '  ', BOLD, { press: digit }), span(part, undefined, { press: digit })],
    ),
  );
  if (whole.length <= height) return whole;
  const short = leads.map(({ digit, text }) => cutRow([span(`${digit} `, BOLD, { press: digit }), span(text)], width));
  if (short.length <= height) return short;
  return height < 1 ? [] : [...short.slice(0, height - 1), row(`… ${short.length - height + 1} more`, DIM)];
}

/** Keys that lead to the same place, together: `1 confirmed`. */
export function groupsOf(keys: readonly KeyNow[]): ReadonlyMap<string, readonly KeyNow[]> {
  const groups = new Map<string, KeyNow[]>();
  for (const key of keys) {
    if (!works(key)) continue;
    const name = labelOf(key);
    groups.set(name, [...(groups.get(name) ?? []), key]);
  }
  return groups;
}

/** `129`, and `1-8,0` where there are many in a row. */
export function digitsOf(keys: readonly KeyNow[]): string {
  const runs: string[] = [];
  for (const { digit } of keys) {
    const longer = `${runs.at(-1) ?? ''}${digit}`;
    if (runs.length > 0 && '123456789'.includes(longer)) runs[runs.length - 1] = longer;
    else runs.push(digit);
  }
  const many = runs.some((run) => run.length > 2);
  return runs.map((run) => (run.length > 2 ? `${run[0]}-${run.at(-1)}` : run)).join(many ? ',' : '');
}

/** The keypad in one line, for narrow terminals. */
export function keypadLine(keys: readonly KeyNow[], lit: Digit | undefined, typed: string, width: number): Row {
  const pressed = lit === undefined ? [] : [span(`<<${lit}>>`, LIT), span(' ')];
  const shown = [...groupsOf(keys)].map(([name, group]): Span => {
    const [only] = group;
    return span(`  ${digitsOf(group)} ${name}`, undefined, group.length === 1 && only ? { press: only.digit } : undefined);
  });
  const says = shown.length === 0 ? [span('keys: nobody listens', DIM)] : [span('keys:', DIM), ...shown];
  return cutRow([...pressed, ...(typed === '' ? [] : [span(`typed ${typed}  `, BOLD)]), ...says], width);
}
