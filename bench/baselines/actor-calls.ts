import { type Actor, assign, createActor, raise, setup } from 'xstate';
import type { CallEvent } from '../../src/core/event.ts';
import type { Digit } from '../../src/core/input.ts';
import { speechTime } from '../../src/core/speech.ts';
import {
  ANSWERS_AFTER,
  MENU_TRIES,
  MENU_WAIT,
  type PlayCall,
  pressesOf,
  START,
  TEXTS,
  TIME_LIMIT as TIME_LIMIT_MS,
} from '../appointment.ts';
import { askGate, BaselineCall } from './baseline-call.ts';
import * as E from './events.ts';
import { SimulatedClock } from './simulated-clock.ts';

/*
 * The baseline of `engine-calls` and `waiting-call-memory`: the appointment call as one live XState actor on one flat
 * machine, written by hand for this flow, the way somebody who knows XState well would write it today. Committed once.
 * It is kept as fast as XState allows, and nobody may slow it: the machine is made once, log entries go to an array and
 * not through `assign`, whatever never varies is shared (events.ts), prompts are plain `after` delays with no player
 * behind them, ringing is not a transition of its own, and keys are told apart by event type rather than by guards.
 * test/bench.test.ts demands that its log equals ours, event by event.
 */
type Context = { call: BaselineCall; tries: number; welcome: CallEvent };
type Event =
  | { type: '1' | '9' | 'other'; digit: Digit }
  | { type: 'hungUp' }
  | { type: 'timeLimit' }
  | { type: 'optOut.recorded'; fact: string };

const base = setup({
  types: {} as { context: Context; events: Event; input: BaselineCall },
  guards: { lastTry: ({ context }) => context.tries + 1 >= MENU_TRIES },
  delays: { welcomeTime: ({ context }) => E.lengthOf(context.welcome) },
});

type Args = { context: Context };
const log =
  (...events: readonly CallEvent[]) =>
  ({ context }: Args) =>
    context.call.writeAll(events);
const logKey =
  (before: readonly CallEvent[] = []) =>
  ({ context, event }: Args & { event: Event }) => {
    if (!('digit' in event)) return;
    context.call.write(E.PRESSED[event.digit]);
    context.call.writeAll(before);
    context.call.write(E.NOT_OFFERED[event.digit]);
  };
const ignoreKey = ({ context, event }: Args & { event: Event }) => {
  if ('digit' in event) context.call.writeAll([E.PRESSED[event.digit], E.IGNORED[event.digit]]);
};
const oneMoreTry = assign<Context, Event, undefined, Event, never>({ tries: ({ context }) => context.tries + 1 });

const take1 = (...before: readonly CallEvent[]) => ({
  target: 'confirmed',
  actions: log(E.PRESSED['1'], ...before, E.TAKEN_1, E.ACCEPTED_1, E.LEFT.by1),
});
const take9 = (...before: readonly CallEvent[]) => ({
  target: 'optOut',
  actions: log(E.PRESSED['9'], ...before, E.TAKEN_9, E.ACCEPTED_9, E.LEFT.by9),
});
const refuse = (...before: readonly CallEvent[]) => [
  { guard: 'lastTry', target: 'bye', actions: [logKey(before), log(E.LEFT.invalid)] } as const,
  { target: 'wrongKey', actions: [logKey(before), oneMoreTry] } as const,
];

const machine = base.createMachine({
  context: ({ input }) => ({ call: input, tries: 0, welcome: input.welcome() }),
  initial: 'ringing',
  on: {
    hungUp: { target: '.over', actions: log(E.HUNG_UP, E.ENDED_BY_CALLER) },
    timeLimit: { target: '.over', actions: log(E.LIMIT_FIRED, E.HANG_UP, E.ENDED_BY_LIMIT) },
    '1': { actions: ignoreKey },
    '9': { actions: ignoreKey },
    other: { actions: ignoreKey },
  },
  states: {
    ringing: {
      entry: ({ context }) => {
        context.call.begin();
        context.call.write(E.RINGING);
      },
      after: {
        [ANSWERS_AFTER]: {
          target: 'welcome',
          actions: [log(E.ANSWERED, E.LIMIT_SET), raise({ type: 'timeLimit' }, { delay: TIME_LIMIT_MS, id: 'timeLimit' })],
        },
      },
    },
    welcome: {
      entry: ({ context }) => context.call.writeAll([E.ENTERED.welcome, context.welcome]),
      after: { welcomeTime: { target: 'menu', actions: log(E.FINISHED, E.LEFT.welcome, E.ENTERED.menu) } },
    },
    menu: {
      entry: log(E.SPOKEN.menu),
      after: { [speechTime(TEXTS.menu)]: { target: 'waiting', actions: log(E.FINISHED, E.WAIT_SET) } },
      on: { '1': take1(E.STOP), '9': take9(E.STOP), other: refuse(E.STOP) },
    },
    waiting: {
      after: {
        [MENU_WAIT]: [
          { guard: 'lastTry', target: 'bye', actions: log(E.WAIT_FIRED, E.LEFT.noInput) },
          { target: 'menu', actions: [log(E.WAIT_FIRED), oneMoreTry] },
        ],
      },
      on: { '1': take1(), '9': take9(), other: refuse() },
    },
    wrongKey: {
      entry: log(E.SPOKEN.wrongKey),
      after: { [speechTime(TEXTS.wrongKey)]: { target: 'menu', actions: log(E.FINISHED) } },
      on: { '1': take1(E.STOP), '9': take9(E.STOP), other: refuse(E.STOP) },
    },
    confirmed: {
      entry: log(E.ENTERED.confirmed, E.GOAL, E.SPOKEN.confirmed),
      after: { [speechTime(TEXTS.confirmed)]: { target: 'bye', actions: log(E.FINISHED, E.LEFT.confirmed) } },
    },
    optOut: {
      entry: [
        log(E.ENTERED.optOut, E.OPT_OUT),
        ({ context, self }) => context.call.optOut((fact) => self.send({ type: 'optOut.recorded', fact })),
      ],
      on: {
        'optOut.recorded': {
          target: 'removed',
          actions: ({ context, event }) => context.call.writeAll([E.recorded(event.fact), E.LEFT.optOut]),
        },
      },
    },
    removed: {
      entry: log(E.ENTERED.removed, E.SPOKEN.removed),
      after: { [speechTime(TEXTS.removed)]: { target: 'bye', actions: log(E.FINISHED, E.LEFT.removed) } },
    },
    bye: { entry: log(E.ENTERED.bye, E.HANG_UP, E.ENDED), always: 'over' },
    over: { type: 'final' },
  },
});

export type CallActor = Actor<typeof machine>;

export function startActor(call: BaselineCall): CallActor {
  const actor = createActor(machine, { clock: call.clock, input: call });
  actor.start();
  return actor;
}

const OFFERED: Partial<Record<Digit, '1' | '9'>> = { '1': '1', '9': '9' };
export const pressOn = (actor: CallActor, digit: Digit): void => actor.send({ type: OFFERED[digit] ?? 'other', digit });

/** As a live actor, on a clock of its own. */
export const playActorCall: PlayCall = async (i, facts) => {
  const clock = new SimulatedClock(START);
  await askGate(facts);
  const call = new BaselineCall(facts, clock);
  const actor = startActor(call);
  for (const { after, key } of pressesOf(i)) clock.setTimeout(() => pressOn(actor, key), after);
  while (!clock.run()) await undefined;
  return call.log;
};
