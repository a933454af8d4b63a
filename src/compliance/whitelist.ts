import { assign, emit, initialTransition, type SnapshotFrom, setup, transition } from 'xstate';
import { BrokenInvariant } from '../core/problem.ts';

/*
 * The vendor's whitelist as two machines: one for each number, one for the account. They know no clock and no switches:
 * events carry instants, in milliseconds, and what they lead to up to when. They are asked purely; nothing ever runs.
 * Who sends which event, and what the switches do, is in whitelist-event.ts and whitelist-account.ts.
 */

/** The message that a number was sent: give a missed call if you do not want this, or give one if you do. */
export type Asking = 'unsubscribe' | 'subscribe';

/** Why a number is whitelisted: each up to, not including, an instant; an agent of the company for good. */
export type Grounds = { readonly api?: number; readonly customer?: number; readonly agent?: true };

export type NumberContext = {
  readonly grounds: Grounds;
  /** The last message, and when it went out. */
  readonly asked?: Asking;
  readonly askedAt?: number;
  /** The person said no and has not taken it back; it comes out again when an agent leaves the company. */
  readonly refused: boolean;
};

export type NumberEvent =
  /** The company adds the number; the message lets the person unsubscribe. `renews`: what stands is about to end. */
  | { type: 'POST'; at: number; until: number; renews: boolean; lifts: boolean }
  /** The same once the account must ask people to subscribe. `quiet`: asked too short a while ago to be asked again. */
  | { type: 'POST_ASKING'; at: number; quiet: boolean; lifts: boolean }
  | { type: 'SAID_NO' }
  | { type: 'SAID_YES'; until: number }
  | { type: 'INBOUND'; until: number }
  | { type: 'STOP' }
  | { type: 'DELETE'; keepsInbound: boolean }
  | { type: 'AGENT_ADDED' }
  | { type: 'AGENT_REMOVED' }
  | { type: 'UNBLOCK' }
  /** The account asks people to subscribe from now on; whom the company added on their silence is whitelisted no more. */
  | { type: 'FLIPPED' }
  /** Time has come so far: what ended before is dropped. `unanswered`: who was asked has had their time. */
  | { type: 'TIME'; at: number; unanswered: boolean };

export type NumberOutcome =
  | { type: 'Succeeded' }
  | { type: 'Redundant' }
  | { type: 'asked'; asks: Asking }
  /** Somebody said no who was whitelisted; a missed call is one when a message had asked for it. */
  | { type: 'unsubscribed' };

const living = ({ api = 0, customer = 0, agent }: Grounds, at: number): Grounds => ({
  ...(api > at && { api }),
  ...(customer > at && { customer }),
  ...(agent && { agent }),
});

/** What is left after a deletion. */
const undeleted = ({ agent, customer }: Grounds, keepsInbound: boolean): Grounds => ({
  ...(agent && { agent }),
  ...(keepsInbound && customer !== undefined && { customer }),
});

function without(grounds: Grounds, ground: keyof Grounds): Grounds {
  const { [ground]: _, ...others } = grounds;
  return others;
}

/** What is left when silence is no yes any more. */
const spoken = ({ grounds, asked }: NumberContext): Grounds => (asked === 'unsubscribe' ? without(grounds, 'api') : grounds);

const isEmpty = (grounds: Grounds): boolean => Object.keys(grounds).length === 0;
const isSame = (a: Grounds, b: Grounds): boolean => JSON.stringify(a) === JSON.stringify(b);

const made = setup({
  types: { context: {} as NumberContext, events: {} as NumberEvent, emitted: {} as NumberOutcome },
  guards: {
    lifts: ({ event }) => 'lifts' in event && event.lifts,
    quiet: ({ event }) => event.type === 'POST_ASKING' && event.quiet,
    wanting: ({ event, context: { grounds } }) =>
      event.type === 'POST' && (event.renews || (grounds.api === undefined && !grounds.agent)),
    dead: ({ event, context }) => event.type === 'TIME' && isEmpty(living(context.grounds, event.at)),
    unanswered: ({ event }) => event.type === 'TIME' && event.unanswered,
    emptied: ({ event, context }) => event.type === 'DELETE' && isEmpty(undeleted(context.grounds, event.keepsInbound)),
    reduced: ({ event, context }) =>
      event.type === 'DELETE' && !isSame(undeleted(context.grounds, event.keepsInbound), context.grounds),
    onlyAgent: ({ context: { grounds } }) => isEmpty(without(grounds, 'agent')),
    silent: ({ context }) => isEmpty(spoken(context)),
    wasAsked: ({ context }) => context.asked !== undefined,
    refused: ({ context }) => context.refused,
    willing: ({ context }) => !context.refused,
  },
  actions: {
    succeed: emit({ type: 'Succeeded' }),
    redundant: emit({ type: 'Redundant' }),
    unsubscribe: emit({ type: 'unsubscribed' }),
    askNo: emit({ type: 'asked', asks: 'unsubscribe' }),
    askYes: emit({ type: 'asked', asks: 'subscribe' }),
    noteNo: assign(({ event }) => (event.type === 'POST' ? { asked: 'unsubscribe' as const, askedAt: event.at } : {})),
    noteYes: assign(({ event }) => (event.type === 'POST_ASKING' ? { asked: 'subscribe' as const, askedAt: event.at } : {})),
    byApi: assign(({ event, context }) => ('until' in event ? { grounds: { ...context.grounds, api: event.until } } : {})),
    byInbound: assign(({ event, context: { grounds } }) =>
      'until' in event ? { grounds: { ...grounds, customer: event.until } } : {},
    ),
    byAgent: assign(({ context }) => ({ grounds: { ...context.grounds, agent: true as const } })),
    dropAgent: assign(({ context: { grounds } }) => ({ grounds: without(grounds, 'agent') })),
    dropDead: assign(({ event, context }) => (event.type === 'TIME' ? { grounds: living(context.grounds, event.at) } : {})),
    dropDeleted: assign(({ event, context }) =>
      event.type === 'DELETE' ? { grounds: undeleted(context.grounds, event.keepsInbound) } : {},
    ),
    dropSilent: assign(({ context }) => ({ grounds: spoken(context) })),
    refuse: assign({ grounds: {}, refused: true }),
    forgive: assign({ refused: false }),
  },
});

const WHITELISTED = { target: 'whitelist', actions: ['forgive', 'noteNo', 'byApi', 'succeed', 'askNo'] } as const;
const ASKED = { target: 'pending', actions: ['forgive', 'noteYes', 'succeed', 'askYes'] } as const;
const SUBSCRIBED = { target: 'whitelist', actions: ['forgive', 'byApi'] } as const;
const CALLED = { target: 'whitelist', actions: 'byInbound' } as const;
const HIRED = { target: 'whitelist', actions: 'byAgent' } as const;
const REDUNDANT = { actions: 'redundant' } as const;

export const numberMachine = made.createMachine({
  id: 'whitelist-number',
  context: { grounds: {}, refused: false },
  initial: 'neutral',
  states: {
    neutral: {
      on: {
        POST: WHITELISTED,
        POST_ASKING: ASKED,
        SAID_NO: 'blacklist',
        INBOUND: CALLED,
        STOP: 'blacklist',
        DELETE: REDUNDANT,
        AGENT_ADDED: HIRED,
      },
    },
    pending: {
      on: {
        POST: WHITELISTED,
        POST_ASKING: [{ guard: 'quiet', ...REDUNDANT }, ASKED],
        SAID_NO: 'blacklist',
        SAID_YES: SUBSCRIBED,
        INBOUND: CALLED,
        STOP: 'blacklist',
        DELETE: { target: 'neutral', actions: 'succeed' },
        AGENT_ADDED: HIRED,
        TIME: { guard: 'unanswered', target: 'neutral' },
      },
    },
    whitelist: {
      on: {
        POST: [{ guard: 'wanting', actions: ['noteNo', 'byApi', 'succeed', 'askNo'] }, REDUNDANT],
        POST_ASKING: REDUNDANT,
        SAID_NO: [{ guard: 'wasAsked', target: 'blacklist', actions: 'unsubscribe' }, 'blacklist'],
        SAID_YES: { actions: ['forgive', 'byApi'] },
        INBOUND: { guard: 'willing', actions: 'byInbound' },
        STOP: { target: 'blacklist', actions: 'unsubscribe' },
        DELETE: [
          { guard: 'emptied', target: 'neutral', actions: ['dropDeleted', 'succeed'] },
          { guard: 'reduced', actions: ['dropDeleted', 'succeed'] },
          REDUNDANT,
        ],
        AGENT_ADDED: { actions: 'byAgent' },
        AGENT_REMOVED: [
          { guard: 'refused', target: 'blacklist' },
          { guard: 'onlyAgent', target: 'neutral', actions: 'dropAgent' },
          { actions: 'dropAgent' },
        ],
        UNBLOCK: { actions: 'forgive' },
        FLIPPED: [{ guard: 'silent', target: 'neutral', actions: 'dropSilent' }, { actions: 'dropSilent' }],
        TIME: [{ guard: 'dead', target: 'neutral', actions: 'dropDead' }, { actions: 'dropDead' }],
      },
    },
    blacklist: {
      entry: 'refuse',
      on: {
        POST: [{ guard: 'lifts', ...WHITELISTED }, REDUNDANT],
        POST_ASKING: [{ guard: 'lifts', ...ASKED }, REDUNDANT],
        SAID_YES: SUBSCRIBED,
        DELETE: REDUNDANT,
        AGENT_ADDED: HIRED,
        UNBLOCK: { target: 'neutral', actions: 'forgive' },
      },
    },
  },
});

export type NumberSnapshot = SnapshotFrom<typeof numberMachine>;
export type NumberStatus = NumberSnapshot['value'];

/** What unsubscribes, and how the account is set back. */
export type AccountEvent = { type: 'UNSUBSCRIBED'; more: number; flipAfter: number } | { type: 'RESET' };

export const accountMachine = setup({
  types: { events: {} as AccountEvent },
  guards: { tooMany: ({ event }) => event.type === 'UNSUBSCRIBED' && event.more > event.flipAfter },
}).createMachine({
  id: 'whitelist-account',
  initial: 'optOut',
  states: {
    optOut: { on: { UNSUBSCRIBED: { guard: 'tooMany', target: 'optIn' } } },
    optIn: { on: { RESET: 'optOut' } },
  },
});

export type AccountSnapshot = SnapshotFrom<typeof accountMachine>;

type Raw = { type: string; params?: { event?: unknown } };

/** What a machine emitted; it may do nothing else. */
function emitted<T>(actions: readonly unknown[]): T[] {
  return (actions as readonly Raw[]).map(({ type, params }) => {
    if (type !== 'xstate.emit') throw new BrokenInvariant(`a whitelist machine may only emit, not "${type}"`);
    return params?.event as T;
  });
}

const [NEUTRAL] = initialTransition(numberMachine);
const [OPT_OUT] = initialTransition(accountMachine);

/** A number nobody has heard of, and a new account. */
export const newNumber = (): NumberSnapshot => NEUTRAL;
export const newAccount = (): AccountSnapshot => OPT_OUT;

export function numberAfter(
  from: NumberSnapshot,
  event: NumberEvent,
): { to: NumberSnapshot; outcomes: readonly NumberOutcome[] } {
  const [to, actions] = transition(numberMachine, from, event);
  return { to, outcomes: emitted<NumberOutcome>(actions) };
}

export const accountAfter = (from: AccountSnapshot, event: AccountEvent): AccountSnapshot =>
  transition(accountMachine, from, event)[0];
