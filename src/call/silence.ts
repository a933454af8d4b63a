import type { CallEvent, EndReason } from '../core/event.ts';
import { type Ms, ms } from '../core/ids.ts';
import type { Stimulus } from '../core/input.ts';
import type { Sound } from '../core/prompt.ts';
import type { CallState, Plan } from './state.ts';
import { step } from './step.ts';
import type { CallView } from './view.ts';

/** What becomes of a call when nobody does anything from here on. */
export type Silence =
  | { type: 'ends'; at: Ms; why: EndReason }
  /** From then on it depends on somebody else: what a server answers, what an agent does, how long a recording is. */
  | { type: 'asks'; at: Ms; whom: 'server' | 'agent' | 'recording' }
  /** It goes on and on; `until` is its time limit. */
  | { type: 'goes on'; until: Ms };

/** The way of a call on its own: its state, what is coming to it by itself, and when its prompt is over. */
type Way = { state: CallState; at: Ms; next: Stimulus[]; soundOver: Ms | undefined };

const MOST_STEPS = 256;

/**
 * Follows the engine with nothing but ends of prompts and waits, until the call is over or needs somebody. What it sends and
 * records meanwhile is taken for done. Pure: nothing happens.
 */
export function silenceFrom(plan: Plan, state: CallState, view: CallView, now: Ms): Silence {
  const way = wayFrom(state, view, now);
  const asked = askedBy(view, state);
  if (asked) return { type: 'asks', at: now, whom: asked };
  for (let steps = 0; steps < MOST_STEPS; steps++) {
    if (way.state.playing && way.soundOver === undefined) return { type: 'asks', at: way.at, whom: 'recording' };
    const stimulus = comesNext(way);
    if (!stimulus) break;
    const made = step(plan, way.state, stimulus, way.at);
    way.state = made.state;
    for (const event of made.events) {
      if (event.type === 'ended') return { type: 'ends', at: way.at, why: event.why };
      const whom = heed(way, event);
      if (whom) return { type: 'asks', at: way.at, whom };
    }
  }
  return { type: 'goes on', until: ms((state.answeredAt ?? now) + state.facts.timeLimit) };
}

function wayFrom(state: CallState, { speaking, sms, optOuts }: CallView, now: Ms): Way {
  const { awaited } = state;
  const next: Stimulus[] = [];
  if (sms.some(({ id }) => id === awaited)) next.push({ type: 'sms.accepted', id: awaited, sid: '' });
  if (optOuts.some(({ id }) => id === awaited)) next.push({ type: 'optOut.recorded', id: awaited, fact: '' });
  return { state, at: now, next, soundOver: speaking && overAt(speaking.sounds, speaking.at) };
}

function askedBy({ requests }: CallView, { awaited, legs }: CallState): 'server' | 'agent' | undefined {
  if (awaited > 0 && requests.some(({ id }) => id === awaited)) return 'server';
  return legs.some(({ leg, endedAt }) => leg > 1 && endedAt === undefined) ? 'agent' : undefined;
}

function overAt(sounds: readonly Sound[], since: Ms): Ms | undefined {
  let at: number = since;
  for (const sound of sounds) {
    if (sound.ms === undefined) return undefined;
    at += sound.ms;
  }
  return ms(at);
}

/** The next thing that happens by itself; time goes on until then. Of two at once, the wait: it was armed first. */
function comesNext(way: Way): Stimulus | undefined {
  const own = way.next.shift();
  if (own) return own;
  const { state, soundOver } = way;
  const timer = state.timers.toSorted((a, b) => a.due - b.due)[0];
  if (state.playing && soundOver !== undefined && (!timer || soundOver < timer.due)) {
    way.at = later(way.at, soundOver);
    return { type: 'prompt.finished' };
  }
  if (timer) {
    way.at = later(way.at, timer.due);
    return { type: 'timer.fired', timer: timer.id };
  }
  if (state.phase !== 'dialling') return undefined;
  way.at = later(way.at, ms((state.legs[0]?.dialledAt ?? state.startedAt) + state.facts.ringFor));
  return { type: 'leg.changed', leg: 1, to: 'no-answer' };
}

const later = (a: Ms, b: Ms): Ms => (a > b ? a : b);

/** Notes what an event brings by itself; says who must be waited for, if somebody must. */
function heed(way: Way, event: CallEvent): 'server' | 'agent' | undefined {
  if (event.type !== 'command') return undefined;
  const { command } = event;
  if (command.type === 'play') way.soundOver = overAt(command.sounds, way.at);
  if (command.type === 'sendSms') way.next.push({ type: 'sms.accepted', id: command.id, sid: '' });
  if (command.type === 'optOut') way.next.push({ type: 'optOut.recorded', id: command.id, fact: '' });
  if (command.type === 'fetch' && !command.async) return 'server';
  return command.type === 'dial' ? 'agent' : undefined;
}
