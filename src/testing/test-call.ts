import type { CallView } from '../call/view.ts';
import type { Logged } from '../core/event.ts';
import type { Fact } from '../core/facts.ts';
import type { Post } from '../core/ports.ts';
import type { Traces } from '../scenario/expect.ts';
import type { TextMatch } from '../scenario/schema.ts';

/** A call did not come to the point that a test waited for, or a server was asked that nothing answers. */
export class CallFailure extends Error {
  override name = 'CallFailure' as const;
}

/** A text that is looked for in what was said: contained, whatever its case and spacing, or a pattern. */
export type Words = string | RegExp;
export const wordsToMatch = (words: Words): TextMatch => (typeof words === 'string' ? { contains: words } : { regex: words });

/**
 * A call in a test. Time is virtual and stands still between two lines of the test; what is waited for passes in no time.
 * Every method that waits rejects with a `CallFailure` when the call ends before.
 */
export interface TestCall {
  /**
   * Presses keys, `9` or `4711#`, once an applet takes keys and its prompt has been heard out; with a `!` before them at
   * once, into whatever is playing. The keys of one number are 300 ms apart.
   */
  press(keys: string): Promise<void>;
  /** Lets time pass: `5s`, `500ms`, or milliseconds. */
  wait(time: string | number): Promise<void>;
  /** Waits until the caller has heard this. Each call goes on where the one before stopped. */
  hear(words: Words): Promise<void>;
  /** Waits until the call comes to an applet; one it is at already will do. */
  at(applet: string): Promise<void>;
  hangUp(): Promise<void>;
  /** Lets the call run to its end, with a silent caller. */
  end(): Promise<CallView>;
  /** Everything the caller has really heard so far, one prompt a line. */
  heard(): string;
  /** What happened so far, event by event. */
  log(): readonly Logged[];
  /** The same, folded: status, digits, saved, sms, visited, requests and so on. */
  view(): CallView;
  /** What happened so far, for people. */
  transcript(): string;
  /** What the store holds of the customer's number. */
  facts(): readonly Fact[];
  /** Opt-out webhooks that went out. */
  webhooks(): readonly Post[];
  /** Why the call may not be made, when a rule refused it: nothing was dialled then. */
  readonly refused: string | undefined;
  /** Everything an expectation may look at: for matchers of your own. */
  traces(): Traces;
}
