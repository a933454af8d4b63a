import type { Placed } from '../call/run.ts';
import type { CallFacts, Logged } from '../core/event.ts';
import type { Fact } from '../core/facts.ts';
import type { Ms } from '../core/ids.ts';
import type { Cancel } from '../core/ports.ts';

/** The clock of the calls, with its knobs. */
export type PhoneClock = {
  now(): Ms;
  pause(): void;
  resume(): void;
  setSpeed(speed: number): void;
  paused(): boolean;
  speed(): number;
};

/** A status callback as it goes out, or would. */
export type CallbackPreview = {
  /** Of the post, as deliveries name it. */
  id: string;
  /** Without one it is shown and not posted. */
  url?: string;
  contentType: string;
  fields: readonly (readonly [name: string, value: string])[];
};

/** What the phone is given by the command that opens it. All of the world that it knows. */
export type PhoneSession = {
  /** The flow, for the heading. */
  title: string;
  /** Who is called, from where; each dialled call has its own CallSid. */
  facts: CallFacts;
  /** Asks the gate and dials. */
  dial(): Promise<Placed>;
  /** The customer picks up, or refuses. */
  answer(): void;
  decline(): void;
  clock: PhoneClock;
  /** Ticks of the wall's clock. */
  every(wait: Ms, tick: () => void): Cancel;
  /** Everything known of the number that is called, oldest first. */
  listed(): Promise<readonly Fact[]>;
  /** The store, for people; `option` is what `--store` said. */
  store: { describe: string; option?: string };
  callbacks(log: readonly Logged[]): readonly CallbackPreview[];
  /** Called once, when the terminal is itself again: waits for what is still under way, and tells the exit code. */
  finish(): Promise<number>;
};

/** The terminal, and what can happen to it. */
export type PhoneTerminal = {
  stdin: NodeJS.ReadStream;
  stdout: NodeJS.WriteStream;
  stderr: NodeJS.WriteStream;
  /** False for NO_COLOR: bold, dim and inverse remain. */
  colour: boolean;
  /** Ctrl-C from outside, termination. */
  onInterrupt(listener: () => void): Cancel;
  /** It was closed: nothing can be written or read any more. */
  onGone(listener: () => void): Cancel;
  /** The process is about to end by an error: the last moment to restore the terminal, before the error is written. */
  onCrash(listener: () => void): Cancel;
};
