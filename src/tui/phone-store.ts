import { fold, viewOf } from '../call/fold.ts';
import type { LiveCall } from '../call/run.ts';
import type { CallView } from '../call/view.ts';
import type { Logged } from '../core/event.ts';
import type { Fact, Verdict } from '../core/facts.ts';
import { type Ms, ms } from '../core/ids.ts';
import type { Digit } from '../core/input.ts';
import type { Cancel } from '../core/ports.ts';
import type { CallbackPreview, PhoneSession } from './session.ts';

export const TABS = ['call', 'web', 'sms', 'callbacks', 'dnc'] as const;
export type Tab = (typeof TABS)[number];

export const SPEEDS = [0.5, 1, 2, 4, 8] as const;

/** What the phone is about. */
export type Page =
  | { page: 'asking' }
  | { page: 'refused'; verdict: Exclude<Verdict, { verdict: 'allow' }> }
  | { page: 'call'; call: LiveCall; view: CallView };

/** Everything the screen is made of, at one instant. */
export type PhoneState = {
  session: PhoneSession;
  at: Page;
  now: Ms;
  tab: Tab;
  scroll: number;
  paused: boolean;
  speed: number;
  /** What the store knows of the number, or why it cannot be asked. */
  listed: readonly Fact[] | { trouble: string };
  callbacks: readonly CallbackPreview[];
};

export type PhoneEnd = 'quit' | 'interrupted';

/** How often the screen follows a call in which something moves; keys and events show at once. */
const FRAME = ms(125);

/** The phone without its screen: calls, what they log, and what the keys of the keyboard do. */
export class PhoneStore {
  /** Settles when the phone is put away. Rejects when a call could not be placed. */
  readonly ended: Promise<PhoneEnd>;
  readonly #end: PromiseWithResolvers<PhoneEnd> = Promise.withResolvers();
  readonly #session: PhoneSession;
  readonly #listeners = new Set<() => void>();
  #state: PhoneState;
  #ticking: Cancel | undefined;
  #leaveCall: Cancel = () => {};
  #dirty = false;
  #dials = 0;

  constructor(session: PhoneSession) {
    this.#session = session;
    this.ended = this.#end.promise;
    this.#state = {
      session,
      at: { page: 'asking' },
      now: session.clock.now(),
      tab: 'call',
      scroll: 0,
      paused: session.clock.paused(),
      speed: session.clock.speed(),
      listed: [],
      callbacks: [],
    };
  }

  readonly subscribe = (listener: () => void): Cancel => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly get = (): PhoneState => this.#state;

  /** Dials, also once more: a call under way is hung up first. */
  async dial(): Promise<void> {
    const dial = ++this.#dials;
    this.#hangUp();
    this.#leaveCall();
    this.#session.clock.resume();
    this.#change({ at: { page: 'asking' }, tab: 'call', scroll: 0, callbacks: [] });
    void this.#readList();
    try {
      const placed = await this.#session.dial();
      if (dial !== this.#dials) return;
      if (placed.placed) this.#follow(placed.call);
      else this.#change({ at: { page: 'refused', verdict: placed.verdict } });
    } catch (error) {
      this.#end.reject(error);
    }
  }

  press(digit: Digit): void {
    this.#live()?.call.press(digit);
  }

  answer(): void {
    if (this.#isRinging()) this.#session.answer();
  }

  decline(): void {
    if (this.#isRinging()) this.#session.decline();
  }

  hangUp(): void {
    if (this.#isRinging()) this.#session.decline();
    else this.#hangUp();
  }

  togglePause(): void {
    if (!this.#live()) return;
    const { clock } = this.#session;
    if (clock.paused()) clock.resume();
    else clock.pause();
    this.#change({});
  }

  changeSpeed(by: 1 | -1): void {
    const { clock } = this.#session;
    const at = SPEEDS.indexOf(clock.speed() as (typeof SPEEDS)[number]);
    clock.setSpeed(SPEEDS[Math.min(SPEEDS.length - 1, Math.max(0, at + by))] ?? 1);
    this.#change({});
  }

  turnTab(by: 1 | -1): void {
    const at = TABS.indexOf(this.#state.tab) + by;
    this.#change({ tab: TABS[(at + TABS.length) % TABS.length] ?? 'call', scroll: 0 });
  }

  /** Towards what is out of view: earlier lines of the call, later ones of a list. */
  scroll(by: number): void {
    this.#change({ scroll: Math.max(0, this.#state.scroll + by) });
  }

  /** Hangs up, lets time go on, and ends the phone. What is under way is waited for by the session. */
  leave(how: PhoneEnd): void {
    this.#dials++;
    this.#hangUp();
    this.#leaveCall();
    this.#session.clock.resume();
    this.#session.clock.setSpeed(1);
    this.#ticking?.();
    this.#ticking = undefined;
    this.#end.resolve(how);
  }

  #follow(call: LiveCall): void {
    const view = viewOf(call.log);
    this.#leaveCall = call.subscribe((logged) => {
      fold(view, logged);
      this.#heard(call, logged);
      this.#soon();
    });
    this.#change({ at: { page: 'call', call, view }, callbacks: this.#session.callbacks(call.log) });
  }

  #heard(call: LiveCall, { e }: Logged): void {
    const { type } = e;
    if (type === 'ended' || (type === 'input' && e.input.type === 'leg.changed'))
      this.#state = { ...this.#state, callbacks: this.#session.callbacks(call.log) };
    if (type === 'ended') this.#state = { ...this.#state, scroll: 0 };
    if (type === 'input' && (e.input.type === 'optOut.recorded' || e.input.type === 'optOut.failed')) void this.#readList();
  }

  async #readList(): Promise<void> {
    try {
      this.#change({ listed: await this.#session.listed() });
    } catch (error) {
      this.#change({ listed: { trouble: error instanceof Error ? error.message : String(error) } });
    }
  }

  /** The call, until it is over. */
  #live(): Extract<Page, { page: 'call' }> | undefined {
    const { at } = this.#state;
    return at.page === 'call' && at.view.endedAt === undefined ? at : undefined;
  }

  #isRinging(): boolean {
    const live = this.#live();
    return live !== undefined && live.view.answeredAt === undefined;
  }

  #hangUp(): void {
    this.#live()?.call.hangUp();
  }

  /** One frame for everything that happens at once. */
  #soon(): void {
    if (this.#dirty) return;
    this.#dirty = true;
    queueMicrotask(() => {
      this.#dirty = false;
      this.#change({});
    });
  }

  #change(changes: Partial<PhoneState>): void {
    const { clock } = this.#session;
    this.#state = { ...this.#state, ...changes, now: clock.now(), paused: clock.paused(), speed: clock.speed() };
    this.#tickWhileMoving();
    for (const listener of this.#listeners) listener();
  }

  #tickWhileMoving(): void {
    const moving = this.#live() !== undefined && !this.#state.paused;
    if (moving && !this.#ticking) this.#ticking = this.#session.every(FRAME, () => this.#change({}));
    else if (!moving && this.#ticking) {
      this.#ticking();
      this.#ticking = undefined;
    }
  }
}
