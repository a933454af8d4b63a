import type { CallRecord, CallStatus } from '../core/call-record.ts';
import type { CallFacts, Logged } from '../core/event.ts';
import type { Ms } from '../core/ids.ts';
import type { Leg } from '../core/stage.ts';
import { finalStatus } from '../exotel/call-status.ts';
import { legsOf, onCallSeconds } from '../exotel/legs.ts';
import type { Reading } from './parts.ts';

/** A call that was just asked for. `to` is a second number, or nothing for a call to a flow. */
export function newRecord(facts: CallFacts, at: Ms, to: string | undefined, wish: CallRecord['wish']): CallRecord {
  return {
    sid: facts.call,
    facts,
    from: facts.customer,
    to: to ?? facts.exophone,
    status: facts.direction === 'inbound' ? 'in-progress' : 'queued',
    createdAt: at,
    updatedAt: at,
    legs: [],
    recorded: false,
    ...(wish && { wish }),
  };
}

/** Does an event change what is kept of a call? */
export function concernsRecord({ e }: Logged): boolean {
  switch (e.type) {
    case 'input':
      return e.input.type === 'leg.changed' || e.input.type === 'caller.hungUp';
    case 'command':
      return e.command.type === 'dial' || e.command.type === 'record';
    default:
      return e.type === 'ended' || e.type === 'digits.accepted';
  }
}

/** What is kept of a call after the last event of its log, which {@link concernsRecord}. */
export function recordAfter(
  before: CallRecord,
  log: readonly Logged[],
  { pricePerMinute, missedSecond: missed }: Pick<Reading, 'pricePerMinute' | 'missedSecond'>,
): CallRecord {
  const last = log.at(-1);
  if (last === undefined) return before;
  const { at, e } = last;
  if (e.type === 'digits.accepted') return { ...before, updatedAt: at, digits: e.digits };
  if (e.type === 'command' && e.command.type === 'record')
    return { ...before, updatedAt: at, recorded: before.recorded || e.command.on };
  const legs = legsOf(log);
  const now = { ...before, updatedAt: at, legs };
  if (e.type === 'ended')
    return {
      ...now,
      endedAt: at,
      status: finalStatus(before.facts, e.why, legs, missed),
      price: priceOf(legs, at, pricePerMinute),
    };
  return { ...now, status: liveStatus(before, legs[0]) };
}

const LIVE: Partial<Record<Leg['state'], CallStatus>> = { ringing: 'ringing', answered: 'in-progress' };

/** Until it is over, a call is what its first phone is. */
const liveStatus = ({ status }: CallRecord, customer: Leg | undefined): CallStatus =>
  LIVE[customer?.state ?? 'dialling'] ?? status;

/** Every phone that was answered costs its begun minutes. */
function priceOf(legs: readonly Leg[], now: Ms, perMinute: number): number {
  const answered = legs.filter(({ answeredAt }) => answeredAt !== undefined);
  const minutes = answered.reduce((sum, leg) => sum + Math.max(1, Math.ceil(onCallSeconds(leg, now) / 60)), 0);
  return Math.round(minutes * perMinute * 1e6) / 1e6;
}
