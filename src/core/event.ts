import type { CallCommand, KeyDisposition } from './command.ts';
import type { CallId, E164, Ms, NodeId } from './ids.ts';
import type { CallInput, Digit } from './input.ts';

/** promotional, service-explicit, service-implicit, transactional, government. */
export type CallClass = 'P' | 'SE' | 'SI' | 'T' | 'G';

/** What is known of a call before it begins. All that a replay needs besides the flow. */
export type CallFacts = {
  call: CallId;
  direction: 'outbound' | 'inbound';
  /** The customer, in E.164. */
  customer: E164;
  /** The business number shown to the customer. */
  exophone: E164;
  /** How the call was asked for: the API parameters it had. Decides which fields a status callback may carry. */
  asked: 'flow' | 'two-numbers';
  class: CallClass;
  /** Name of the flow, and its file as it was named. */
  flow: string;
  file: string;
  contact: Readonly<Record<string, string>>;
  variables: Readonly<Record<string, string>>;
  customField?: string;
  campaign?: string;
  /** How long the customer's phone rings at most. */
  ringFor: Ms;
  timeLimit: Ms;
  seed: number;
};

export type EndReason =
  | { by: 'flow'; node: NodeId }
  | { by: 'caller' }
  | { by: 'unanswered'; outcome: 'busy' | 'no-answer' | 'failed' | 'canceled' }
  | { by: 'time-limit' }
  /** An exit that leads nowhere. */
  | { by: 'unwired'; node: NodeId; exit: string }
  /** The vendor drops the call here: a URL and its fallback both failed. */
  | { by: 'dropped'; node: NodeId }
  /** Applets went round without time passing. */
  | { by: 'loop'; nodes: readonly NodeId[] };

/** One try to hand something to the user's server: a status callback or an opt-out webhook. */
export type Delivery = {
  type: 'delivery';
  what: 'callback' | 'webhook';
  id: string;
  url: string;
  attempt: number;
  /** HTTP status, or why there is none. */
  result: number | 'timeout' | 'refused';
  ok: boolean;
};

export type CallEvent =
  | { type: 'started'; facts: CallFacts }
  | { type: 'input'; input: CallInput }
  | { type: 'command'; command: CallCommand }
  | { type: 'timer.set'; timer: string; ms: Ms }
  | { type: 'timer.fired'; timer: string }
  | { type: 'applet.entered'; flow: string; node: NodeId }
  | { type: 'applet.left'; flow: string; node: NodeId; exit: string }
  | { type: 'key'; digit: Digit; was: KeyDisposition }
  | { type: 'digits.accepted'; digits: string }
  | { type: 'saved'; name: string; value: string }
  | { type: 'goal.reached'; name: string }
  | { type: 'warned'; code: string; says: string }
  | Delivery
  | { type: 'ended'; why: EndReason };

/** An event in its envelope. Only `call/run.ts` stamps these. `seq` counts from 1 within a call. */
export type Logged = { readonly call: CallId; readonly seq: number; readonly at: Ms; readonly e: CallEvent };
