import type { Logged } from '../core/event.ts';
import type { Gives } from '../core/gives.ts';
import type { Digit } from '../core/input.ts';
import type { Cancel } from '../core/ports.ts';
import { abandon, answerIndex, followBranch, forkOf, keepTime, letGo } from './branch.ts';
import { CallbackMemo } from './callback-memo.ts';
import { Frames } from './frames.ts';
import type { Handset } from './handset.ts';
import {
  type Branch,
  firstState,
  type Look,
  NO_CALL,
  type Note,
  type PhoneEnd,
  type PhoneState,
  speedFrom,
} from './phone-state.ts';
import type { PhoneCall, PhoneSession, SimulationStart } from './session.ts';
import { listedOf, momentFrom, withShown } from './shown.ts';
import { Backstage, type Stagehand } from './stagehand.ts';
import { putQuestion } from './window/answer.ts';
import { followSaves } from './window/reread.ts';

const FROM_TOP = { scroll: 0, request: undefined };

/** The phone without its screen: calls and simulations, what they log, and what the commands do. */
export class PhoneStore implements Handset {
  /** Settles when the phone is put away. Rejects when a call could not be placed. */
  readonly ended: Promise<PhoneEnd>;
  readonly session: PhoneSession;
  readonly #end: PromiseWithResolvers<PhoneEnd> = Promise.withResolvers();
  readonly #listeners = new Set<() => void>();
  readonly #callbacks: CallbackMemo;
  readonly #backstage = new Backstage();
  readonly #frames: Frames;
  readonly #forget: Cancel;
  #state: PhoneState;
  #dials = 0;

  constructor(session: PhoneSession, look: Partial<Look> = {}) {
    this.session = session;
    this.#callbacks = new CallbackMemo(session);
    this.ended = this.#end.promise;
    this.#frames = new Frames(session, () => this.#change({}));
    this.#state = firstState(session, look);
    this.#forget = followSaves(this, (error) => this.#end.reject(error));
  }

  readonly subscribe = (listener: () => void): Cancel => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly get = (): PhoneState => this.#state;

  /** The terminal that it is shown on from now on. */
  showOn(hand: Stagehand): void {
    this.#backstage.hand = hand;
  }

  // Calls

  async dial(): Promise<void> {
    const dial = ++this.#dials;
    letGo(this.#state.branches);
    this.#change({ ...NO_CALL, compare: false, ...FROM_TOP, window: undefined });
    void this.#readList();
    try {
      const placed = await this.session.dial();
      if (dial !== this.#dials) return abandon(placed);
      if (!placed.placed) this.#change({ at: { page: 'refused', verdict: placed.verdict } });
      else {
        this.#change({ verdict: placed.verdict });
        const ears = { heard: (logged: Logged) => this.#heard(logged), changed: this.#frames.soon };
        this.#show(followBranch(placed.phone, { name: 'call' }, ears));
      }
    } catch (error) {
      this.#end.reject(error);
    }
  }

  press(digit: Digit): void {
    this.#act(digit, ({ call }) => call.press(digit));
  }

  answer(): void {
    if (this.isRinging()) this.#act('answer', (phone) => phone.answer());
  }

  decline(): void {
    if (this.isRinging()) this.#act('decline', (phone) => phone.decline());
  }

  hangUp(): void {
    if (this.isRinging()) this.decline();
    else this.#act('hang up', ({ call }) => call.hangUp());
  }

  breakNext(gives: Gives | undefined): void {
    const branch = this.current();
    if (branch?.past !== undefined && gives) this.#act('another answer', (phone) => phone.breakNext(gives));
    else branch?.phone.breakNext(gives);
    this.#change({});
  }

  editAnswer(id: number, gives: Gives): void {
    const branch = this.current();
    if (!branch) return;
    const events = answerIndex(branch.phone.call.log, id);
    if (events > 0) this.#fork(branch, events, 'another answer', { edited: { id, gives } });
  }

  // Time

  togglePause(): void {
    const branch = this.current();
    if (!branch || branch.view.endedAt !== undefined) return;
    if (branch.past !== undefined) this.toNow();
    else this.#alter(branch, { held: !branch.held });
  }

  changeSpeed(by: 1 | -1): void {
    this.#change({ speed: speedFrom(this.#state.speed, by) });
  }

  step(by: number): void {
    const branch = this.current();
    if (branch) this.#alter(branch, { past: momentFrom(branch, by) });
  }

  toNow(): void {
    const branch = this.current();
    if (branch) this.#alter(branch, { past: undefined, held: false });
  }

  // Branches

  current(): Branch | undefined {
    return this.#state.branches[this.#state.current];
  }

  turnBranch(by: 1 | -1): void {
    const { branches, current } = this.#state;
    if (branches.length > 1) this.#change({ current: (current + by + branches.length) % branches.length, ...FROM_TOP });
  }

  branchFrom(start: SimulationStart, about: Pick<Branch, 'name' | 'from'>): Branch {
    const simulation = this.session.simulate(start);
    const branch = followBranch(
      simulation,
      { ...about, recorded: start.recorded, simulation },
      { heard: () => {}, changed: this.#frames.soon },
    );
    this.#show(branch);
    return branch;
  }

  // The screen

  look(changes: Partial<Look>): void {
    this.#change(changes);
    if (changes.mouse !== undefined) this.#backstage.hand?.listenToMouse(changes.mouse);
  }

  say(text: string, tone: Note['tone'] = 'plain'): void {
    this.#change({ note: { text, tone } });
  }

  /** Lets a window take a key, and shows what became of it. */
  toWindow(take: () => void): void {
    this.#change({ note: undefined });
    take();
    this.#change({});
  }

  copy(text: string): void {
    this.#backstage.hand?.copy(text);
  }

  async suspend(): Promise<void> {
    await this.away(async () => this.#backstage.hand?.suspend());
  }

  async away(work: () => Promise<void>): Promise<void> {
    await this.#backstage.lend(work, () => this.#change({}));
  }

  leave(how: PhoneEnd): void {
    this.#dials++;
    this.#forget();
    const [real] = this.#state.branches;
    letGo(this.#state.branches);
    real?.phone.clock.resume();
    real?.phone.clock.setSpeed(1);
    this.#frames.end();
    this.#end.resolve(how);
  }

  isRinging(): boolean {
    const { at } = this.#state;
    return at.page === 'call' && at.shown.view.answeredAt === undefined && at.shown.view.endedAt === undefined;
  }

  /** Does something to the call that is shown; in its past, to a simulation that leaves it there. */
  #act(what: string, act: (phone: PhoneCall) => void): void {
    const branch = this.current();
    if (!branch) return;
    const { past } = branch;
    if (past !== undefined) act(this.#fork(branch, past, what).phone);
    else if (branch.view.endedAt !== undefined) this.say('The call is over: r calls again, [ goes back in time.');
    else act(branch.phone);
    this.#change({});
  }

  #fork(from: Branch, events: number, what: string, more: Pick<SimulationStart, 'edited'> = {}): Branch {
    const { start, about } = forkOf(from, events, what);
    return this.branchFrom({ ...start, ...more }, about);
  }

  #show(branch: Branch): void {
    const branches = [...this.#state.branches, branch];
    this.#change({ branches, current: branches.length - 1, ...FROM_TOP });
  }

  #heard({ e }: Logged): void {
    if (e.type === 'input' && (e.input.type === 'optOut.recorded' || e.input.type === 'optOut.failed')) void this.#readList();
  }

  async #readList(): Promise<void> {
    this.#change({ listed: await listedOf(this.session) });
  }

  #alter(branch: Branch, changes: Partial<Pick<Branch, 'held' | 'past'>>): void {
    const branches = this.#state.branches.map((one) => (one === branch ? { ...one, ...changes } : one));
    this.#change({ branches, ...('past' in changes && FROM_TOP) });
  }

  #change(changes: Partial<PhoneState>): void {
    this.#state = { ...this.#state, ...changes };
    keepTime(this.#state, this.#backstage.away);
    this.#state = withShown(this.#state, this.#callbacks);
    const branch = this.current();
    this.#frames.move(branch !== undefined && branch.view.endedAt === undefined && !branch.phone.clock.paused());
    for (const listener of this.#listeners) listener();
    if (!this.#backstage.away) putQuestion(this);
  }
}
