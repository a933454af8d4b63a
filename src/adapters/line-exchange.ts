import { type Ms, ms } from '../core/ids.ts';
import type { LegState } from '../core/input.ts';
import type { Cancel, Clock, Line } from '../core/ports.ts';
import type { Sound } from '../core/prompt.ts';
import { createScriptedLine, type ScriptedLineOptions, standingPhone } from './line-scripted.ts';

/** A line whose phones can be operated from outside. Each act is false when there is nothing to do it to. */
export interface ExchangeLine extends Line {
  /** Takes the call; while the phone is being dialled, as soon as it rings. The person stays until they put it down. */
  answer(leg: number): boolean;
  /** Refuses the call likewise, which the other side hears as busy. */
  decline(leg: number): boolean;
  /** Lets it ring to its end, whatever its script says. */
  ignore(leg: number): boolean;
  /** An answering machine takes the call, likewise. */
  machine(leg: number): boolean;
  /** Ends the call at a phone that was answered. */
  putDown(leg: number): boolean;
}

/** Phones that do what their scripts say, until somebody does otherwise. What was wished while one is dialled counts once. */
export const createExchangeLine = (clock: Clock, options: ScriptedLineOptions = {}): ExchangeLine => new Exchange(clock, options);

type Changed = (to: LegState, by?: 'machine') => void;
type Act = { to: 'answered' | 'busy'; by?: 'machine' } | 'ignore';

type Phone = {
  state: 'dialling' | 'ringing' | 'answered';
  /** When it has rung for as long as it may. */
  until: Ms;
  changed: Changed;
  wish?: Act;
  /** Ends the ringing of a phone that is ignored. */
  cancel?: Cancel;
};

const ANSWER: Act = { to: 'answered' };
const DECLINE: Act = { to: 'busy' };
const MACHINE: Act = { to: 'answered', by: 'machine' };

/** A class, as there may be ten thousand calls at once. */
class Exchange implements ExchangeLine {
  readonly #clock: Clock;
  readonly #options: ScriptedLineOptions;
  readonly #scripted: Line;
  readonly #phones: (Phone | undefined)[] = [];

  constructor(clock: Clock, options: ScriptedLineOptions) {
    this.#clock = clock;
    this.#options = options;
    this.#scripted = createScriptedLine(clock, options);
  }

  dial(leg: number, number: string, ringFor: Ms, changed: Changed): void {
    this.#forget(leg);
    const before = standingPhone(this.#options.standing, leg);
    const state = before?.state === 'ringing' || before?.state === 'answered' ? before.state : 'dialling';
    const phone: Phone = { state, until: ms((before?.dialledAt ?? this.#clock.now()) + ringFor), changed };
    this.#phones[leg] = phone;
    this.#scripted.dial(leg, number, ringFor, (to, by) => this.#report(leg, phone, to, by));
  }

  play(leg: number, sounds: readonly Sound[], finished: () => void, heard?: Ms): void {
    this.#scripted.play(leg, sounds, finished, heard);
  }

  stop(): void {
    this.#scripted.stop();
  }

  hangUp(leg: number): void {
    this.#forget(leg);
    this.#scripted.hangUp(leg);
  }

  answer(leg: number): boolean {
    return this.#operate(leg, ANSWER);
  }

  decline(leg: number): boolean {
    return this.#operate(leg, DECLINE);
  }

  ignore(leg: number): boolean {
    return this.#operate(leg, 'ignore');
  }

  machine(leg: number): boolean {
    return this.#operate(leg, MACHINE);
  }

  putDown(leg: number): boolean {
    const phone = this.#phones[leg];
    if (phone?.state !== 'answered') return false;
    this.#overrule(leg, phone, 'completed');
    return true;
  }

  #operate(leg: number, act: Act): boolean {
    const phone = this.#phones[leg];
    if (phone === undefined || phone.state === 'answered') return false;
    if (phone.state === 'dialling') phone.wish ??= act;
    else if (act === 'ignore') this.#ringOn(leg, phone);
    else this.#overrule(leg, phone, act.to, act.by);
    return true;
  }

  /** What the script said would follow does not. */
  #overrule(leg: number, phone: Phone, to: LegState, by?: 'machine'): void {
    this.#scripted.hangUp(leg);
    this.#report(leg, phone, to, by);
  }

  #ringOn(leg: number, phone: Phone): void {
    this.#scripted.hangUp(leg);
    phone.cancel?.();
    phone.cancel = this.#clock.alarm(phone.until, () => this.#report(leg, phone, 'no-answer'));
  }

  #report(leg: number, phone: Phone, to: LegState, by?: 'machine'): void {
    if (to === 'ringing' || to === 'answered') phone.state = to;
    if (to !== 'ringing') phone.cancel?.();
    if (phone.state !== to) this.#forget(leg);
    phone.changed(to, by);
    const { wish } = phone;
    delete phone.wish;
    // The call may have hung up when it heard the ringing.
    if (wish && this.#phones[leg] === phone) this.#operate(leg, wish);
  }

  #forget(leg: number): void {
    this.#phones[leg]?.cancel?.();
    this.#phones[leg] = undefined;
  }
}
