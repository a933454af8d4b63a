import type { LiveCall } from '../call/run.ts';
import type { Policy } from '../compliance/policy.ts';
import type { WhitelistSwitches } from '../compliance/whitelist-switches.ts';
import type { ExoPhone } from '../core/account.ts';
import type { Ms } from '../core/ids.ts';
import type { AuditTrail, Clock, Facts, HttpClient, Ids, Line, OptOuts, Outbox } from '../core/ports.ts';
import type { Records } from '../core/records.ts';
import type { MissedSecond } from '../exotel/call-status.ts';
import type { CallbackOptions } from '../exotel/callback.ts';
import type { FlowSet } from '../flow/model.ts';

/** What a person does with a ringing phone; read and understood by whoever makes the lines. */
export type Phone = { readonly does: string };
/** What a person presses; read and understood by whoever drives callers. */
export type KeyScript = { readonly text: string };

/** The phones of one call, which can be operated from outside. False when there is nothing to do it to. */
export interface OperatedLine extends Line {
  answer(leg: number): boolean;
  decline(leg: number): boolean;
  /** Lets it ring to its end. */
  ignore(leg: number): boolean;
  /** An answering machine takes it. */
  machine(leg: number): boolean;
  /** An agent puts the phone down. */
  putDown(leg: number): boolean;
}

export type AppFlow = {
  /** Its number in flow URLs, six digits. */
  app: string;
  name: string;
  /** The file, as people know it. */
  path: string;
  set: FlowSet;
};

export interface Flows {
  /** By app id or name. */
  find(app: string): Promise<AppFlow | undefined>;
  list(): Promise<readonly AppFlow[]>;
}

export type Credentials = { sid: string; key: string; token: string };

/** Lets virtual time pass; absent where time passes by itself. */
export type Mover = {
  advance(by: Ms): Promise<void>;
  /** Until nothing is left that could happen. */
  run(): Promise<void>;
};

/** How the vendor is read where nobody knows, or sources differ: docs/emulator.md names the source of each. */
export type Reading = {
  /** Until when after its end a call has no end time, duration, price and recording. */
  lateBy: Ms;
  /** Requests a minute for calls, and for SMS; 0 for any number. */
  rateLimit: number;
  /** Rupees a minute that somebody was on the phone. */
  pricePerMinute: number;
  /** From taken to on its way, and so on, up to the final status. */
  smsStep: Ms;
  /** Does a promotional SMS alone fail at a DND number, or every one that is not whitelisted? */
  dndSms: 'promotional' | 'all';
  callbackProfile: CallbackOptions['profile'];
  /** What a call between two numbers is called whose second one was not answered. */
  missedSecond: MissedSecond;
  /** Is a call recorded that says nothing about it? */
  recordUnlessTold: boolean;
  /** Waits before further attempts to deliver. */
  callbackRetries: readonly Ms[];
  /** Of one attempt. */
  callbackTimeout: Ms;
};

/** Everything the emulator stands on, made by a composition root. */
export type Parts = {
  clock: Clock;
  mover: Mover | undefined;
  records: Records;
  facts: Facts;
  audit: AuditTrail;
  /** Webhooks of opt-outs wait here until they are taken over. */
  outbox: Outbox;
  optOuts: OptOuts;
  ids: Ids;
  flows: Flows;
  /** Asks the user's applications: Passthru and its like. */
  http: HttpClient;
  /** Posts callbacks and webhooks. */
  post: HttpClient;
  makeLine(phoneOf: (leg: number, number: string) => Phone | undefined): OperatedLine;
  readPhone(text: string): { ok: true; phone: Phone } | { ok: false; problem: string };
  readKeys(text: string): { ok: true; keys: KeyScript } | { ok: false; problem: string };
  /** A caller who presses. Returns how many keys are still to come. */
  drive(call: LiveCall, keys: KeyScript): () => number;
  policy: Policy;
  switches: WhitelistSwitches;
  enforce: boolean;
  credentials: Credentials;
  company: string;
  /** At least one. */
  exophones: readonly ExoPhone[];
  /** Sender ids of SMS; with `named`, no others and no other ExoPhones are taken. */
  senders: readonly string[];
  /** Somebody said which numbers the account has. If nobody did, any will do. */
  named: boolean;
  country: string;
  reading: Reading;
  say(line: Told): void;
  /** By the wall's clock, in milliseconds. */
  sleep(by: Ms): Promise<void>;
};

/** A line of the log, for people; numbers in it are masked already. */
export type Told = { about: 'request' | 'call' | 'callback' | 'sms' | 'flow' | 'violation' | 'trouble'; says: string };
