import type { CallFacts } from './event.ts';
import type { CallId, E164, Ms } from './ids.ts';
import type { Leg } from './stage.ts';

/** In Exotel's words. */
export type CallStatus = 'queued' | 'ringing' | 'in-progress' | 'completed' | 'busy' | 'no-answer' | 'failed' | 'canceled';

export const CALL_STATUSES = [
  'queued',
  'ringing',
  'in-progress',
  'completed',
  'busy',
  'no-answer',
  'failed',
  'canceled',
] as const satisfies readonly CallStatus[];

/** What a status callback may be posted for: StatusCallbackEvents of the API. */
export type CallbackEvent = 'terminal' | 'answered' | 'ringing';

/** Which status callbacks somebody wants of a call. Without events one short callback comes when the call is over. */
export type CallbackWish = {
  url: string;
  events: readonly CallbackEvent[];
  encoding: 'multipart/form-data' | 'application/json';
};

/** What is kept of a call that somebody asked for over the API, or that came in. */
export type CallRecord = {
  sid: CallId;
  facts: CallFacts;
  /** Who was called first, or who calls: E.164, or `sip:…`. */
  from: string;
  /** The other side: a second number, or the ExoPhone. */
  to: string;
  status: CallStatus;
  createdAt: Ms;
  updatedAt: Ms;
  /** Absent while the call is under way. */
  endedAt?: Ms;
  legs: readonly Leg[];
  recorded: boolean;
  /** Rupees, once the call is over. */
  price?: number;
  /** The last accepted input. */
  digits?: string;
  wish?: CallbackWish;
};

export type Range = { least?: number; most?: number };

/** Which calls, of which page. Numbers are E.164; cursors are CallSids. */
export type CallQuery = {
  sids?: readonly string[];
  created?: Range;
  from?: readonly string[];
  to?: readonly string[];
  exophones?: readonly E164[];
  statuses?: readonly CallStatus[];
  directions?: readonly CallFacts['direction'][];
  /** Seconds from the first dialling to the end; calls under way have none. */
  duration?: Range;
  price?: Range;
  /** By the time of creation. */
  order: 'asc' | 'desc';
  limit: number;
  /** The page that begins behind this call, in the order asked for. */
  after?: string;
  /** The page that ends before this call, in the order asked for. */
  before?: string;
};

/** `total` counts all that fit the query, whatever the page; the flags tell whether there are some before and after it. */
export type CallPage = { total: number; records: readonly CallRecord[]; isFirst: boolean; isLast: boolean };

export const isUnderWay = ({ endedAt }: CallRecord): boolean => endedAt === undefined;

/** Seconds from the first dialling to the end, each in whole seconds; undefined while the call is under way, and when nobody was dialled. */
export function durationOf({ legs, endedAt }: CallRecord): number | undefined {
  if (endedAt === undefined || legs.length === 0) return undefined;
  const dialledAt = legs.reduce((first, leg) => Math.min(first, leg.dialledAt), Number.POSITIVE_INFINITY);
  return Math.max(0, Math.floor(endedAt / 1000) - Math.floor(dialledAt / 1000));
}
