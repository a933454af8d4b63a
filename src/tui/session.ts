import type { Difference } from '../call/compare.ts';
import type { LiveCall, Placed } from '../call/run.ts';
import type { CallFacts, Logged } from '../core/event.ts';
import type { Fact, Refusal } from '../core/facts.ts';
import type { Gives } from '../core/gives.ts';
import type { Ms } from '../core/ids.ts';
import type { Cancel, HttpRequest } from '../core/ports.ts';
import type { Place, Problem } from '../core/problem.ts';
import type { FlowSet } from '../flow/model.ts';

/** The clock of a call, with its knobs. */
export type PhoneClock = {
  now(): Ms;
  pause(): void;
  resume(): void;
  setSpeed(speed: number): void;
  paused(): boolean;
  speed(): number;
};

/** A call on the phone, and the knobs of the world it runs in. */
export type PhoneCall = {
  readonly call: LiveCall;
  /** Its log replays on these. */
  readonly flows: FlowSet;
  readonly clock: PhoneClock;
  /** The customer picks up, or refuses. */
  answer(): void;
  decline(): void;
  /** The next web request of the call gets this instead of its server's answer; undefined calls that off. */
  breakNext(gives: Gives | undefined): void;
  /** What `breakNext` said, until a request has got it. */
  broken(): Gives | undefined;
  /** Goes on with other flows from the next stimulus on, if the log so far is the same on them. False, and nothing done, if not. */
  adopt(flows: FlowSet): boolean;
};

/** A request of a simulation that no record answers. It waits until somebody does. */
export type OpenQuestion = {
  request: HttpRequest;
  /** Gives an answer; `ask the server` really sends the request. */
  reply(gives: Gives | 'ask the server'): void;
};

/** A call that only seems to happen: nothing is written to the store, posted, sent, or asked of a server unasked. */
export type Simulation = PhoneCall & {
  /** The request that waits for an answer. */
  question(): OpenQuestion | undefined;
  /** Hears when `question` has changed. */
  onQuestion(listener: () => void): Cancel;
  /** Its time stops for good. */
  close(): void;
};

/** Where a simulation begins. */
export type SimulationStart = {
  /** What happened before; the simulation goes on from its end. */
  log: readonly Logged[];
  /** The flows on which that log replays. */
  flows: FlowSet;
  /** Answers of servers are taken from this longer log of the same call, in their order. */
  recorded: readonly Logged[];
  /** The request of this id (a `fetch` of `recorded`) gets another answer than it got. */
  edited?: { id: number; gives: Gives };
  /** When it goes on; at the end of `log` unless told. */
  at?: Ms;
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

/** A flow that could be called. */
export type FlowChoice = {
  /** From the working folder. */
  path: string;
  name: string;
  /** One line: class, applets, what it is about; or what is wrong with it. */
  about: string;
  broken: boolean;
};

/** What can be changed before dialling, as text that a person edits. */
export type CallForm = { to: string; contact: string; at: string };
export type FormTrouble = { field: keyof CallForm; says: string };

export type { Difference } from '../call/compare.ts';

/** What a flow file that was saved again means for a call. */
export type Reread =
  | { type: 'broken'; problems: readonly Problem[] }
  /** The caller would have lived the same. */
  | { type: 'same'; flows: FlowSet }
  /** The same caller on the new flow, up to the same point, and what they meet there that is different. */
  | { type: 'changed'; flows: FlowSet; log: readonly Logged[]; at: Ms; differences: readonly Difference[] };

export type Saved = { saved: string } | { exists: string } | { trouble: string };

/** What the phone is given by the command that opens it. All of the world that it knows. */
export interface PhoneSession {
  /** The name of the flow that is dialled next, for the heading. */
  readonly title: string;
  /** Who is called next, from where; each dialled call has its own CallSid. */
  readonly facts: CallFacts;
  /** Asks the gate and dials. */
  dial(): Promise<
    | { placed: true; phone: PhoneCall; verdict: Extract<Placed, { placed: true }>['verdict'] }
    | { placed: false; verdict: Refusal }
  >;
  /** Begins a simulation. Its clock stands until it is resumed. @throws BrokenInvariant when the log does not replay. */
  simulate(start: SimulationStart): Simulation;
  /** The clock that new calls begin on. */
  now(): Ms;
  /** Ticks of the wall's clock. */
  every(wait: Ms, tick: () => void): Cancel;
  /** Everything known of the number that is called, oldest first. */
  listed(): Promise<readonly Fact[]>;
  /** The store, for people; `option` is what `--store` said. */
  readonly store: { describe: string; option?: string };
  callbacks(log: readonly Logged[]): readonly CallbackPreview[];
  /** Flows that could be called instead. */
  flowChoices(): Promise<readonly FlowChoice[]>;
  /** From now on this flow is dialled; its problems if it cannot be. */
  chooseFlow(path: string): Promise<readonly Problem[]>;
  readonly form: CallForm;
  /** From now on this person is dialled, at this time; what is wrong with it if it cannot be. */
  fillForm(form: CallForm): Promise<FormTrouble | undefined>;
  /** Hears when a file of the flow was saved. */
  onSaved(listener: () => void): Cancel;
  /** Reads the flow again; a good one is dialled from now on. With a call, says what it means for its caller. */
  reread(of: Pick<PhoneCall, 'call' | 'flows' | 'clock'> | undefined): Promise<Reread>;
  /** A free name for a scenario of this call, from the working folder. */
  saveName(log: readonly Logged[]): string;
  /** Writes the call down: a scenario (.yaml) or its log (.ndjson). A file that is there is written over only when told. */
  save(of: Pick<PhoneCall, 'flows'>, log: readonly Logged[], file: string, overwrite: boolean): Promise<Saved>;
  /** Opens the person's editor at a place and resolves when it is closed: with what went wrong, if something did. The terminal must be free. */
  edit(place: Place): Promise<string | undefined>;
  /** Called once, when the terminal is itself again: waits for what is still under way, and tells the exit code. */
  finish(): Promise<number>;
}

/** The terminal, and what can happen to it. */
export type PhoneTerminal = {
  stdin: NodeJS.ReadStream;
  stdout: NodeJS.WriteStream;
  stderr: NodeJS.WriteStream;
  /** False for NO_COLOR: bold, dim and inverse remain. */
  colour: boolean;
  /** What colours stand on. */
  background: 'dark' | 'light';
  /** Ctrl-C from outside, termination: a signal, by its name. */
  onInterrupt(listener: (signal?: string) => void): Cancel;
  /** It was closed: nothing can be written or read any more. */
  onGone(listener: () => void): Cancel;
  /** The process is about to end by an error: the last moment to restore the terminal, before the error is written. */
  onCrash(listener: () => void): Cancel;
  /** The shell asks the phone to stop for a while (Ctrl-Z from outside). */
  onSuspend(listener: () => void): Cancel;
  /** The process was stopped without being asked, and goes on: what stands on the screen now is not known. */
  onResume(listener: () => void): Cancel;
  /** Stops the process, as Ctrl-Z does, and resolves when the shell has brought it back. The terminal must be free. */
  suspend(): Promise<void>;
};
