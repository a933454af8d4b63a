import { fold } from '../call/fold.ts';
import { isStimulus } from '../call/moments.ts';
import { type CallView, emptyView } from '../call/view.ts';
import type { KeyDisposition } from '../core/command.ts';
import type { Logged } from '../core/event.ts';
import { type Ms, ms } from '../core/ids.ts';
import type { Digit } from '../core/input.ts';
import type { Sound } from '../core/prompt.ts';
import { appletFor } from '../flow/graph.ts';
import type { FlowNode, FlowSet } from '../flow/model.ts';

/** Something the caller did. `index` is its place in the log. */
export type Act = { index: number; at: Ms; node: FlowNode | undefined } & (
  | { type: 'key'; digit: Digit; was: KeyDisposition }
  | { type: 'hang up' }
);

/** How a call stands once one thing that reached it has had all its consequences. `index` is the last of them. */
export type Moment = {
  index: number;
  at: Ms;
  /** Would a scenario's `press` press now? Its words: an applet listens, and its prompt has been heard out. */
  listens: boolean;
  /** How long the wait under way lasts in all, in milliseconds. */
  patience: number;
  /** When the wait or the speech under way is over, if nobody ends it before. */
  due: Ms | undefined;
  /** Begun by the end of a wait: whoever waited before waits anew. */
  anew: boolean;
  visits: number;
  speeches: number;
};

export type Story = {
  log: readonly Logged[];
  view: CallView;
  acts: readonly Act[];
  moments: readonly Moment[];
  /** When each applet of `view.visited` was entered. */
  entrances: readonly Ms[];
};

/** A recorded call as its caller lived it. */
export function tellStory(log: readonly Logged[], set: FlowSet): Story {
  const view = emptyView();
  const acts: Act[] = [];
  const moments: Moment[] = [];
  let anew = false;
  log.forEach((logged, index) => {
    const node = nodeOf(view, set);
    const act = view.answeredAt === undefined ? undefined : actOf(log, index);
    if (act && !view.ended) acts.push({ ...act, node });
    if (isStimulus(logged.e)) anew = logged.e.type === 'timer.fired';
    fold(view, logged);
    const next = log[index + 1];
    if (next === undefined || isStimulus(next.e)) moments.push({ ...momentOf(view, set), index, at: logged.at, anew });
  });
  const entrances = log.flatMap(({ e, at }) => (e.type === 'applet.entered' ? [at] : []));
  return { log, view, acts, moments, entrances };
}

function nodeOf({ flow, node }: CallView, set: FlowSet): FlowNode | undefined {
  return flow === undefined || node === undefined ? undefined : set.flows.get(flow)?.nodes.get(node);
}

function momentOf(view: CallView, set: FlowSet): Omit<Moment, 'index' | 'at' | 'anew'> {
  const { waiting, speaking, ended } = view;
  const node = nodeOf(view, set);
  return {
    listens: !ended && waiting !== undefined && !speaking && node !== undefined && appletFor(node).takesKeys,
    patience: waiting === undefined ? 0 : waiting.until - waiting.since,
    due: speaking ? ms(speaking.at + lengthOf(speaking.sounds)) : waiting?.until,
    visits: view.visited.length,
    speeches: view.speeches.length,
  };
}

/** How long a scenario's line takes a recording to play that nobody has measured. */
const UNKNOWN_LENGTH = 5000;
const lengthOf = (sounds: readonly Sound[]): number => sounds.reduce((sum, sound) => sum + (sound.ms ?? UNKNOWN_LENGTH), 0);

type Done<T> = T extends unknown ? Omit<T, 'node'> : never;

function actOf(log: readonly Logged[], index: number): Done<Act> | undefined {
  const { at, e } = log[index] as Logged;
  if (e.type !== 'input') return undefined;
  const { input } = e;
  if (input.type === 'caller.hungUp') return { type: 'hang up', index, at };
  if (input.type === 'leg.changed' && input.leg === 1 && input.to === 'completed') return { type: 'hang up', index, at };
  if (input.type !== 'digit') return undefined;
  const key = log.slice(index + 1).find((one) => one.e.type === 'key')?.e;
  return { type: 'key', digit: input.digit, was: key?.type === 'key' ? key.was : 'ignored', index, at };
}

/** How the call stood when something happened. */
export const momentBefore = ({ moments }: Story, index: number): Moment | undefined =>
  moments.findLast((moment) => moment.index < index);

/** Does something else reach the call at an instant? Keys come one after the other. */
function beside(log: readonly Logged[], i: number, at: Ms): boolean {
  const one = log[i];
  return one?.at === at && isStimulus(one.e) && !(one.e.type === 'input' && one.e.input.type === 'digit');
}

/** After something else, in the instant in which the call ends: no scripted caller comes there. */
export function isTooLate({ log, view }: Story, { index, at }: Act): boolean {
  return view.endedAt === at && log.some((_, i) => i < index && beside(log, i, at));
}

/**
 * Where other things happened at the same instant, or were about to, a scripted caller might come on the wrong side of
 * them: a millisecond later when they came first, a millisecond sooner when the caller did.
 */
export function clearOf(story: Story, { index, at }: Act): Ms {
  const { log } = story;
  for (let i = index - 1; log[i]?.at === at; i--) if (beside(log, i, at)) return ms(at + 1);
  if (momentBefore(story, index)?.due === at || log.slice(0, index).some((one) => isDue(one, at))) return ms(at - 1);
  for (let i = index + 1; log[i]?.at === at; i++) if (beside(log, i, at) && isFromOutside(log, i, index)) return ms(at - 1);
  return at;
}

/** Phones answer and report bad news after these times unless told. */
const PHONE_TIMES = [1000, 3000];

/** Does a phone or a server report at this instant, if it gets that far? */
function isDue({ e, at: since }: Logged, at: Ms): boolean {
  if (e.type !== 'command') return false;
  if (e.command.type === 'fetch') return since + e.command.timeout === at;
  return e.command.type === 'dial' && [e.command.ringFor, ...PHONE_TIMES].some((wait) => since + wait === at);
}

/** Was a phone or a server already about to report what it reports at `i`, before `index`? */
function isFromOutside(log: readonly Logged[], i: number, index: number): boolean {
  const { e } = log[i] as Logged;
  if (e.type !== 'input') return false;
  const { input } = e;
  return log.slice(0, index).some(({ e: before }) => {
    if (before.type !== 'command') return false;
    if (input.type === 'leg.changed') return before.command.type === 'dial' && before.command.leg === input.leg;
    return 'id' in input && 'id' in before.command && input.id === before.command.id;
  });
}
