import type { Gives } from '../core/gives.ts';
import type { Digit } from '../core/input.ts';
import type { Branch, Look, Note, PhoneEnd, PhoneState } from './phone-state.ts';
import type { PhoneSession, SimulationStart } from './session.ts';

/** The phone in somebody's hand: what commands and windows can do with it. */
export interface Handset {
  readonly session: PhoneSession;
  get(): PhoneState;

  /** Dials, also once more: a call under way is hung up first, simulations are forgotten. */
  dial(): Promise<void>;
  /** A key of the telephone. In the past it begins another branch. */
  press(digit: Digit): void;
  answer(): void;
  decline(): void;
  hangUp(): void;
  /** The next web request of the call that is shown gets this; in the past, the next one from there. */
  breakNext(gives: Gives | undefined): void;
  /** The call again from just before an answer came, which is another one now. */
  editAnswer(id: number, gives: Gives): void;

  togglePause(): void;
  changeSpeed(by: 1 | -1): void;
  /** Through the moments of the call, back when negative; past the last one time goes on. */
  step(by: number): void;
  toNow(): void;

  /** The branch that is shown. */
  current(): Branch | undefined;
  turnBranch(by: 1 | -1): void;
  /** A simulation, shown from now on. */
  branchFrom(start: SimulationStart, about: Pick<Branch, 'name' | 'from'>): Branch;

  look(changes: Partial<Look>): void;
  say(text: string, tone?: Note['tone']): void;
  copy(text: string): void;
  /** Stops like any program, and goes on where it was. */
  suspend(): Promise<void>;
  /** Time stands still while something else has the terminal. */
  away(work: () => Promise<void>): Promise<void>;
  /** Hangs up, lets time go on, and ends the phone. What is under way is waited for by the session. */
  leave(how: PhoneEnd): void;
}
