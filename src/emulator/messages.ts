import type { Contact, Refusal, Verdict } from '../core/facts.ts';
import { callId, type Ms, ms } from '../core/ids.ts';
import { isFinal, type MessageRecord } from '../core/message-record.ts';
import { maskNumber } from '../core/phone.ts';
import type { Cancel, Gate, Post, SmsGateway } from '../core/ports.ts';
import { encodeSmsCallback, smsCallback } from '../exotel/sms-callback.ts';
import { CODE_OF, movedTo, nameOfCode, wayTo } from '../exotel/sms-codes.ts';
import type { SmsRequest } from '../exotel/sms-send.ts';
import { airEncoding, smsUnits } from '../exotel/sms-units.ts';
import type { Hub } from './hub.ts';
import { endsAsDnd } from './leave.ts';
import { NOT_KEPT } from './not-kept.ts';
import type { InTurn } from './one-per-number.ts';
import type { Parts } from './parts.ts';
import type { People } from './people.ts';
import type { Postman } from './postman.ts';

export type Sent = { sent: true; records: readonly MessageRecord[] } | { sent: false; refusal: Refusal };

export type Messages = {
  /** Asks for leave first: all are sent, or none is. What becomes of each later is told by its status and its callback. */
  send(requests: readonly SmsRequest[]): Promise<Sent>;
  /** Sends without asking: what the vendor itself sends. */
  push(request: SmsRequest): Promise<void>;
  /** For the flows of calls, which have asked already. */
  gateway: SmsGateway;
  /** Goes on with what an earlier process left on its way. Resolves to how many. */
  resume(): Promise<number>;
  /** Nothing more becomes of those on their way. */
  clear(): void;
};

export type MessageParts = Pick<Parts, 'clock' | 'records' | 'ids' | 'reading' | 'say'> & {
  gate: Gate;
  /** What the rules say of a message that has leave already, and is on its way. */
  judge(contact: Contact, at: Ms): Promise<Verdict>;
  sender: string;
  postman: Postman;
  people: People;
  hub: Hub;
  inTurn: InTurn;
};

/** The vendor's word is wider than the regulator's: whatever is no promotion. */
const CLASSES = { transactional: 'SI', transactional_opt_in: 'SE', promotional: 'P' } as const;

const contactOf = ({ to, type, text }: Pick<SmsRequest, 'to' | 'type' | 'text'>): Contact => ({
  number: to,
  channel: 'sms',
  class: CLASSES[type],
  text,
});

export const plainSms = (from: string, to: MessageRecord['to'], text: string): SmsRequest => ({
  from,
  to,
  text,
  encoding: airEncoding(text),
  units: smsUnits(text),
  type: 'transactional',
  priority: 'normal',
});

export function createMessages(parts: MessageParts): Messages {
  const { clock, records, people, postman, hub, reading, say } = parts;

  /** False when it cannot be. */
  async function keep(record: MessageRecord): Promise<boolean> {
    if (hub.watched) hub.tell({ type: 'message', message: record });
    try {
      await records.messages.save(record);
      return true;
    } catch (error) {
      say({ about: 'trouble', says: `SMS ${record.sid} cannot be kept: ${error instanceof Error ? error.message : error}` });
      return false;
    }
  }

  /** What comes next of each message on its way. */
  const moving = new Map<string, Cancel>();

  /** From code to code, one step of the clock each, to the final one. */
  function goOn(record: MessageRecord, way: readonly number[]): void {
    const [next, ...rest] = way;
    if (next === undefined) return;
    const move = () => {
      moving.delete(record.sid);
      const now = movedTo(record, next, clock.now());
      void keep(now);
      if (isFinal(now.status)) finish(now);
      else goOn(now, rest);
    };
    moving.set(record.sid, clock.alarm(ms(clock.now() + reading.smsStep), move));
  }

  function finish(record: MessageRecord): void {
    say({ about: 'sms', says: `SMS to ${maskNumber(record.to)} ${record.status} ${nameOfCode(record.code)}` });
    const post = postOf(record);
    if (post) postman.send(post, () => {});
  }

  /** `kept` is known later than the message is on its way. */
  function begin(
    request: SmsRequest,
    finalCode: number,
    call?: MessageRecord['call'],
    sid = parts.ids.next(),
  ): { record: MessageRecord; kept: Promise<boolean> } {
    const at = clock.now();
    const record: MessageRecord = {
      ...request,
      sid,
      createdAt: at,
      updatedAt: at,
      status: 'queued',
      code: CODE_OF.queued,
      ...(call && { call }),
    };
    const kept = keep(record);
    goOn(record, wayTo(finalCode).slice(1));
    return { record, kept };
  }

  function stop(sid: string): void {
    moving.get(sid)?.();
    moving.delete(sid);
  }

  /** What will become of a message: as the seed says of the number, else as the register lets it. */
  function finalCodeFor(contact: Contact, verdict: Verdict): number {
    const { smsCode } = people.of(contact.number);
    return smsCode ?? (endsAsDnd(verdict, contact, reading.dndSms) ? CODE_OF.failed_dnd : CODE_OF.sent);
  }

  /** Of a message that has leave already. */
  async function restOf(record: MessageRecord): Promise<readonly number[]> {
    const contact = contactOf(record);
    const way = wayTo(finalCodeFor(contact, await parts.judge(contact, clock.now())));
    return way.includes(record.code) ? way.slice(way.indexOf(record.code) + 1) : way.slice(-1);
  }

  async function send(requests: readonly SmsRequest[]): Promise<Sent> {
    const at = clock.now();
    const allowed: { request: SmsRequest; contact: Contact; verdict: Verdict }[] = [];
    for (const request of requests) {
      const contact = contactOf(request);
      const verdict = await parts.gate.ask(contact, at);
      if (verdict.verdict !== 'allow') return { sent: false, refusal: verdict };
      allowed.push({ request, contact, verdict });
    }
    const begun = allowed.map(({ request, contact, verdict }) => ({
      contact,
      ...begin(request, finalCodeFor(contact, verdict)),
    }));
    const all = await Promise.all(begun.map(({ kept }) => kept));
    if (all.includes(false)) {
      for (const { record } of begun) stop(record.sid);
      return { sent: false, refusal: NOT_KEPT };
    }
    for (const { contact, record } of begun)
      parts.gate.made?.({ what: 'contacted', contact, at, call: callId(record.sid), flow: '' });
    return { sent: true, records: begun.map(({ record }) => record) };
  }

  return {
    send: (requests) => parts.inTurn([...new Set(requests.map(({ to }) => to))], () => send(requests)),
    async push(request) {
      await begin(request, CODE_OF.sent).kept;
    },
    gateway: {
      send({ text, call, number, class: kind }, done) {
        const sid = parts.ids.next();
        const release = clock.hold();
        const to = number ?? ('' as MessageRecord['to']);
        const contact: Contact = { number: to, channel: 'sms', class: kind, text };
        void parts.judge(contact, clock.now()).then((verdict) =>
          release(ms(0), () => {
            begin(plainSms(parts.sender, to, text), finalCodeFor(contact, verdict), call, sid);
            done({ ok: true, sid });
          }),
        );
      },
    },
    async resume() {
      const left = (await records.messages.unfinished()).filter(({ sid }) => !moving.has(sid));
      for (const record of left) goOn(record, await restOf(record));
      return left.length;
    },
    clear() {
      for (const sid of [...moving.keys()]) stop(sid);
    },
  };
}

function postOf(record: MessageRecord): Post | undefined {
  const fields = smsCallback(record);
  const { callback, sid } = record;
  if (!fields || !callback) return undefined;
  const { contentType, body } = encodeSmsCallback(fields, callback.encoding);
  return { id: `${sid}-callback-end`, what: 'callback', url: callback.url, contentType, body, call: callId(sid) };
}
