import type { CallEvent, EndReason } from '../core/event.ts';
import { type Ms, ms } from '../core/ids.ts';
import { DIGITS, type Digit, type LegState, type Stimulus, type WorldInput } from '../core/input.ts';
import { agentChanged, noteLeg } from './dialling.ts';
import { bind } from './obey.ts';
import type { CallState, Plan } from './state.ts';
import { text } from './text.ts';
import { apply, end, enter, feed, log, setTimer, TIME_LIMIT, type Turn } from './turn.ts';

export type Step = { state: CallState; events: readonly CallEvent[] };

/**
 * The engine: what a call becomes, and what happens, when one thing reaches it at one instant. Pure: same arguments, same
 * result. A timer's stimulus carries the machine's own id for it.
 */
export function step(plan: Plan, state: CallState, stimulus: Stimulus, at: Ms): Step {
  const turn: Turn = {
    plan,
    at,
    s: { ...state },
    events: [],
    bind,
    key: undefined,
    next: undefined,
    exit: undefined,
    leaving: false,
  };
  if (stimulus.type === 'start') start(turn);
  else if (stimulus.type === 'timer.fired') timerFired(turn, stimulus.timer);
  else reacts[stimulus.type](turn, stimulus as never);
  return { state: turn.s, events: turn.events };
}

function start(turn: Turn): void {
  const { s, at } = turn;
  const { facts } = s;
  log(turn, { type: 'started', facts });
  if (facts.direction === 'inbound') {
    s.legs = [{ leg: 1, number: facts.customer, state: 'answered', dialledAt: at, answeredAt: at }];
    pickedUp(turn);
    return;
  }
  s.phase = 'dialling';
  s.legs = [{ leg: 1, number: facts.customer, state: 'dialling', dialledAt: at }];
  log(turn, {
    type: 'command',
    command: { type: 'dial', leg: 1, number: facts.customer, ringFor: facts.ringFor, record: false },
  });
}

function pickedUp(turn: Turn): void {
  const { s, at } = turn;
  s.phase = 'talking';
  s.answeredAt = at;
  const limit = s.facts.timeLimit;
  setTimer(turn, { timer: TIME_LIMIT, id: TIME_LIMIT, due: ms(at + limit) }, { type: 'timer.set', timer: TIME_LIMIT, ms: limit });
  enter(turn, s.flow.start);
}

function timerFired(turn: Turn, id: string): void {
  const { s } = turn;
  const timer = s.timers.find((one) => one.id === id);
  if (!timer) return;
  s.timers = s.timers.filter((one) => one !== timer);
  log(turn, { type: 'timer.fired', timer: timer.timer });
  if (id === TIME_LIMIT) cutOff(turn, { by: 'time-limit' });
  else if (s.stand && s.machine) apply(turn, s.stand.memo.follow(s.machine, id));
}

const digitInputs = Object.fromEntries(
  DIGITS.map((digit) => [digit, { type: 'input', input: { type: 'digit', digit } }]),
) as unknown as Readonly<Record<Digit, CallEvent>>;
const FINISHED: CallEvent = { type: 'input', input: { type: 'prompt.finished' } };

type Reactions = { [T in WorldInput['type']]: (turn: Turn, input: Extract<WorldInput, { type: T }>) => void };

const reacts: Reactions = {
  digit(turn, { digit }) {
    const { s, at } = turn;
    if (s.phase === 'ended') return;
    log(turn, digitInputs[digit]);
    const { swallow } = s;
    s.swallow = undefined;
    if (swallow && swallow.digit === digit && at < swallow.until) {
      log(turn, { type: 'key', digit, was: 'swallowed' });
      return;
    }
    turn.key = digit;
    const heard = s.phase === 'talking' && (feed(turn, { type: 'digit', digit })?.key ?? false);
    if (!heard) log(turn, { type: 'key', digit, was: 'ignored' });
    turn.key = undefined;
  },
  'caller.hungUp'(turn, input) {
    if (turn.s.phase === 'ended') return;
    log(turn, { type: 'input', input });
    callerGone(turn);
  },
  'prompt.finished'(turn, input) {
    if (!turn.s.playing) return;
    log(turn, FINISHED);
    turn.s.playing = false;
    feed(turn, input);
  },
  'fetch.answered'(turn, input) {
    log(turn, { type: 'input', input });
    if (!isAwaited(turn, input.id)) return;
    turn.s.answered = input;
    feed(turn, input);
  },
  'fetch.failed'(turn, input) {
    log(turn, { type: 'input', input });
    if (!isAwaited(turn, input.id)) return;
    turn.s.answered = undefined;
    feed(turn, input);
  },
  'leg.changed'(turn, { leg, to, by }) {
    if (turn.s.phase === 'ended') return;
    log(turn, { type: 'input', input: { type: 'leg.changed', leg, to, ...(by && { by }) } });
    if (leg === 1) customerChanged(turn, to);
    else agentChanged(turn, leg, to);
  },
  'sms.accepted': outcome,
  'sms.refused': outcome,
  'optOut.recorded': outcome,
  'optOut.failed': outcome,
};

/** What a port reports of a command. After the call has ended it is still written down. */
function outcome(turn: Turn, input: Extract<WorldInput, { id: number }>): void {
  log(turn, { type: 'input', input });
  if (isAwaited(turn, input.id)) feed(turn, input);
}

function isAwaited({ s }: Turn, id: number): boolean {
  if (s.phase !== 'talking' || s.awaited !== id) return false;
  s.awaited = 0;
  return true;
}

function customerChanged(turn: Turn, to: LegState): void {
  const { s } = turn;
  if (to === 'completed') {
    callerGone(turn);
    return;
  }
  if (s.phase !== 'dialling') return;
  noteLeg(turn, 1, to);
  if (to === 'answered') pickedUp(turn);
  else if (to !== 'ringing') unanswered(turn, to);
}

function unanswered(turn: Turn, outcome: 'busy' | 'no-answer' | 'failed' | 'canceled'): void {
  const { s } = turn;
  const says = s.flow.unanswered;
  if (says && outcome !== 'canceled' && says.on.includes(outcome)) {
    log(turn, {
      type: 'command',
      command: { type: 'sendSms', id: ++s.serial, to: s.facts.customer, text: text(turn, says.sms) },
    });
  }
  end(turn, { by: 'unanswered', outcome });
}

function callerGone(turn: Turn): void {
  cutOff(turn, turn.s.phase === 'dialling' ? { by: 'unanswered', outcome: 'canceled' } : { by: 'caller' });
}

/** The applet hears first that nobody is there any more: a voicemail ends its recording. Nothing new begins. */
function cutOff(turn: Turn, why: EndReason): void {
  turn.leaving = true;
  feed(turn, { type: 'caller.hungUp' });
  end(turn, why);
}
