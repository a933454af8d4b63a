import { type Actor, assign, createActor, raise, setup } from 'xstate';
import type { CallEvent } from '../../src/core/event.ts';
import { MENU_TRIES, MENU_WAIT, type PlayCall, pressesOf, START, TIME_LIMIT } from '../appointment.ts';
import { askGate, BaselineCall, type BaselineStimulus } from './baseline-call.ts';
import * as E from './events.ts';
import { SimulatedClock } from './simulated-clock.ts';

/*
 * The baseline of `engine-calls` and `waiting-call-memory`: the appointment call as one live XState actor on one flat
 * machine, written by hand for this flow, the way somebody who knows XState well would write it. Committed once, kept as
 * fast as XState allows, and nobody may slow it: the machine is made once, log entries go to an array and not through
 * `assign`, whatever never varies is shared (events.ts), and keys are told apart by event type rather than by guards.
 * test/bench.test.ts demands that its log equals ours, event by event.
 */
type Context = { call: BaselineCall; tries: number };

const base = setup({
  types: {} as {
    context: Context;
    events: BaselineStimulus;
    input: BaselineCall;
  },
  guards: { lastTry: ({ context }) => context.tries + 1 >= MENU_TRIES },
});

type Args = { context: Context };
type KeyArgs = Args & { event: BaselineStimulus };
const log =
  (...events: readonly CallEvent[]) =>
  ({ context }: Args) =>
    context.call.writeAll(events);
const play =
  (spoken: CallEvent) =>
  ({ context }: Args) =>
    context.call.play(spoken);
const stop = ({ context }: Args) => context.call.stop();
const logPressed = ({ context, event }: KeyArgs) => {
  if ('digit' in event) context.call.write(E.PRESSED[event.digit]);
};
const logNotOffered = ({ context, event }: KeyArgs) => {
  if ('digit' in event) context.call.write(E.NOT_OFFERED[event.digit]);
};
const logIgnored = ({ context, event }: KeyArgs) => {
  if ('digit' in event) context.call.writeAll([E.PRESSED[event.digit], E.IGNORED[event.digit]]);
};
const oneMoreTry = assign<Context, BaselineStimulus, undefined, BaselineStimulus, never>({
  tries: ({ context }) => context.tries + 1,
});

const whilePlaying = {
  '1': {
    target: 'confirmed',
    actions: [log(E.PRESSED['1']), stop, log(E.TAKEN_1, E.ACCEPTED_1, E.LEFT.by1)],
  },
  '9': {
    target: 'optOut',
    actions: [log(E.PRESSED['9']), stop, log(E.TAKEN_9, E.ACCEPTED_9, E.LEFT.by9)],
  },
  other: [
    {
      guard: 'lastTry',
      target: 'bye',
      actions: [logPressed, stop, logNotOffered, log(E.LEFT.invalid)],
    },
    {
      target: 'wrongKey',
      actions: [logPressed, stop, logNotOffered, oneMoreTry],
    },
  ],
} as const;
const whileWaiting = {
  '1': {
    target: 'confirmed',
    actions: log(E.PRESSED['1'], E.TAKEN_1, E.ACCEPTED_1, E.LEFT.by1),
  },
  '9': {
    target: 'optOut',
    actions: log(E.PRESSED['9'], E.TAKEN_9, E.ACCEPTED_9, E.LEFT.by9),
  },
  other: [
    {
      guard: 'lastTry',
      target: 'bye',
      actions: [logPressed, logNotOffered, log(E.LEFT.invalid)],
    },
    { target: 'wrongKey', actions: [logPressed, logNotOffered, oneMoreTry] },
  ],
} as const;

const machine = base.createMachine({
  context: ({ input }) => ({ call: input, tries: 0 }),
  initial: 'dialling',
  on: {
    hungUp: { target: '.over', actions: log(E.HUNG_UP, E.ENDED_BY_CALLER) },
    timeLimit: {
      target: '.over',
      actions: log(E.LIMIT_FIRED, E.HANG_UP, E.ENDED_BY_LIMIT),
    },
    '1': { actions: logIgnored },
    '9': { actions: logIgnored },
    other: { actions: logIgnored },
  },
  states: {
    dialling: {
      entry: ({ context }) => context.call.dial(),
      on: { ringing: { target: 'ringing', actions: log(E.RINGING) } },
    },
    ringing: {
      on: {
        answered: {
          target: 'welcome',
          actions: [log(E.ANSWERED, E.LIMIT_SET), raise({ type: 'timeLimit' }, { delay: TIME_LIMIT, id: 'timeLimit' })],
        },
      },
    },
    welcome: {
      entry: [log(E.ENTERED.welcome), ({ context }) => context.call.play(context.call.welcome())],
      on: {
        finished: {
          target: 'menu',
          actions: log(E.FINISHED, E.LEFT.welcome, E.ENTERED.menu),
        },
      },
    },
    menu: {
      entry: play(E.SPOKEN.menu),
      on: {
        finished: { target: 'waiting', actions: log(E.FINISHED, E.WAIT_SET) },
        ...whilePlaying,
      },
    },
    waiting: {
      after: {
        [MENU_WAIT]: [
          {
            guard: 'lastTry',
            target: 'bye',
            actions: log(E.WAIT_FIRED, E.LEFT.noInput),
          },
          { target: 'menu', actions: [log(E.WAIT_FIRED), oneMoreTry] },
        ],
      },
      on: whileWaiting,
    },
    wrongKey: {
      entry: play(E.SPOKEN.wrongKey),
      on: {
        finished: { target: 'menu', actions: log(E.FINISHED) },
        ...whilePlaying,
      },
    },
    confirmed: {
      entry: [log(E.ENTERED.confirmed, E.GOAL), play(E.SPOKEN.confirmed)],
      on: {
        finished: { target: 'bye', actions: log(E.FINISHED, E.LEFT.confirmed) },
      },
    },
    optOut: {
      entry: [log(E.ENTERED.optOut), ({ context }) => context.call.optOut()],
      on: {
        recorded: {
          target: 'removed',
          actions: ({ context, event }) => context.call.writeAll([E.recorded(event.fact), E.LEFT.optOut]),
        },
      },
    },
    removed: {
      entry: [log(E.ENTERED.removed), play(E.SPOKEN.removed)],
      on: {
        finished: { target: 'bye', actions: log(E.FINISHED, E.LEFT.removed) },
      },
    },
    bye: { entry: log(E.ENTERED.bye, E.HANG_UP, E.ENDED), always: 'over' },
    over: { type: 'final' },
  },
});

export type CallActor = Actor<typeof machine>;

export function startActor(call: BaselineCall): CallActor {
  const actor = createActor(machine, { clock: call.clock, input: call });
  call.give = (stimulus) => actor.send(stimulus);
  actor.start();
  return actor;
}

/** As a live actor, on a clock of its own. */
export const playActorCall: PlayCall = async (i, facts) => {
  const clock = new SimulatedClock(START);
  await askGate(facts);
  const call = new BaselineCall(facts, clock);
  startActor(call);
  for (const { after, key } of pressesOf(i)) clock.setTimeout(() => call.press(key), after);
  while (!clock.run()) await undefined;
  return call.log;
};
