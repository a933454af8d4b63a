import type { CallStatus } from '../core/call-record.ts';
import type { OptOutScope } from '../core/command.ts';
import type { CallFacts, Delivery, EndReason } from '../core/event.ts';
import type { Ms, NodeId } from '../core/ids.ts';
import type { Digit } from '../core/input.ts';
import type { Sound } from '../core/prompt.ts';
import type { Leg } from '../core/stage.ts';

/** A request to the user's server, with its answer once there is one. */
export type WebRequest = {
  id: number;
  node: NodeId | undefined;
  method: string;
  url: string;
  at: Ms;
  async: boolean;
  answer?: { at: Ms; status: number; body: string; contentType: string } | { at: Ms; failed: string };
};
export type SentSms = { id: number; at: Ms; to: string; text: string; result?: { sid: string } | { refused: string } };
export type OptOutMade = {
  id: number;
  at: Ms;
  scope: OptOutScope;
  key?: Digit;
  url?: string;
  result?: { fact: string } | { failed: string; journal?: string };
};

/** Something the caller was told. */
export type Speech = {
  at: Ms;
  leg: number;
  node: NodeId | undefined;
  sounds: readonly Sound[];
  /** When it was over, cut off or not. */
  until?: Ms;
  cut: boolean;
};

/** One line of a transcript. `refers` is an index into the list its type names. */
export type Line = { at: Ms; seq: number; node: NodeId | undefined } & (
  | { type: 'status'; text: string }
  | { type: 'said'; refers: number }
  | { type: 'key'; digit: Digit; was: string }
  | { type: 'web'; refers: number }
  | { type: 'sms'; refers: number }
  | { type: 'opt-out'; refers: number }
  | { type: 'note'; text: string }
  | { type: 'warning'; text: string }
  | { type: 'delivery'; delivery: Delivery }
  | { type: 'ended'; why: EndReason }
);

/** Everything people ask of a call, folded from its log. Grows in place, event by event. */
export type CallView = {
  facts: CallFacts | undefined;
  status: CallStatus;
  startedAt: Ms;
  answeredAt: Ms | undefined;
  endedAt: Ms | undefined;
  ended: EndReason | undefined;
  flow: string | undefined;
  node: NodeId | undefined;
  lines: Line[];
  speeches: Speech[];
  /** The speech under way. */
  speaking: Speech | undefined;
  /** What the call waits for: a machine state's name, and until when. */
  waiting: { timer: string; since: Ms; until: Ms } | undefined;
  timeLimit: Ms | undefined;
  legs: Leg[];
  requests: WebRequest[];
  sms: SentSms[];
  optOuts: OptOutMade[];
  deliveries: Delivery[];
  /** The last accepted input. */
  digits: string | undefined;
  saved: Record<string, string>;
  goals: string[];
  visited: { flow: string; node: NodeId }[];
  warnings: string[];
};

export function emptyView(): CallView {
  return {
    facts: undefined,
    status: 'queued',
    startedAt: 0 as Ms,
    answeredAt: undefined,
    endedAt: undefined,
    ended: undefined,
    flow: undefined,
    node: undefined,
    lines: [],
    speeches: [],
    speaking: undefined,
    waiting: undefined,
    timeLimit: undefined,
    legs: [],
    requests: [],
    sms: [],
    optOuts: [],
    deliveries: [],
    digits: undefined,
    saved: {},
    goals: [],
    visited: [],
    warnings: [],
  };
}
