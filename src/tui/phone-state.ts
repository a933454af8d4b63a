import type { CallState } from '../call/state.ts';
import type { CallView } from '../call/view.ts';
import type { CallFacts, Logged } from '../core/event.ts';
import type { Fact, Refusal, Verdict } from '../core/facts.ts';
import type { Ms } from '../core/ids.ts';
import type { Cancel } from '../core/ports.ts';
import type { CallbackPreview, PhoneCall, PhoneSession, Simulation } from './session.ts';
import type { Tab } from './tab.ts';
import type { Window } from './window/window.ts';

export { TABS, type Tab } from './tab.ts';

const SPEEDS = [0.5, 1, 2, 4, 8, 20];

/** The next speed, faster or slower, if there is one. */
export const speedFrom = (speed: number, by: 1 | -1): number => SPEEDS[SPEEDS.indexOf(speed) + by] ?? speed;

/** The real call, or a simulation that leaves one of the other branches at a moment of its past. */
export type Branch = {
  readonly id: number;
  /** `call`, or what was done otherwise: `9 at 0:21`. */
  readonly name: string;
  readonly phone: PhoneCall;
  /** Absent for the real call. */
  readonly simulation?: Simulation;
  /** The branch that it leaves, how many events the two share, and how many of them are the real call's; all unless told. */
  readonly from?: { readonly branch: number; readonly events: number; readonly real?: number };
  /** Of a simulation: the log from which servers answer in it. */
  readonly recorded?: readonly Logged[];
  /** Everything so far, folded. */
  readonly view: CallView;
  /** The person stopped its time. */
  readonly held: boolean;
  /** How many of its events are shown; undefined: all, and time goes on. */
  readonly past: number | undefined;
  /** Lets go of the call. */
  readonly leave: Cancel;
};

/** What the screen shows of a call: its present, or a moment of its past. Every pane is drawn from this. */
export type Shown = {
  readonly branch: Branch;
  readonly facts: CallFacts;
  /** The log up to what is shown. */
  readonly log: readonly Logged[];
  readonly state: CallState;
  readonly view: CallView;
  readonly now: Ms;
  /** Which moment, from 1, of how many; undefined in the present. */
  readonly past: { readonly nth: number; readonly of: number } | undefined;
};

/** What the phone is about. */
export type Page =
  | { readonly page: 'asking' }
  | { readonly page: 'refused'; readonly verdict: Refusal }
  | { readonly page: 'call'; readonly shown: Shown };

/** A line that says what a command did, until the next key. */
export type Note = { readonly text: string; readonly tone: 'good' | 'bad' | 'plain' };

/** How a person looks at it all; changed by nobody else. */
export type Look = {
  readonly tab: Tab;
  /** The tab takes the whole room of the call. */
  readonly zoomed: boolean;
  /** Rows scrolled: towards older lines of the conversation when the tab is `log`, downwards in the other tabs. */
  readonly scroll: number;
  /** Which request of the web tab is meant, by its place; the latest when undefined. */
  readonly request: number | undefined;
  /** The branch stands beside the one it leaves. */
  readonly compare: boolean;
  /** What stands over everything else and has the keyboard. Time stands still meanwhile. */
  readonly window: Window | undefined;
  readonly note: Note | undefined;
  readonly background: 'dark' | 'light';
  /** Is the mouse listened to? */
  readonly mouse: boolean;
};

export const FIRST_LOOK: Look = {
  tab: 'log',
  zoomed: false,
  scroll: 0,
  request: undefined,
  compare: false,
  window: undefined,
  note: undefined,
  background: 'dark',
  mouse: true,
};

/** Everything the screen is made of, at one instant. */
export type PhoneState = Look & {
  readonly session: PhoneSession;
  readonly at: Page;
  /** The real call first. */
  readonly branches: readonly Branch[];
  /** Place of the branch that is shown. */
  readonly current: number;
  readonly paused: boolean;
  readonly speed: number;
  /** Why the real call could be made. */
  readonly verdict: Verdict | undefined;
  /** What the store knows of the number, or why it cannot be asked. */
  readonly listed: readonly Fact[] | { trouble: string };
  readonly callbacks: readonly CallbackPreview[];
};

export type PhoneEnd = 'quit' | 'interrupted';

/** Without a call, as before the first one. */
export const NO_CALL = { at: { page: 'asking' }, branches: [], current: 0, callbacks: [] } as const;

export const firstState = (session: PhoneSession, look: Partial<Look>): PhoneState => ({
  ...FIRST_LOOK,
  ...look,
  ...NO_CALL,
  session,
  paused: false,
  speed: 1,
  verdict: undefined,
  listed: [],
});
