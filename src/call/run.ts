import type { CallCommand } from '../core/command.ts';
import type { CallEvent, CallFacts, Delivery, Logged } from '../core/event.ts';
import type { Contact, Refusal, Verdict } from '../core/facts.ts';
import { type Ms, ms } from '../core/ids.ts';
import type { Digit, Stimulus } from '../core/input.ts';
import type { Cancel } from '../core/ports.ts';
import type { FlowSet } from '../flow/model.ts';
import { type Ports, perform, type Stage } from './perform.ts';
import { replay } from './replay.ts';
import { type CallState, newCall, type Plan, type Timer } from './state.ts';
import { step } from './step.ts';

export type { Ports } from './perform.ts';

export type Listener = (logged: Logged) => void;

/** A call under way. */
export type LiveCall = {
  readonly facts: CallFacts;
  /** Everything so far; grows in place. Empty when the log is not kept. */
  readonly log: readonly Logged[];
  readonly state: CallState;
  press(digit: Digit): void;
  hangUp(): void;
  /** Writes down a delivery that a host made for this call. */
  note(delivery: Delivery): void;
  /** Hears every event from now on. */
  subscribe(listener: Listener): Cancel;
  /** Goes on with other flows from the next stimulus on, if the log so far is the same on them. False, and nothing done, if not. */
  adopt(flows: FlowSet): boolean;
};

export type Placed = { placed: true; call: LiveCall; verdict: Verdict | undefined } | { placed: false; verdict: Refusal };

export type RunOptions = {
  /** Hear the log from its first event. */
  listeners?: readonly Listener[];
  /** False: events go to the listeners only. */
  keepLog?: boolean;
};

function contactOf({ customer, class: kind, exophone, campaign }: CallFacts): Contact {
  const contact: Contact = { number: customer, channel: 'voice', class: kind, exophone };
  if (campaign) contact.campaign = campaign;
  return contact;
}

/**
 * Places a call: the gate is asked first, and a refused call never begins: no CallSid, no ring, no callback. An inbound
 * call needs no leave.
 */
export async function placeCall(plan: Plan, facts: CallFacts, ports: Ports, options: RunOptions = {}): Promise<Placed> {
  const { direction, call, flow } = facts;
  const [contact, at] = [contactOf(facts), ports.clock.now()];
  if (direction === 'inbound') {
    ports.gate.made?.({ what: 'inbound', contact, at, call, flow });
    return { placed: true, call: begin(plan, facts, ports, options), verdict: undefined };
  }
  const verdict = await ports.gate.ask(contact, at, call);
  if (verdict.verdict !== 'allow') return { placed: false, verdict };
  const live = begin(plan, facts, ports, options);
  ports.gate.made?.({ what: 'contacted', contact, at, call, flow });
  return { placed: true, call: live, verdict };
}

type Alarm = { readonly timer: Timer; readonly cancel: Cancel };

/** Something under way in a call that is taken up again: a wait, or a command of an earlier instant without its outcome. */
export type Standing = { timer: Timer } | { command: CallCommand; at: Ms };

/**
 * Step, ports and subscribers joined. Alone stamps call, seq and at. Its methods are `private`, not `#`: V8 looks at the
 * receiver's brand at every call of a `#method`, and these are called for every event (a fourteenth of a call's time).
 */
export class Run implements LiveCall {
  readonly facts: CallFacts;
  readonly log: Logged[];
  state: CallState;
  #plan: Plan;
  readonly #ports: Ports;
  readonly #listeners: Listener[];
  readonly #keepLog: boolean;
  readonly #stage: Stage;
  /** Stimuli that arrived while a step was under way. */
  readonly #waiting: Stimulus[] = [];
  readonly #alarms: Alarm[] = [];
  #seq: number;
  #busy = false;

  /** @param log what led to `state`. */
  constructor(
    plan: Plan,
    state: CallState,
    ports: Ports,
    { listeners = [], keepLog = true }: RunOptions,
    log: readonly Logged[] = [],
  ) {
    this.facts = state.facts;
    this.log = [...log];
    this.#seq = log.at(-1)?.seq ?? 0;
    this.#plan = plan;
    this.#ports = ports;
    this.#listeners = [...listeners];
    this.#keepLog = keepLog;
    this.state = state;
    this.#stage = {
      ports,
      facts: state.facts,
      input: (input) => this.give(input),
      note: (delivery) => this.note(delivery),
    };
  }

  press(digit: Digit): void {
    this.give({ type: 'digit', digit });
  }

  hangUp(): void {
    this.give({ type: 'caller.hungUp' });
  }

  note(delivery: Delivery): void {
    this.append(delivery, this.#ports.clock.now());
  }

  subscribe(listener: Listener): Cancel {
    this.#listeners.push(listener);
    return () => {
      const at = this.#listeners.indexOf(listener);
      if (at >= 0) this.#listeners.splice(at, 1);
    };
  }

  adopt(flows: FlowSet): boolean {
    const plan = { ...this.#plan, flows };
    const again = replay(plan, this.log);
    if (!again.same) return false;
    this.#plan = plan;
    this.state = again.state;
    this.arm(again.state.timers);
    return true;
  }

  /** Once, before anything else: what was under way at the end of the log goes on, in the order in which it began. */
  goOn(standing: readonly Standing[]): void {
    const now = this.#ports.clock.now();
    for (const one of standing) {
      if ('timer' in one) this.#alarms.push(this.alarmFor(one.timer));
      else perform(this.#stage, one.command, one.at, ms(Math.max(0, now - one.at)));
    }
  }

  give(stimulus: Stimulus): void {
    if (this.#busy) {
      this.#waiting.push(stimulus);
      return;
    }
    this.#busy = true;
    try {
      this.take(stimulus);
      while (this.#waiting.length > 0) this.take(this.#waiting.shift() as Stimulus);
    } finally {
      this.#busy = false;
    }
  }

  private take(stimulus: Stimulus): void {
    const at = this.#ports.clock.now();
    const before = this.state.timers;
    const { state, events } = step(this.#plan, this.state, stimulus, at);
    this.state = state;
    if (state.timers !== before) this.arm(state.timers);
    for (const event of events) {
      this.append(event, at);
      if (event.type === 'command') perform(this.#stage, event.command, at);
    }
  }

  private append(e: CallEvent, at: Ms): void {
    const logged: Logged = { call: this.facts.call, seq: ++this.#seq, at, e };
    if (this.#keepLog) this.log.push(logged);
    for (const listener of this.#listeners) listener(logged);
  }

  /** Cancels the alarms of timers that are gone, sets those of new ones. */
  private arm(timers: readonly Timer[]): void {
    const alarms = this.#alarms;
    for (let i = alarms.length - 1; i >= 0; i--) {
      const { timer, cancel } = alarms[i] as Alarm;
      if (timers.includes(timer)) continue;
      cancel();
      alarms.splice(i, 1);
    }
    for (const timer of timers) if (!has(alarms, timer)) alarms.push(this.alarmFor(timer));
  }

  private alarmFor(timer: Timer): Alarm {
    const ring = () => this.give({ type: 'timer.fired', timer: timer.id });
    return { timer, cancel: this.#ports.clock.alarm(timer.due, ring) };
  }
}

function has(alarms: readonly Alarm[], timer: Timer): boolean {
  for (const alarm of alarms) if (alarm.timer === timer) return true;
  return false;
}

function begin(plan: Plan, facts: CallFacts, ports: Ports, options: RunOptions): LiveCall {
  const run = new Run(plan, newCall(plan, facts, ports.clock.now()), ports, options);
  run.give({ type: 'start' });
  return run;
}
