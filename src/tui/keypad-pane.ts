import type { KeyNow } from '../call/next.ts';
import type { CallView } from '../call/view.ts';
import { type Ms, ms } from '../core/ids.ts';
import type { Digit } from '../core/input.ts';
import { BOLD, cutRow, DIM, EMPTY, LIT, type Row, row, type Span, span, tall } from './rows.ts';
import { centre, cut, wrap } from './width.ts';
import { placeOf, tellLead } from './words.ts';

/** How long a pressed key stays lit, in wall time. */
const GLOW = ms(700);

/** The key pressed last, while it is still lit. */
export function litKey(view: CallView, now: Ms, speed: number): Digit | undefined {
  const pressed = view.lines.findLast((line) => line.type === 'key');
  return pressed?.type === 'key' && now - pressed.at < GLOW * speed ? pressed.digit : undefined;
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
  if (lit) return span(centre(`<<${key.digit}>>`, width), LIT);
  return works(key) ? span(centre(`[${key.digit}]`, width), key.was ? BOLD : DIM) : span(centre(key.digit, width), DIM);
}

const label = (key: KeyNow, width: number): Span =>
  span(centre(cut(labelOf(key), width - 1), width), key.was && works(key) ? undefined : DIM);

/** The keypad with what each key does, and below it, as far as there is room, where each leads. */
export function keypadPane(
  keys: readonly KeyNow[],
  lit: Digit | undefined,
  typed: string,
  width: number,
  height: number,
): readonly Row[] {
  const cell = Math.floor(width / 3);
  const withLabels = height >= 8;
  const roomy = height >= 22;
  const rows: Row[] = [];
  for (let i = 0; i < 12; i += 3) {
    const three = keys.slice(i, i + 3);
    rows.push(three.map((key) => face(key, key.digit === lit, cell)));
    if (withLabels) rows.push(three.map((key) => label(key, cell)));
    if (roomy && i < 9) rows.push(EMPTY);
  }
  return tall([...rows, EMPTY, ...legend(keys, typed, width, height - rows.length - 1)], height);
}

function legend(keys: readonly KeyNow[], typed: string, width: number, height: number): Row[] {
  const lines: Row[] = [];
  if (!listens(keys))
    lines.push(row(keys.some(({ lead }) => lead) ? 'keys count after the prompt' : 'nobody listens to keys now', DIM));
  if (typed !== '') lines.push([span('typed ', DIM), span(typed, BOLD)]);
  const leads = keys.flatMap(({ digit, lead }) => (lead ? [{ digit, text: tellLead(lead) }] : []));
  const room = height - lines.length;
  const whole = leads.flatMap(({ digit, text }) =>
    wrap(text, width - 2).map((part, i): Row => (i === 0 ? [span(`${digit} `, BOLD), span(part)] : [span(`  ${part}`)])),
  );
  if (whole.length <= room) return [...lines, ...whole];
  const short = leads.map(({ digit, text }): Row => cutRow([span(`${digit} `, BOLD), span(text)], width));
  if (short.length <= room) return [...lines, ...short];
  return room < 1 ? lines : [...lines, ...short.slice(0, room - 1), row(`… ${short.length - room + 1} more`, DIM)];
}

/** The keypad in one line, for narrow terminals. */
export function keypadLine(keys: readonly KeyNow[], lit: Digit | undefined, typed: string, width: number): Row {
  const groups = new Map<string, Digit[]>();
  for (const key of keys) {
    if (!works(key)) continue;
    const name = labelOf(key);
    groups.set(name, [...(groups.get(name) ?? []), key.digit]);
  }
  const pressed = lit === undefined ? [] : [span(`<<${lit}>>`, LIT), span(' ')];
  const shown = [...groups].map(
    ([name, digits]) => `${digits.length > 4 ? `${digits[0]}..${digits.at(-1)}` : digits.join('')} ${name}`,
  );
  const text = shown.length === 0 ? 'keys: nobody listens' : `keys: ${shown.join('  ')}`;
  return cutRow([...pressed, ...(typed === '' ? [] : [span(`typed ${typed}  `, BOLD)]), span(text)], width);
}
