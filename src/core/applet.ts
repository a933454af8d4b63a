import type { AnyStateMachine } from 'xstate';
import type { ZodObject, ZodType } from 'zod';
import type { CallInput, FetchAnswer } from './input.ts';
import type { Problem } from './problem.ts';
import type { Prompt } from './prompt.ts';

/** A way out of an applet. */
export type Exit = {
  name: string;
  /** Where the caller goes when this exit is not wired: another exit's target. Without it, the call hangs up. */
  fallsTo?: string;
  /** With these settings no call takes it: coverage does not ask for it. */
  never?: boolean;
};

/** Can Exotel's own builder do this? */
export type Portability =
  | { level: 'as-is'; note?: string }
  | { level: 'needs-server'; rewrite: string }
  | { level: 'not-possible'; rewrite: string };

/** How a child element fills a settings field. */
export type ChildSpelling = {
  field: string;
  many: boolean;
  doc: string;
  /** Its attributes, besides `next`. */
  schema: ZodObject;
  /** What stands between its tags. */
  holds: 'nothing' | 'prompt';
  /** Where a prompt goes, inside the child's own value; without it the child's value is the prompt. */
  promptField?: string;
  /** Present when the child has a `next`: the name of the exit that it wires. */
  exit?: (attributes: Record<string, unknown>) => string;
};

/** How settings are spelled in XML. Attributes come from the settings schema: the fields that carry a `field()` mark. */
export type Spelling = {
  /** Exits with fixed names, written as attributes: name and what it is. */
  exits: Readonly<Record<string, string>>;
  /** The settings field that Say, Play, Pause and In fill. */
  prompt?: string;
  /** The settings field that the element's own text fills. */
  text?: string;
  children?: Readonly<Record<string, ChildSpelling>>;
};

/**
 * The contract of an applet. Everything a host may want to know of one is here:
 * no host asks which kind it has.
 */
export interface Applet<Kind extends string = string, Settings = never> {
  kind: Kind;
  /** Its element in a flow file. */
  element: string;
  title: string;
  /** One sentence for the language reference. */
  doc: string;
  settings: ZodType<Settings>;
  xml: Spelling;
  /** Does it listen to keys? A forwarded key waits for the first applet that does. */
  takesKeys: boolean;
  exits(settings: Settings): readonly Exit[];
  /** Settings are closed over; context holds only small counters. The machine sees stimulus classes, nothing else. */
  machine(settings: Settings): AnyStateMachine;
  /** The class of an input: the memo's edge and the event the machine gets. Never a body, a digit string or a time. */
  classify(input: CallInput, settings: Settings): string;
  /** One line for phone, trace and report. */
  summary(settings: Settings): string;
  portability(settings: Settings): Portability;
  /** For URL-driven applets: the settings an answer spells, nothing when the vendor would not accept it; without an answer, the settings that stand when every URL failed. */
  read?(answer: FetchAnswer | undefined, settings: Settings): Settings | undefined;
  /** Names of the variables it sets. */
  saves?(settings: Settings): readonly string[];
  /** Other flow files it leads to; `path` is the settings field. */
  flows?(settings: Settings): readonly { path: string; flow: string }[];
  /** What is spoken where keys are offered, and which keys are wired: for `check` and for a phone's keypad. */
  offers?(settings: Settings): { prompt: Prompt; keys: readonly { digit: string; exit: string }[]; anyKey: boolean };
  /** Inputs worth trying here: one of each class. */
  probes?(settings: Settings): readonly CallInput[];
  /** Problems only this applet can see; `path` is a settings field such as `keys.0.digit`. */
  lint?(settings: Settings): readonly AppletProblem[];
}

export type AppletProblem = Omit<Problem, 'at'> & { path: string };
