import { type KeyNow, whenWaitEnds } from '../../call/next.ts';
import { type Silence, silenceFrom } from '../../call/silence.ts';
import type { CallState } from '../../call/state.ts';
import type { Speech } from '../../call/view.ts';
import type { Ms } from '../../core/ids.ts';
import { maskNumber, maskText } from '../../core/phone.ts';
import { exotelDialect } from '../../exotel/dialect.ts';
import type { Shown } from '../phone-state.ts';
import { BOLD, bar, cutRow, DIM, EMPTY, type Row, row, rule, type Span, span, titled, WARN } from '../rows.ts';
import { fitting, left, shortUrl, tellSeconds, tellSilence, tellWaitEnd } from '../words.ts';
import { listens } from './keypad.ts';

/** The applet, what goes on with a bar, what comes of it, and how the call ends when nobody does anything. */
export const STATUS_ROWS = 4;

/** Exactly `height` rows; where there are few, the applet and the end are left out. */
export function statusRows(shown: Shown, keys: readonly KeyNow[], width: number, height: number): Row[] {
  const [now = EMPTY, then = EMPTY] = going(shown, keys, width);
  const applet = appletRow(shown.state, width);
  const rows = height >= STATUS_ROWS ? [applet, now, then, endRow(shown, width)] : height > 2 ? [applet, now, then] : [now, then];
  return rows.slice(0, Math.max(0, height)).map((spans) => cutRow(spans, width));
}

function appletRow({ stand, frames, flow, facts }: CallState, width: number): Row {
  if (!stand) return rule(width);
  const within = frames.length > 0 || flow.name !== facts.flow ? `${flow.name} / ` : '';
  const { node, applet, settings } = stand;
  return titled(
    [span(within, DIM), span(node.id, BOLD), span(`  ${applet.title}: ${maskText(applet.summary(settings))}`)],
    width,
  );
}

function going(shown: Shown, keys: readonly KeyNow[], width: number): Row[] {
  const { state, view, now } = shown;
  const { speaking, waiting } = view;
  const room = Math.min(32, Math.max(6, width - 28));
  if (speaking) return [speechRow(speaking, now, room), row(`then: ${fitting(width - 6, whileSpeaking(keys))}`, DIM)];
  if (!waiting) return elseRows(shown, width);
  const end = whenWaitEnds(state);
  const rest = left(waiting.until, now);
  const whole = waiting.until - waiting.since;
  const turn: Span[] = [span(pad9(listens(keys) ? 'your turn' : 'waits')), span(bar(rest / whole, room), BOLD)];
  return [
    [...turn, span(` ${tellSeconds(rest)} of ${tellSeconds(whole)}`)],
    ...(end ? [row(fitting(width, tellWaitEnd(end)))] : []),
  ];
}

const pad9 = (text: string): string => `${text.padEnd(9)} `;

function speechRow({ sounds, at }: Speech, now: Ms, room: number): Row {
  const known = sounds.every(({ ms }) => ms !== undefined);
  const whole = sounds.reduce((sum, { ms }) => sum + (ms ?? 0), 0);
  const done = now - at;
  if (!known || whole === 0) return [span(pad9('speaks')), span(tellSeconds(done))];
  const shown = Math.min(done, whole);
  return [span(pad9('speaks')), span(bar(shown / whole, room), DIM), span(` ${tellSeconds(shown)} of ${tellSeconds(whole)}`)];
}

function whileSpeaking(keys: readonly KeyNow[]): readonly string[] {
  if (keys.some(({ was }) => was === 'forwarded'))
    return ['goes on; a key ends it and counts for the next menu', 'goes on; a key counts for the next menu', 'goes on'];
  if (keys.some(({ was }) => was === 'skipped')) return ['goes on; any key ends it'];
  if (listens(keys))
    return ['waits for a key; you may press one into the prompt', 'waits for a key; or press one now', 'waits for a key'];
  return keys.some(({ lead }) => lead)
    ? ['waits for a key; until then keys are ignored', 'waits for a key']
    : ['goes on; keys are ignored here'];
}

/** What else a call can wait for. */
function elseRows({ branch, view, now }: Shown, width: number): Row[] {
  const open = view.requests.findLast(({ answer, async }) => !answer && !async);
  if (open) {
    const asks = row(`asks      ${open.method} ${shortUrl(open.url)}  ${tellSeconds(now - open.at)}`);
    const unknown = [
      'then: nobody has recorded an answer to this; x gives one',
      'then: no answer is recorded; x gives one',
      'then: x gives one',
    ];
    return branch.simulation?.question() ? [asks, row(fitting(width, unknown), WARN)] : [asks];
  }
  const agents = view.legs.filter(({ leg, endedAt }) => leg > 1 && endedAt === undefined);
  const talking = agents.find(({ state }) => state === 'answered');
  if (talking)
    return [row(`talks     to agent ${maskNumber(talking.number)}  ${tellSeconds(now - (talking.answeredAt ?? now))}`)];
  const [first] = agents;
  if (!first) return [];
  const numbers = agents.map(({ number }) => maskNumber(number)).join(', ');
  return [row(`rings     agent ${numbers}  ${tellSeconds(now - first.dialledAt)}`)];
}

const foreseen = new WeakMap<CallState, Silence>();

/** The engine is asked once a state: what silence brings does not change while time goes on. */
function silenceOf({ branch, state, view, now }: Shown): Silence {
  const known = foreseen.get(state);
  if (known) return known;
  const silence = silenceFrom({ flows: branch.phone.flows, dialect: exotelDialect }, state, view, now);
  foreseen.set(state, silence);
  return silence;
}

function endRow(shown: Shown, width: number): Row {
  if (shown.state.phase === 'ended') return EMPTY;
  return row(fitting(width, tellSilence(silenceOf(shown), shown.view.startedAt, shown.now)), DIM);
}
