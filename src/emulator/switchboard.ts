import { type LiveCall, type Ports, placeCall } from '../call/run.ts';
import type { CallRecord } from '../core/call-record.ts';
import type { Logged } from '../core/event.ts';
import type { Contact, Refusal } from '../core/facts.ts';
import type { Ms } from '../core/ids.ts';
import { maskNumber } from '../core/phone.ts';
import type { Gate, SmsGateway } from '../core/ports.ts';
import { callbackFor } from '../exotel/callback.ts';
import { exotelDialect } from '../exotel/dialect.ts';
import { encodeCallback } from '../exotel/encode.ts';
import { finished } from '../exotel/legs.ts';
import { createCallKeeper } from './call-keeper.ts';
import { concernsRecord, newRecord, recordAfter } from './call-record-of.ts';
import type { Hub } from './hub.ts';
import { NOT_KEPT } from './not-kept.ts';
import type { InTurn } from './one-per-number.ts';
import type { OperatedLine, Parts, Phone, Reading } from './parts.ts';
import type { People } from './people.ts';
import type { Postman } from './postman.ts';
import { factsOf, secondContact, type Wanted } from './wanted.ts';

/** `number` is the one that may not be called. */
export type PlacedCall = { placed: true; record: CallRecord } | { placed: false; refusal: Refusal; number: string };

/** A call under way. */
export type Standing = { call: LiveCall; line: OperatedLine; record: CallRecord };
/** `whole`: it is recorded from the answer to the end, whatever the flow does. */
type Own = Standing & { whole: boolean };

export type Switchboard = {
  place(wanted: Wanted): Promise<PlacedCall>;
  /** While it is under way. */
  standing(sid: string): Standing | undefined;
  underWay(): readonly Standing[];
  find(sid: string): Promise<CallRecord | undefined>;
  /** Of a call under way, or one of those that ended last. */
  log(sid: string): readonly Logged[] | undefined;
  /** Ends calls that an earlier process left under way: nobody knows how they went on. Resolves to how many. */
  endLeftovers(): Promise<number>;
  /** Ends the calls under way, of which nobody hears any more, and forgets all logs. */
  clear(): void;
};

export type SwitchboardParts = Pick<
  Parts,
  'clock' | 'records' | 'ids' | 'http' | 'optOuts' | 'makeLine' | 'drive' | 'reading' | 'say'
> & {
  gate: Gate;
  sms: SmsGateway;
  postman: Postman;
  people: People;
  hub: Hub;
  inTurn: InTurn;
};

const FAILING: Phone = { does: 'failed' };
/** Logs of calls that are over, kept for whoever looks. */
const KEPT_LOGS = 1000;

export function createSwitchboard(parts: SwitchboardParts): Switchboard {
  const { clock, records, people, hub, postman, reading, say } = parts;
  const keeper = createCallKeeper(parts);
  const { keep } = keeper;
  const standing = new Map<string, Own>();
  const forgotten = new WeakSet<Standing>();
  const logs = new Map<string, readonly Logged[]>();
  const shared = { clock, http: parts.http, sms: parts.sms, gate: parts.gate, optOuts: parts.optOuts, callbacks: postman };
  const phoneOf = (_leg: number, number: string) => people.of(number).phone;

  /** Everything that follows from an event: what is kept, callbacks, the caller who begins to press. */
  function hear(one: Own, logged: Logged): void {
    if (forgotten.has(one)) return;
    if (hub.watched) hub.tell({ type: 'event', logged });
    if (!concernsRecord(logged)) return;
    const { log } = one.call;
    const before = one.record;
    one.record = recordOf(one, log);
    if (logged.e.type === 'ended') end(one);
    else if (one.record.status !== before.status) void keep(one.record);
    post(one, log);
  }

  function recordOf({ record, whole }: Own, log: readonly Logged[]): CallRecord {
    const now = recordAfter(record, log, reading);
    return whole && now.legs[0]?.answeredAt !== undefined ? { ...now, recorded: true } : now;
  }

  function end(one: Own): void {
    const { sid, status, from, facts } = one.record;
    void keep(one.record);
    standing.delete(sid);
    logs.set(sid, one.call.log);
    if (logs.size > KEPT_LOGS) logs.delete(logs.keys().next().value as string);
    say({ about: 'call', says: `${sid} ${facts.direction === 'inbound' ? 'from' : 'to'} ${maskNumber(from)}: ${status}` });
  }

  function post({ record, call }: Standing, log: readonly Logged[]): void {
    const fields = postFields(record, log, reading);
    if (fields) postman.send(fields, (delivery) => call.note(delivery));
  }

  async function place(wanted: Wanted): Promise<PlacedCall> {
    const second = secondContact(wanted);
    const refused = second && (await refusalOf(second));
    if (refused) return { placed: false, refusal: refused, number: second.number };
    const facts = factsOf(wanted, parts.ids.call(clock.now()));
    const line = parts.makeLine(wanted.fails ? () => FAILING : phoneOf);
    const ports: Ports = { ...shared, line };
    const record = newRecord(facts, clock.now(), wanted.to, wanted.wish);
    const early: Logged[] = [];
    let one: Own | undefined;
    const listener = (logged: Logged) => void (one ? hear(one, logged) : early.push(logged));
    const plan = { flows: wanted.set, dialect: exotelDialect };
    const placed = await placeCall(plan, facts, ports, { listeners: [listener] });
    if (!placed.placed) return { placed: false, refusal: placed.verdict, number: wanted.from };
    one = { call: placed.call, line, record, whole: wanted.record === true };
    // That the second number was called counts for it as for the first.
    if (second) parts.gate.made?.({ what: 'contacted', contact: second, at: clock.now(), call: facts.call, flow: facts.flow });
    standing.set(facts.call, one);
    const kept = keep(record);
    catchUp(one, early);
    const { keys } = people.of(wanted.from);
    if (keys) parts.drive(placed.call, keys);
    return (await kept) ? { placed: true, record: one.record } : unkept(one);
  }

  /** Whoever asked is not told of a call that would be forgotten: it is none, and nobody hears of it. */
  function unkept(one: Own): PlacedCall {
    const { sid, from } = one.record;
    forgotten.add(one);
    standing.delete(sid);
    logs.delete(sid);
    one.call.hangUp();
    keeper.forget(sid);
    return { placed: false, refusal: NOT_KEPT, number: from };
  }

  async function refusalOf(contact: Contact): Promise<Refusal | undefined> {
    const verdict = await parts.gate.ask(contact, clock.now());
    return verdict.verdict === 'allow' ? undefined : verdict;
  }

  /** What happened before anybody could be told. */
  function catchUp(one: Own, early: readonly Logged[]): void {
    for (const logged of early) {
      if (hub.watched) hub.tell({ type: 'event', logged });
      if (concernsRecord(logged)) {
        const log = one.call.log.slice(0, logged.seq);
        one.record = recordOf(one, log);
        if (logged.e.type === 'ended') end(one);
        post(one, log);
      }
    }
  }

  return {
    place: (wanted) => parts.inTurn([wanted.from, ...(wanted.to === undefined ? [] : [wanted.to])], () => place(wanted)),
    standing: (sid) => standing.get(sid),
    underWay: () => [...standing.values()],
    find: async (sid) => standing.get(sid)?.record ?? keeper.unwritten(sid) ?? records.calls.find(sid),
    log: (sid) => standing.get(sid)?.call.log ?? logs.get(sid),
    async endLeftovers() {
      const isOurs = ({ sid }: CallRecord) => standing.has(sid) || logs.has(sid);
      const left = (await records.calls.unfinished()).filter((one) => !isOurs(one));
      for (const before of left) {
        const at = before.updatedAt;
        const legs = before.legs.map((leg) => finished(leg, at));
        const ended = { status: 'failed', updatedAt: clock.now(), endedAt: at, legs, recorded: false, price: 0 } as const;
        const record: CallRecord = { ...before, ...ended };
        const post = postFields(record, brokenOff(before, at), reading);
        await Promise.all([keep(record), post && postman.send(post, () => {})]);
      }
      return left.length;
    },
    clear() {
      const ended = [...standing.values()];
      standing.clear();
      logs.clear();
      keeper.clear();
      for (const one of ended) {
        forgotten.add(one);
        one.call.hangUp();
      }
    },
  };
}

/** The log of a call that the end of a process broke off: it failed when it was heard of last. */
function brokenOff({ sid, facts, createdAt }: CallRecord, at: Ms): readonly Logged[] {
  return [
    { call: sid, seq: 1, at: createdAt, e: { type: 'started', facts } },
    { call: sid, seq: 2, at, e: { type: 'ended', why: { by: 'unanswered', outcome: 'failed' } } },
  ];
}

/** The status callback that an event calls for. Its id tells which of the call's it is, so that it is never made twice. */
function postFields(
  { sid, wish, facts, recorded, to }: CallRecord,
  log: readonly Logged[],
  { callbackProfile: profile, missedSecond }: Pick<Reading, 'callbackProfile' | 'missedSecond'>,
) {
  if (!wish || facts.direction === 'inbound') return undefined;
  const fields = callbackFor(log, { profile, events: wish.events, missedSecond, recorded, to });
  if (!fields) return undefined;
  const last = log.at(-1);
  const { contentType, body } = encodeCallback(fields, wish.encoding);
  const which = last?.e.type === 'ended' ? 'end' : String(last?.seq);
  return { id: `${sid}-callback-${which}`, what: 'callback', url: wish.url, contentType, body, call: sid } as const;
}
