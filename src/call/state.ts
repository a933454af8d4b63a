import type { DialSettings } from '../core/command.ts';
import type { CallFacts } from '../core/event.ts';
import type { Ms, NodeId } from '../core/ids.ts';
import type { Digit, FetchAnswer } from '../core/input.ts';
import type { Dialect, Leg } from '../core/stage.ts';
import type { Flow, FlowSet } from '../flow/model.ts';
import type { MachineState } from './memo.ts';
import type { Stand } from './runtime.ts';

/** What does not change during a call. */
export type Plan = {
  flows: FlowSet;
  dialect: Dialect;
  /** Asks XState every time instead of the memo; the two must not differ. */
  oracle?: boolean;
};

/** A wait under way. `id` is what the machine gets when it is over; `timer` is its name in the log. */
export type Timer = { readonly timer: string; readonly id: string; readonly due: Ms };

/** A flow that waits for another one to return. */
export type Frame = { readonly flow: Flow; readonly stand: Stand; readonly machine: MachineState };

/** The agents being dialled: those ringing now, and those not tried yet. */
export type Dialling = {
  readonly dial: DialSettings;
  readonly queue: readonly string[];
  readonly ringing: readonly number[];
  readonly dialled: number;
};

/** Everything a call is, between two stimuli. Never changed in place: `step` returns a new one. */
export type CallState = {
  phase: 'new' | 'dialling' | 'talking' | 'ended';
  facts: CallFacts;
  startedAt: Ms;
  answeredAt: Ms | undefined;
  flow: Flow;
  stand: Stand | undefined;
  machine: MachineState | undefined;
  frames: readonly Frame[];
  timers: readonly Timer[];
  variables: Readonly<Record<string, string>>;
  /** Keys taken since the applet asked for some. */
  typed: string;
  /** The last accepted input. */
  digits: string | undefined;
  lastKey: Digit | undefined;
  forwarded: Digit | undefined;
  swallow: { readonly digit: Digit; readonly until: Ms } | undefined;
  playing: boolean;
  /** The command whose outcome the applet waits for. */
  awaited: number;
  serial: number;
  /** The answer that came last, and the last one a Passthru kept. */
  answered: FetchAnswer | undefined;
  kept: FetchAnswer | undefined;
  visits: Readonly<Record<string, number>>;
  legs: readonly Leg[];
  dialling: Dialling | undefined;
  connected: boolean;
  recorded: 'connect' | 'voicemail' | undefined;
  /** Applets entered since time last moved. */
  instant: { readonly at: Ms; readonly entered: readonly NodeId[] };
};

const NOTHING: readonly never[] = [];
const NO_NAMES: Readonly<Record<string, never>> = {};

export function newCall({ flows }: Plan, facts: CallFacts, at: Ms): CallState {
  const flow = flows.flows.get(flows.root);
  if (!flow) throw new Error(`The flow set has no flow "${flows.root}".`);
  return {
    phase: 'new',
    facts,
    startedAt: at,
    answeredAt: undefined,
    flow,
    stand: undefined,
    machine: undefined,
    frames: NOTHING,
    timers: NOTHING,
    variables: facts.variables,
    typed: '',
    digits: undefined,
    lastKey: undefined,
    forwarded: undefined,
    swallow: undefined,
    playing: false,
    awaited: 0,
    serial: 0,
    answered: undefined,
    kept: undefined,
    visits: NO_NAMES,
    legs: NOTHING,
    dialling: undefined,
    connected: false,
    recorded: undefined,
    instant: { at, entered: NOTHING },
  };
}
