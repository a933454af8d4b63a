import type { CallEvent } from '../../src/core/event.ts';
import { nodeId } from '../../src/core/ids.ts';
import { DIGITS, type Digit } from '../../src/core/input.ts';
import { speechTime } from '../../src/core/speech.ts';
import { FLOW_NAME, LANGUAGE, MENU_WAIT, TEXTS, TIME_LIMIT } from '../appointment.ts';

/**
 * What the baselines log. Everything that never varies is made once and shared by all calls, as in our own engine: the
 * baselines must not lose time on copies. Do not turn these into functions.
 */
const flow = FLOW_NAME;
const entered = (node: string): CallEvent => ({
  type: 'applet.entered',
  flow,
  node: nodeId(node),
});
const left = (node: string, exit: string): CallEvent => ({
  type: 'applet.left',
  flow,
  node: nodeId(node),
  exit,
});

export const speak = (text: string): CallEvent => ({
  type: 'command',
  command: {
    type: 'play',
    sounds: [{ type: 'speech', text, ms: speechTime(text), language: LANGUAGE }],
    leg: 1,
  },
});

export const RINGING: CallEvent = {
  type: 'input',
  input: { type: 'leg.changed', leg: 1, to: 'ringing' },
};
export const ANSWERED: CallEvent = {
  type: 'input',
  input: { type: 'leg.changed', leg: 1, to: 'answered' },
};
export const FINISHED: CallEvent = {
  type: 'input',
  input: { type: 'prompt.finished' },
};
export const HUNG_UP: CallEvent = {
  type: 'input',
  input: { type: 'caller.hungUp' },
};
export const STOP: CallEvent = { type: 'command', command: { type: 'stop' } };
export const HANG_UP: CallEvent = {
  type: 'command',
  command: { type: 'hangUpLeg', leg: 1 },
};
export const LIMIT_SET: CallEvent = {
  type: 'timer.set',
  timer: 'time-limit',
  ms: TIME_LIMIT,
};
export const LIMIT_FIRED: CallEvent = {
  type: 'timer.fired',
  timer: 'time-limit',
};
export const WAIT_SET: CallEvent = {
  type: 'timer.set',
  timer: 'waiting',
  ms: MENU_WAIT,
};
export const WAIT_FIRED: CallEvent = { type: 'timer.fired', timer: 'waiting' };

export const ENTERED = {
  welcome: entered('welcome'),
  menu: entered('menu'),
  confirmed: entered('confirmed'),
  optOut: entered('optOut'),
  removed: entered('removed'),
  bye: entered('bye'),
};
export const LEFT = {
  welcome: left('welcome', 'next'),
  by1: left('menu', 'key:1'),
  by9: left('menu', 'key:9'),
  noInput: left('menu', 'noInput'),
  invalid: left('menu', 'invalid'),
  confirmed: left('confirmed', 'next'),
  optOut: left('optOut', 'next'),
  removed: left('removed', 'next'),
};
export const SPOKEN = {
  menu: speak(TEXTS.menu),
  wrongKey: speak(TEXTS.wrongKey),
  confirmed: speak(TEXTS.confirmed),
  removed: speak(TEXTS.removed),
};
export const GOAL: CallEvent = { type: 'goal.reached', name: 'confirmed' };
export const TAKEN_1: CallEvent = { type: 'key', digit: '1', was: 'taken' };
export const TAKEN_9: CallEvent = { type: 'key', digit: '9', was: 'taken' };
export const ACCEPTED_1: CallEvent = { type: 'digits.accepted', digits: '1' };
export const ACCEPTED_9: CallEvent = { type: 'digits.accepted', digits: '9' };
export const OPT_OUT: CallEvent = {
  type: 'command',
  command: {
    type: 'optOut',
    id: 1,
    node: nodeId('optOut'),
    scope: 'all',
    key: '9',
  },
};
export const ENDED: CallEvent = {
  type: 'ended',
  why: { by: 'flow', node: nodeId('bye') },
};
export const ENDED_BY_CALLER: CallEvent = {
  type: 'ended',
  why: { by: 'caller' },
};
export const ENDED_BY_LIMIT: CallEvent = {
  type: 'ended',
  why: { by: 'time-limit' },
};

const forEachDigit = (make: (digit: Digit) => CallEvent) =>
  Object.fromEntries(DIGITS.map((digit) => [digit, make(digit)])) as Readonly<Record<Digit, CallEvent>>;
export const PRESSED = forEachDigit((digit) => ({
  type: 'input',
  input: { type: 'digit', digit },
}));
export const NOT_OFFERED = forEachDigit((digit) => ({
  type: 'key',
  digit,
  was: 'not-offered',
}));
export const IGNORED = forEachDigit((digit) => ({
  type: 'key',
  digit,
  was: 'ignored',
}));

/** How long a spoken prompt takes, in milliseconds. */
export const lengthOf = (spoken: CallEvent): number =>
  spoken.type === 'command' && spoken.command.type === 'play' ? (spoken.command.sounds[0]?.ms ?? 0) : 0;

export const recorded = (fact: string): CallEvent => ({
  type: 'input',
  input: { type: 'optOut.recorded', id: 1, fact },
});
