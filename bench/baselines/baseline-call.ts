import type { CallEvent, CallFacts, Logged } from '../../src/core/event.ts';
import type { Ms } from '../../src/core/ids.ts';
import type { Digit } from '../../src/core/input.ts';
import { ANSWERS_AFTER, START, TEXTS } from '../appointment.ts';
import { allow, recorded } from '../ports.ts';
import * as E from './events.ts';
import type { Alarm, SimulatedClock } from './simulated-clock.ts';

/** What reaches a baseline call. Keys are told apart by type, which is quicker than by guards. */
export type BaselineStimulus =
  | { type: 'ringing' | 'answered' | 'finished' | 'hungUp' | 'timeLimit' }
  | { type: '1' | '9' | 'other'; digit: Digit }
  | { type: 'recorded'; fact: string };

const RINGING: BaselineStimulus = { type: 'ringing' };
const ANSWERED: BaselineStimulus = { type: 'answered' };
const FINISHED: BaselineStimulus = { type: 'finished' };
const OFFERED: Partial<Record<Digit, '1' | '9'>> = { '1': '1', '9': '9' };

/**
 * What a baseline call has besides its state: facts, a clock, a phone, and a log in the same envelopes as ours. Every input
 * that stands in the log reaches the call as a stimulus of its own, as in our engine; nothing here does more than that
 * needs. Do not slow it.
 */
export class BaselineCall {
  readonly facts: CallFacts;
  readonly clock: SimulatedClock;
  readonly log: Logged[] = [];
  readonly #keepLog: boolean;
  /** Where stimuli go. */
  give: (stimulus: BaselineStimulus) => void = () => {};
  #seq = 0;
  #prompt: Alarm | undefined;

  constructor(facts: CallFacts, clock: SimulatedClock, keepLog = true) {
    this.facts = facts;
    this.clock = clock;
    this.#keepLog = keepLog;
  }

  write(e: CallEvent): void {
    const logged: Logged = {
      call: this.facts.call,
      seq: ++this.#seq,
      at: this.clock.now() as Ms,
      e,
    };
    if (this.#keepLog) this.log.push(logged);
  }

  writeAll(events: readonly CallEvent[]): void {
    for (const e of events) this.write(e);
  }

  /** Begins and dials. */
  dial(): void {
    const { facts, clock } = this;
    this.write({ type: 'started', facts });
    this.write({
      type: 'command',
      command: {
        type: 'dial',
        leg: 1,
        number: facts.customer,
        ringFor: facts.ringFor,
        record: false,
      },
    });
    clock.setTimeout(() => this.give(RINGING), 0);
    clock.setTimeout(() => this.give(ANSWERED), ANSWERS_AFTER);
  }

  /** The only prompt with a variable: spoken anew for every customer. */
  welcome(): CallEvent {
    return E.speak(TEXTS.welcome.replace('{{name}}', this.facts.contact['name'] ?? ''));
  }

  play(spoken: CallEvent): void {
    this.write(spoken);
    this.#prompt = this.clock.setTimeout(() => this.give(FINISHED), E.lengthOf(spoken));
  }

  stop(): void {
    this.write(E.STOP);
    this.clock.clearTimeout(this.#prompt);
  }

  press(digit: Digit): void {
    this.give({ type: OFFERED[digit] ?? 'other', digit });
  }

  /** Tells the same store as ours, asked the same way. */
  optOut(): void {
    const { facts, clock } = this;
    this.write(E.OPT_OUT);
    const fact = {
      kind: 'opt-out',
      number: facts.customer,
      scope: 'all',
      source: 'key-press',
      at: clock.now() as Ms,
      actor: 'caller',
      call: facts.call,
      flow: facts.flow,
      node: 'optOut',
      key: '9',
    } as const;
    void clock.wait(recorded.record(fact, undefined), (result) => {
      if (result.ok) this.give({ type: 'recorded', fact: result.fact });
    });
  }
}

/** The same gate as ours. */
export async function askGate({ customer, class: kind, exophone }: CallFacts): Promise<void> {
  const verdict = await allow.ask({ number: customer, channel: 'voice', class: kind, exophone }, START);
  if (verdict.verdict !== 'allow') throw new Error('The gate of the benchmark refused a call.');
}
