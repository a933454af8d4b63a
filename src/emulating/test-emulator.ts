import type * as z from 'zod';
import type { CallRecord } from '../core/call-record.ts';
import type { Ms } from '../core/ids.ts';
import type { MessageRecord } from '../core/message-record.ts';
import type { PostRecord } from '../core/post-record.ts';
import type { Violation } from '../core/violation.ts';
import type { WORLD } from '../emulator/seed.ts';

/** What may be said of an emulator when it is made. */
export type EmulatorOptions = {
  /** A folder with flows, from the working folder or as a `file:` URL; `flows` unless told. */
  flows?: string | URL;
  /** What goes to a server goes to another: `{ 'https://clinic.example': 'http://localhost:3000' }`. */
  routes?: Readonly<Record<string, string>>;
  /** What people and agents do, and what is known of numbers, as in a seed file. */
  seed?: z.input<typeof WORLD>;
  exophones?: readonly (string | { number: string; name?: string; flow?: string })[];
  /** When the virtual clock begins; a Monday morning unless told, the same one always. */
  at?: string;
  /** `real`: time passes by itself, and `advance` waits. */
  clock?: 'virtual' | 'real';
  /** Refuses what the rules stop, instead of telling it as a violation. */
  enforce?: boolean;
  /** Which rules count; the do-not-call list, and India through Exotel, unless told. */
  profile?: 'IN-EXOTEL' | 'IN-TCCCPR' | 'LIST';
  company?: string;
  credentials?: { sid?: string; key?: string; token?: string };
  /** Waits before further attempts to deliver callbacks: `['5m', '15m']`; none unless told. */
  callbackRetries?: readonly string[];
  /** How long one attempt may take, on the wall's clock: `15s` unless told. */
  callbackTimeout?: string;
  callbackProfile?: 'documented' | 'automated-calls';
  /** Calls, and SMS, that may be asked for in a minute; 200 unless told, 0 for any number. */
  rateLimit?: number;
  /** So long after its end a call has no end time, duration and price: `2m` unless told. */
  lateBy?: string;
  /** Which SMS fail at a registered number that is not whitelisted: `all` unless told, or promotion alone. */
  dndSms?: 'all' | 'promotional';
  /** Listens with TLS too, with a certificate that signs itself. */
  tls?: boolean;
  /** Makes ids the same again; 1 unless told. */
  idSeed?: number;
  /** Hears each line of the log; nobody does unless told. */
  log?: (line: string) => void;
};

/** Exotel's API on a free port of loopback, in this process. Many can run side by side. */
export interface TestEmulator {
  /** `http://127.0.0.1:43210`: what your application has in place of https://api.exotel.com. */
  readonly url: string;
  readonly tlsUrl: string | undefined;
  /** Of the certificate that signs itself, as PEM. */
  readonly certificate: string | undefined;
  readonly sid: string;
  readonly key: string;
  readonly token: string;
  /** The address of a flow, for the parameter Url. @param app its name or app id. */
  flowUrl(app: string): Promise<string>;
  /**
   * The caller presses: `9` once they are asked, `!9` at once, `1, wait 6s, 4711#` one after the other. On virtual time it lets
   * time pass until they have; on the real clock it waits for it.
   * @param call a CallSid, or the number of a customer who is on the phone
   * @throws Error when the call is over before.
   */
  press(call: string, keys: string): Promise<void>;
  /** A customer calls an ExoPhone. Resolves to the CallSid. */
  callIn(from: string, to?: string): Promise<string>;
  /** Newest first. */
  calls(): Promise<readonly CallRecord[]>;
  messages(): Promise<readonly MessageRecord[]>;
  /** Callbacks and webhooks, oldest first, with every attempt. */
  callbacks(): Promise<readonly PostRecord[]>;
  /** Calls and SMS that went out and that the rules would have stopped. */
  violations(): readonly Violation[];
  /** Takes those so far, of these codes or all of them, as expected: they do not fail `close`. Returns them. */
  expectViolations(...codes: readonly string[]): readonly Violation[];
  /** Lets time pass: `30s`, `5m`, milliseconds. Whatever belongs to the last instant has happened when it resolves. */
  advance(by: string | Ms | number): Promise<void>;
  /** Lets virtual time pass until nothing is left that could happen, the callbacks included. */
  run(): Promise<void>;
  /** More people, agents and facts. */
  seed(world: z.input<typeof WORLD>): Promise<void>;
  /**
   * Forgets calls, SMS, callbacks, violations and faults: between two tests, faster than another emulator. What is known of numbers
   * stays. @throws Error, when that is done, as `close` does.
   */
  reset(): Promise<void>;
  /** Once; further times do nothing. @throws Error when there were violations that nobody expected. */
  close(): Promise<void>;
}
