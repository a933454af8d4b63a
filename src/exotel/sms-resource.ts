import type { MessageRecord } from '../core/message-record.ts';
import { normalise } from '../core/phone.ts';
import { plainIst } from '../core/time.ts';
import { national } from './numbers.ts';
import type { Resource } from './resource.ts';
import { nameOfCode } from './sms-codes.ts';

/** Whose messages they are, and what stands beside the one that was given in `number/SENDER`. */
export type SmsSender = { account: string; exophone: string; sender: string };

/** A message as the API answers it, in the documented order. Nulls are filled as the message goes on. */
export const smsResource = (record: MessageRecord, by: SmsSender): Resource => ({ SMSMessage: fields(record, by) });

/** The answer to a list of messages. */
export const bulkSmsResource = (records: readonly MessageRecord[], by: SmsSender): readonly Resource[] =>
  records.map((record) => smsResource(record, by));

const fields = (record: MessageRecord, by: SmsSender): Resource => ({
  Sid: record.sid,
  AccountSid: by.account,
  From: shownSender(record.from, by),
  To: national(record.to),
  DateCreated: plainIst(record.createdAt),
  DateUpdated: plainIst(record.updatedAt),
  DateSent: record.sentAt === undefined ? null : plainIst(record.sentAt),
  Body: record.text,
  Direction: 'outbound-api',
  Uri: `/v1/Accounts/${by.account}/SMS/Messages/${record.sid}.json`,
  ApiVersion: null,
  Price: null,
  Status: record.status,
  DetailedStatusCode: record.code,
  DetailedStatus: nameOfCode(record.code),
  SmsUnits: record.sentAt === undefined ? null : record.units,
});

/** `01133001122/KAVERI`, whichever of the two was given as From. */
function shownSender(from: string, { exophone, sender }: SmsSender): string {
  const number = normalise(from);
  return number.ok ? `${national(number.number)}/${sender}` : `${national(exophone)}/${from}`;
}
