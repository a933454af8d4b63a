export type Digit = '0' | '1' | '2' | '3' | '4' | '5' | '6' | '7' | '8' | '9' | '*' | '#';
export const DIGITS: readonly Digit[] = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#'];

export const isDigit = (text: string): text is Digit => (DIGITS as readonly string[]).includes(text);

/** Where a leg stands. Leg 1 is the customer, leg 2 and on are agents. */
export type LegState = 'ringing' | 'answered' | 'completed' | 'busy' | 'no-answer' | 'failed' | 'canceled';

export type OpenState = 'open' | 'closed' | 'holiday';

/** Why a web request has no answer. */
export type FetchFailure = 'timeout' | 'refused' | 'too-large' | 'bad-url';

export type FetchAnswer = {
  type: 'fetch.answered';
  method: 'GET' | 'HEAD';
  id: number;
  status: number;
  body: string;
  /** The Content-Type header, whole and unchanged; empty when there was none. */
  contentType: string;
};

/** What the world tells a call. */
export type WorldInput =
  | { type: 'digit'; digit: Digit }
  | { type: 'caller.hungUp' }
  | { type: 'prompt.finished' }
  | FetchAnswer
  | { type: 'fetch.failed'; id: number; why: FetchFailure; says: string }
  | { type: 'leg.changed'; leg: number; to: LegState; by?: 'machine' }
  | { type: 'sms.accepted'; id: number; sid: string }
  | { type: 'sms.refused'; id: number; says: string }
  | { type: 'optOut.recorded'; id: number; fact: string }
  | { type: 'optOut.failed'; id: number; says: string; journal?: string };

/** What the call answers itself, at once, when an applet asks it. Logged like any other input, but never fed on replay. */
export type OwnInput =
  | { type: 'case.answered'; value: string; exit: string }
  | { type: 'hours.answered'; state: OpenState }
  | { type: 'visits.answered'; visits: number; exceeded: boolean }
  | { type: 'keys.judged'; keys: string; accepted: boolean }
  | { type: 'legs.unanswered'; dialled: number }
  | { type: 'flow.returned'; name?: string };

export type CallInput = WorldInput | OwnInput;

const OWN: Record<OwnInput['type'], true> = {
  'case.answered': true,
  'hours.answered': true,
  'visits.answered': true,
  'keys.judged': true,
  'legs.unanswered': true,
  'flow.returned': true,
};

export const isOwnInput = (input: CallInput): input is OwnInput => input.type in OWN;

/** A wait that a machine began with `after`, over. */
export type TimerFired = { type: 'timer.fired'; timer: string };

/** Everything that can move a call on. */
export type Stimulus = { type: 'start' } | TimerFired | WorldInput;
