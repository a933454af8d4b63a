import type { OptOutScope } from './command.ts';
import type { CallClass } from './event.ts';
import type { CallId, E164, Ms } from './ids.ts';
import type { Digit } from './input.ts';

/** Where a fact came from. */
export type FactSource = 'key-press' | 'manual' | 'csv' | 'api' | 'sms-stop' | 'missed-call' | 'agent' | 'complaint';

/**
 * Something that happened to a number, as recorded. Facts are appended and superseded, never changed or erased:
 * an opt-in with `supersedes` lifts the opt-outs it names.
 */
export type Fact = {
  id: string;
  kind: 'opt-out' | 'opt-in';
  number: E164;
  scope: OptOutScope;
  source: FactSource;
  /** When it happened, on the clock of the call or of the person. */
  at: Ms;
  /** When it was written down, on the clock of the machine. */
  recordedAt: Ms;
  /** Who did it: `caller`, a user name, a system. */
  actor: string;
  call?: CallId;
  flow?: string;
  node?: string;
  key?: Digit;
  campaign?: string;
  reason?: string;
  evidence?: string;
  supersedes?: readonly string[];
};

export type NewFact = Omit<Fact, 'id' | 'recordedAt'>;

export type Channel = 'voice' | 'sms';

/** An attempt that wants to go out. */
export type Contact = {
  number: E164;
  channel: Channel;
  class: CallClass;
  campaign?: string;
  exophone?: E164;
};

export type Reason = {
  code: string;
  says: string;
  /** The facts it rests on. */
  facts: readonly Fact[];
};

/** May it go out? `defer` names the instant from which it may. */
export type Verdict = { verdict: 'allow'; ground: Reason } | Refusal;

/** Not now, or not at all. */
export type Refusal =
  | { verdict: 'defer'; reasons: readonly Reason[]; nextAllowedAt: Ms }
  | { verdict: 'block'; reasons: readonly Reason[] };

/** Every reason, as one text for people. */
export const sayReasons = ({ reasons }: Refusal): string => reasons.map(({ says }) => says).join(' ');
