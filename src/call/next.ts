import { accepts } from '../core/accept.ts';
import type { KeyDisposition } from '../core/command.ts';
import { DIGITS, type Digit, type OwnInput } from '../core/input.ts';
import type { Flow, Target } from '../flow/model.ts';
import type { Edge } from './memo.ts';
import { type Stand, standOf } from './runtime.ts';
import type { CallState } from './state.ts';
import { TIME_LIMIT } from './turn.ts';

/** Where an exit leads. Without `to` it leads nowhere: the call is dropped there. */
export type Lead = {
  exit: string;
  to?: { type: 'applet'; id: string; title: string; summary: string } | { type: 'back'; as?: string };
};

/** A key of the keypad, as it stands in this call at this instant. */
export type KeyNow = {
  digit: Digit;
  /** What would become of it if it were pressed now; undefined when nobody listens. */
  was?: KeyDisposition;
  /** Where it leads: now, or as soon as the applet listens. */
  lead?: Lead;
};

/** What the end of a wait brings when the caller stays silent. */
export type WaitEnd =
  /** The caller is asked another time; `atLast` is where silence leads after the last one. */
  { type: 'again'; nth: number; of: number; atLast: Lead | undefined } | { type: 'leaves'; lead: Lead } | { type: 'goes on' };

/** The machine's way until it waits for the world, or leaves. */
type Way = { edge: Edge; plays: boolean; exit?: string; over: boolean };

const MOST_STEPS = 16;
const MOST_WAITS = 64;

/**
 * Follows an edge until the machine waits for something that is not the call itself. Pure: the machine is asked through its
 * memo, nothing is done.
 */
function settle(stand: Stand, from: Edge, typed: string): Way {
  let edge = from;
  let plays = false;
  let keys = typed;
  for (let steps = 0; steps < MOST_STEPS; steps++) {
    let own: OwnInput | undefined;
    for (const command of edge.commands) {
      if (command.type === 'leave') return { edge, plays, exit: command.exit, over: true };
      if (command.type === 'hangUp' || command.type === 'become' || command.type === 'restart')
        return { edge, plays, over: true };
      if (command.type === 'play') plays = true;
      if (command.type === 'clearKeys') keys = '';
      if (command.type === 'judgeKeys')
        own = { type: 'keys.judged', keys, accepted: command.accept === undefined || accepts(command.accept, keys) };
    }
    if (!own) break;
    edge = stand.memo.follow(edge.to, stand.applet.classify(own, stand.settings));
  }
  return { edge, plays, over: false };
}

/** How often the caller is waited for from here on, if they stay silent, and the exit this ends in. */
function silences(stand: Stand, from: Way): { waits: number; exit: string | undefined } {
  const finished = stand.applet.classify({ type: 'prompt.finished' }, stand.settings);
  let way = from;
  let waits = 0;
  while (!way.over && waits < MOST_WAITS) {
    const timer = way.edge.set[0];
    if (timer) waits++;
    else if (!way.plays) break;
    way = settle(stand, stand.memo.follow(way.edge.to, timer ? timer.id : finished), '');
  }
  return { waits, exit: way.exit };
}

/** How often an applet asks a caller who stays silent. */
export const triesOf = (stand: Stand): number => silences(stand, settle(stand, stand.memo.start(), '')).waits;

/** What happens when the wait under way ends in silence; undefined while the call waits for no time. */
export function whenWaitEnds({ stand, machine, timers, flow, typed }: CallState): WaitEnd | undefined {
  const timer = timers.find(({ id }) => id !== TIME_LIMIT);
  if (!stand || !machine || !timer) return undefined;
  const way = settle(stand, stand.memo.follow(machine, timer.id), typed);
  if (way.exit !== undefined) return { type: 'leaves', lead: leadOf(flow, stand, way.exit) };
  const rest = silences(stand, way);
  if (rest.waits === 0) return { type: 'goes on' };
  const of = triesOf(stand);
  const atLast = rest.exit === undefined ? undefined : leadOf(flow, stand, rest.exit);
  return { type: 'again', nth: of - rest.waits + 1, of, atLast };
}

/** Every key: what it would do now, and what the applet offers it for. */
export function keysNow(state: CallState): readonly KeyNow[] {
  const { stand, machine, flow, typed } = state;
  if (state.phase !== 'talking' || !stand || !machine) return DIGITS.map((digit) => ({ digit }));
  const offered = new Map(stand.applet.offers?.(stand.settings).keys.map(({ digit, exit }) => [digit, exit]));
  return DIGITS.map((digit) => {
    const edge = stand.memo.follow(machine, stand.applet.classify({ type: 'digit', digit }, stand.settings));
    const was = edge.commands.find((command) => command.type === 'key')?.was;
    const leaves = was === 'taken' ? settle(stand, edge, typed + digit).exit : undefined;
    const exit = leaves ?? (was === undefined ? offered.get(digit) : undefined);
    return { digit, ...(was && { was }), ...(exit !== undefined && { lead: leadOf(flow, stand, exit) }) };
  });
}

function leadOf(flow: Flow, stand: Stand, exit: string): Lead {
  const target: Target | undefined = stand.way(exit).target;
  if (target === undefined) return { exit };
  if (target === 'return') return { exit, to: { type: 'back' } };
  if (target.startsWith('return:')) return { exit, to: { type: 'back', as: target.slice('return:'.length) } };
  const node = flow.nodes.get(target as never);
  if (!node) return { exit };
  const next = standOf(flow, node);
  return {
    exit,
    to: { type: 'applet', id: node.id, title: next.applet.title, summary: next.applet.summary(next.settings) },
  };
}
