import type { CallRecord } from '../core/call-record.ts';
import type { Ms } from '../core/ids.ts';

/** How somebody who asks gets to see a call. */
export type CallView = {
  /** The account's sid. */
  account: string;
  now: Ms;
  /** So long after the end of a call its end, duration, price and recording are known: about two minutes on Exotel. */
  lateBy: Ms;
  details: boolean;
  /** The answer to `POST Calls/connect` has nulls, those to `GET` have empty texts. */
  as: 'created' | 'fetched';
};

/** Has Exotel, which is slow with it, written down how the call ended? */
export const isSettled = (record: CallRecord, { now, lateBy }: CallView): record is CallRecord & { endedAt: Ms } =>
  record.endedAt !== undefined && now >= record.endedAt + lateBy;
