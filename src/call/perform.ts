import type { CallCommand } from '../core/command.ts';
import type { CallFacts, Delivery } from '../core/event.ts';
import { type Contact, sayReasons } from '../core/facts.ts';
import { type E164, type Ms, ms } from '../core/ids.ts';
import type { WorldInput } from '../core/input.ts';
import { optOutFact, optOutPost } from '../core/opt-out.ts';
import { normalise } from '../core/phone.ts';
import type { CallbackSink, Clock, Gate, HttpClient, Line, OptOutResult, OptOuts, SmsGateway } from '../core/ports.ts';

/** What a call needs of the world. */
export type Ports = {
  clock: Clock;
  http: HttpClient;
  line: Line;
  sms: SmsGateway;
  gate: Gate;
  optOuts: OptOuts;
  callbacks: CallbackSink;
};

/** What a performer may use: the ports, the call's facts, and the way back in. */
export type Stage = {
  ports: Ports;
  facts: CallFacts;
  input(input: WorldInput): void;
  /** An event that no step made: a delivery. */
  note(event: Delivery): void;
};

type Performer<T> = (stage: Stage, command: T, at: Ms, passed: Ms) => void;
type Performers = { [T in CallCommand['type']]: Performer<Extract<CallCommand, { type: T }>> };

const performers: Performers = {
  play: ({ ports, input }, { leg, sounds }, _at, passed) =>
    ports.line.play(leg, sounds, () => input({ type: 'prompt.finished' }), passed),
  stop: ({ ports }) => ports.line.stop(),
  fetch({ ports, input }, { id, method, url, headers, timeout }, _at, passed) {
    const left = passed === 0 ? timeout : ms(Math.max(0, timeout - passed));
    ports.http.send({ method, url, headers, timeout: left }, (answer) => {
      if (answer.ok)
        input({ type: 'fetch.answered', id, method, status: answer.status, body: answer.body, contentType: answer.contentType });
      else input({ type: 'fetch.failed', id, why: answer.why, says: answer.says });
    });
  },
  sendSms(stage, command, at) {
    const { ports, facts, input } = stage;
    const normal = normalise(command.to);
    if (!normal.ok) {
      later(stage, () => input({ type: 'sms.refused', id: command.id, says: `the number cannot be used: ${normal.why}` }));
      return;
    }
    const contact = smsContact(facts, normal.number, command.text);
    waitFor(stage, ports.gate.ask(contact, at, facts.call), (verdict) => {
      if (verdict.verdict !== 'allow') {
        input({ type: 'sms.refused', id: command.id, says: sayReasons(verdict) });
        return;
      }
      const sms = { to: command.to, text: command.text, call: facts.call, number: normal.number, class: facts.class };
      ports.sms.send(sms, (result) => {
        if (result.ok) {
          ports.gate.made?.({ what: 'contacted', contact, at, call: facts.call, flow: facts.flow });
          input({ type: 'sms.accepted', id: command.id, sid: result.sid });
        } else input({ type: 'sms.refused', id: command.id, says: result.says });
      });
    });
  },
  dial: ({ ports, input }, { leg, number, ringFor }) =>
    ports.line.dial(leg, number, ringFor, (to, by) => input({ type: 'leg.changed', leg, to, ...(by && { by }) })),
  hangUpLeg: ({ ports }, { leg }) => ports.line.hangUp(leg),
  optOut(stage, command, at) {
    const { ports, facts, input, note } = stage;
    const post = optOutPost(facts, command, at);
    waitFor(stage, ports.optOuts.record(optOutFact(facts, command, at), post), (result: OptOutResult) => {
      if (result.ok) {
        if (post) ports.callbacks.send(post, note);
        input({ type: 'optOut.recorded', id: command.id, fact: result.fact });
      } else
        input({ type: 'optOut.failed', id: command.id, says: result.says, ...(result.journal && { journal: result.journal }) });
    });
  },
  record() {
    // The stage has no sound to keep: that a recording was made is in the log.
  },
};

const smsContact = ({ class: kind, exophone, campaign }: CallFacts, number: E164, text: string): Contact => ({
  number,
  channel: 'sms',
  class: kind,
  exophone,
  text,
  ...(campaign && { campaign }),
});

/** Holds the clock while something real is under way. */
function waitFor<T>({ ports }: Stage, promise: Promise<T>, then: (value: T) => void): void {
  const release = ports.clock.hold();
  promise.then(
    (value) => release(ms(0), () => then(value)),
    (error: unknown) =>
      release(ms(0), () => {
        throw error;
      }),
  );
}

const later = ({ ports }: Stage, then: () => void): void => void ports.clock.alarm(ports.clock.now(), then);

/**
 * Hands a command to its port. One entry a command: a new one does not compile until it is performed.
 * @param passed since it was given, when a call is taken up again: a speech goes on from there, a time-out is so much nearer.
 */
export function perform(stage: Stage, command: CallCommand, at: Ms, passed: Ms = ms(0)): void {
  (performers[command.type] as Performer<CallCommand>)(stage, command, at, passed);
}
