import type { CallEvent, CallFacts, Logged } from '../../src/core/event.ts';
import type { Ms } from '../../src/core/ids.ts';
import { START, TEXTS } from '../appointment.ts';
import { allow, recorded } from '../ports.ts';
import { speak } from './events.ts';
import type { SimulatedClock } from './simulated-clock.ts';

/** What a baseline call has besides its state: facts, a clock, and a log in the same envelopes as ours. */
export class BaselineCall {
  readonly facts: CallFacts;
  readonly clock: SimulatedClock;
  readonly log: Logged[] = [];
  readonly #keepLog: boolean;
  #seq = 0;

  constructor(facts: CallFacts, clock: SimulatedClock, keepLog = true) {
    this.facts = facts;
    this.clock = clock;
    this.#keepLog = keepLog;
  }

  write(e: CallEvent): void {
    const logged: Logged = { call: this.facts.call, seq: ++this.#seq, at: this.clock.now() as Ms, e };
    if (this.#keepLog) this.log.push(logged);
  }

  writeAll(events: readonly CallEvent[]): void {
    for (const e of events) this.write(e);
  }

  begin(): void {
    const { facts } = this;
    this.write({ type: 'started', facts });
    this.write({
      type: 'command',
      command: { type: 'dial', leg: 1, number: facts.customer, ringFor: facts.ringFor, record: false },
    });
  }

  /** The only prompt with a variable: spoken anew for every customer. */
  welcome(): CallEvent {
    return speak(TEXTS.welcome.replace('{{name}}', this.facts.contact['name'] ?? ''));
  }

  /** Tells the same store as ours, asked the same way. */
  optOut(then: (fact: string) => void): void {
    const { facts, clock } = this;
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
      if (result.ok) then(result.fact);
    });
  }
}

/** The same gate as ours. */
export async function askGate({ customer, class: kind, exophone }: CallFacts): Promise<void> {
  const verdict = await allow.ask({ number: customer, channel: 'voice', class: kind, exophone }, START);
  if (verdict.verdict !== 'allow') throw new Error('The gate of the benchmark refused a call.');
}
