import { type CallRecord, durationOf } from '../core/call-record.ts';
import type { Ms } from '../core/ids.ts';
import { plainIst } from '../core/time.ts';
import { callDetails } from './call-details.ts';
import { type CallView, isSettled } from './call-view.ts';
import { recordingUrl } from './ids.ts';
import { national } from './numbers.ts';
import type { Resource } from './resource.ts';

/** `{ Call: … }`, in the vendor's order: https://developer.exotel.com/api/make-a-call-api and /call-details. */
export const callResource = (record: CallRecord, view: CallView): Resource => ({ Call: call(record, view) });

/** The same without its name, as it stands in a list. */
export function call(record: CallRecord, view: CallView): Resource {
  const plain = view.as === 'created' ? created(record, view) : fetched(record, view);
  return view.details ? { ...plain, Details: callDetails(record, view) } : plain;
}

/** Exotel answers before anything has happened: the status is always the same. */
const created = (record: CallRecord, { account }: CallView): Resource => ({
  Sid: record.sid,
  ParentCallSid: null,
  DateCreated: plainIst(record.createdAt),
  DateUpdated: plainIst(record.updatedAt),
  AccountSid: account,
  To: national(record.to),
  From: national(record.from),
  PhoneNumberSid: national(record.facts.exophone),
  Status: 'in-progress',
  StartTime: plainIst(startedAt(record)),
  EndTime: null,
  Duration: null,
  Price: null,
  Direction: direction(record),
  AnsweredBy: null,
  ForwardedFrom: null,
  CallerName: null,
  Uri: `/v1/Accounts/${account}/Calls.json/${record.sid}`,
  RecordingUrl: null,
});

const fetched = (record: CallRecord, view: CallView): Resource => ({
  Sid: record.sid,
  ParentCallSid: '',
  DateCreated: plainIst(record.createdAt),
  DateUpdated: plainIst(record.updatedAt),
  AccountSid: view.account,
  To: national(record.to),
  From: national(record.from),
  PhoneNumberSid: national(record.facts.exophone),
  Status: record.status,
  StartTime: plainIst(startedAt(record)),
  ...ending(record, view),
  Direction: direction(record),
  AnsweredBy: answeredBy(record),
  ForwardedFrom: '',
  CallerName: '',
  Uri: `/v1/Accounts/${view.account}/Calls/${record.sid}`,
  RecordingUrl: record.recorded && isSettled(record, view) ? recordingUrl(record.sid) : '',
});

function ending(record: CallRecord, view: CallView): Resource {
  if (!isSettled(record, view)) return { EndTime: '', Duration: '', Price: '' };
  return {
    EndTime: plainIst(record.endedAt),
    Duration: String(durationOf(record) ?? ''),
    Price: record.price === undefined ? '' : record.price.toFixed(3),
  };
}

const startedAt = ({ legs, createdAt }: CallRecord): Ms => legs[0]?.dialledAt ?? createdAt;

const direction = ({ facts }: CallRecord): string => (facts.direction === 'inbound' ? 'inbound' : 'outbound-api');

function answeredBy({ legs }: CallRecord): string {
  const first = legs[0];
  return first?.answeredAt === undefined ? '' : (first.by ?? 'human');
}
