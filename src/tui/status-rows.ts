import { type KeyNow, whenWaitEnds } from '../call/next.ts';
import type { CallState } from '../call/state.ts';
import type { CallView } from '../call/view.ts';
import type { Ms } from '../core/ids.ts';
import { maskNumber } from '../core/phone.ts';
import { listens } from './keypad-pane.ts';
import { BOLD, bar, cutRow, DIM, EMPTY, type Row, row, type Span, span } from './rows.ts';
import { left, shortUrl, tellSeconds, tellWaitEnd } from './words.ts';

/** Three rows: the applet, what goes on with a bar, and what comes of it. */
export function statusRows(state: CallState, view: CallView, keys: readonly KeyNow[], now: Ms, width: number): Row[] {
  const rows = [appletRow(state), ...going(state, view, keys, now, Math.min(32, Math.max(12, Math.floor(width / 3))))];
  return [0, 1, 2].map((i) => cutRow(rows[i] ?? EMPTY, width));
}

function appletRow({ stand, frames, flow, facts }: CallState): Row {
  if (!stand) return EMPTY;
  const within = frames.length > 0 || flow.name !== facts.flow ? `${flow.name} / ` : '';
  const { node, applet, settings } = stand;
  return [span(within, DIM), span(node.id, BOLD), span(`  ${applet.title}: ${applet.summary(settings)}`)];
}

function going(state: CallState, view: CallView, keys: readonly KeyNow[], now: Ms, room: number): Row[] {
  const { speaking, waiting } = view;
  if (speaking) return [speechRow(speaking.sounds, speaking.at, now, room), row(`then: ${whileSpeaking(keys)}`, DIM)];
  if (waiting) {
    const end = whenWaitEnds(state);
    const rest = left(waiting.until, now);
    const whole = waiting.until - waiting.since;
    const text: Span[] = [span(pad9(listens(keys) ? 'your turn' : 'waits')), span(bar(rest / whole, room), BOLD)];
    return [[...text, span(` ${tellSeconds(rest)} of ${tellSeconds(whole)}`)], ...(end ? [row(tellWaitEnd(end))] : [])];
  }
  return [elseRow(view, now)];
}

const pad9 = (text: string): string => `${text.padEnd(9)} `;

function speechRow(sounds: CallView['speeches'][number]['sounds'], since: Ms, now: Ms, room: number): Row {
  const known = sounds.every(({ ms }) => ms !== undefined);
  const whole = sounds.reduce((sum, { ms }) => sum + (ms ?? 0), 0);
  const done = now - since;
  if (!known || whole === 0) return [span(pad9('speaks')), span(tellSeconds(done))];
  const shown = Math.min(done, whole);
  return [span(pad9('speaks')), span(bar(shown / whole, room), DIM), span(` ${tellSeconds(shown)} of ${tellSeconds(whole)}`)];
}

function whileSpeaking(keys: readonly KeyNow[]): string {
  if (keys.some(({ was }) => was === 'forwarded')) return 'goes on; a key ends it and counts for the next menu';
  if (keys.some(({ was }) => was === 'skipped')) return 'goes on; any key ends it';
  if (listens(keys)) return 'waits for a key; you may press one into the prompt';
  return keys.some(({ lead }) => lead) ? 'waits for a key; until then keys are ignored' : 'goes on; keys are ignored here';
}

/** What else a call can wait for. */
function elseRow(view: CallView, now: Ms): Row {
  const open = view.requests.findLast(({ answer, async }) => !answer && !async);
  if (open) return row(`asks      ${open.method} ${shortUrl(open.url)}  ${tellSeconds(now - open.at)}`);
  const agents = view.legs.filter(({ leg, endedAt }) => leg > 1 && endedAt === undefined);
  const talking = agents.find(({ state }) => state === 'answered');
  if (talking) return row(`talks     to agent ${maskNumber(talking.number)}  ${tellSeconds(now - (talking.answeredAt ?? now))}`);
  const [first] = agents;
  if (first)
    return row(
      `rings     agent ${agents.map(({ number }) => maskNumber(number)).join(', ')}  ${tellSeconds(now - first.dialledAt)}`,
    );
  return EMPTY;
}
