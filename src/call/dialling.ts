import type { AppletCommand } from '../core/command.ts';
import type { LegState } from '../core/input.ts';
import type { Leg } from '../core/stage.ts';
import { text } from './text.ts';
import { feed, log, ownInput, type Turn } from './turn.ts';

/** A Connect begins to dial: its numbers in order, `parallel` at a time. */
export function dialAgents(turn: Turn, { dial }: Extract<AppletCommand, { type: 'dialAgents' }>): void {
  const queue = text(turn, dial.to)
    .split(',')
    .map((number) => number.trim())
    .filter(Boolean);
  turn.s.connected = true;
  turn.s.dialling = { dial, queue, ringing: [], dialled: 0 };
  dialMore(turn);
}

function dialMore(turn: Turn): void {
  const { s, at } = turn;
  const { dialling } = s;
  if (!dialling) return;
  const now = dialling.queue.slice(0, dialling.dial.parallel);
  if (now.length === 0) {
    s.dialling = undefined;
    ownInput(turn, { type: 'legs.unanswered', dialled: dialling.dialled });
    return;
  }
  const first = Math.max(1, ...s.legs.map((leg) => leg.leg)) + 1;
  const legs: Leg[] = now.map((number, i) => ({ leg: first + i, number, state: 'dialling', dialledAt: at }));
  s.legs = [...s.legs, ...legs];
  s.dialling = {
    ...dialling,
    queue: dialling.queue.slice(now.length),
    ringing: legs.map((leg) => leg.leg),
    dialled: dialling.dialled + now.length,
  };
  const { ringFor, record } = dialling.dial;
  for (const { leg, number } of legs) log(turn, { type: 'command', command: { type: 'dial', leg, number, ringFor, record } });
}

const isOver = (state: LegState): boolean => state !== 'ringing' && state !== 'answered';

/** Notes the new state of a leg in the books. */
export function noteLeg(turn: Turn, leg: number, to: LegState): void {
  const { s, at } = turn;
  s.legs = s.legs.map((one) => {
    if (one.leg !== leg) return one;
    const noted: Leg = { ...one, state: to };
    if (to === 'answered') noted.answeredAt = at;
    if (isOver(to)) noted.endedAt = at;
    return noted;
  });
}

/** An agent's phone changed: the first to answer gets the call, the others stop ringing. */
export function agentChanged(turn: Turn, leg: number, to: LegState): void {
  const { s } = turn;
  const known = s.legs.find((one) => one.leg === leg);
  if (!known || known.endedAt !== undefined) return;
  noteLeg(turn, leg, to);
  const { dialling } = s;
  if (!dialling?.ringing.includes(leg)) {
    if (to === 'completed') feed(turn, { type: 'leg.changed', leg, to });
    return;
  }
  if (to === 'answered') {
    cancelOthers(turn, leg, dialling.ringing);
    if (dialling.dial.record) {
      s.recorded = 'connect';
      log(turn, { type: 'command', command: { type: 'record', on: true, leg } });
    }
    s.dialling = undefined;
    feed(turn, { type: 'leg.changed', leg, to });
  } else if (isOver(to)) {
    const ringing = dialling.ringing.filter((other) => other !== leg);
    s.dialling = { ...dialling, ringing };
    if (ringing.length === 0) dialMore(turn);
  }
}

function cancelOthers(turn: Turn, answered: number, ringing: readonly number[]): void {
  const { s, at } = turn;
  for (const leg of ringing) {
    if (leg === answered) continue;
    s.legs = s.legs.map((one) => (one.leg === leg ? { ...one, state: 'canceled', endedAt: at } : one));
    log(turn, { type: 'command', command: { type: 'hangUpLeg', leg } });
  }
}
