import { isFinal, type MessageRecord } from '../core/message-record.ts';
import type { Param } from '../core/stage.ts';
import { plainIst } from '../core/time.ts';
import { national } from './numbers.ts';
import { nameOfCode } from './sms-codes.ts';

/** What a callback tells of a message that has come to its end; undefined while it has not. */
export function smsCallback(record: MessageRecord): readonly Param[] | undefined {
  if (!isFinal(record.status)) return undefined;
  return [
    ['SmsSid', record.sid],
    ['To', national(record.to)],
    ['Status', record.status],
    ['SmsUnits', String(record.units)],
    ['DetailedStatus', nameOfCode(record.code)],
    ['DetailedStatusCode', String(record.code)],
    ['DateSent', record.sentAt === undefined ? '' : plainIst(record.sentAt)],
    ...(record.customField === undefined ? [] : ([['CustomField', record.customField]] as const)),
  ];
}

type Encoding = NonNullable<MessageRecord['callback']>['encoding'];

/** Over the wire: form data unless JSON was asked for, where the two counts are numbers. */
export function encodeSmsCallback(
  fields: readonly Param[],
  as: Encoding = 'application/x-www-form-urlencoded',
): { contentType: string; body: string } {
  return { contentType: as, body: as === 'application/json' ? json(fields) : form(fields) };
}

const form = (fields: readonly Param[]): string =>
  new URLSearchParams(fields.map(([name, value]): [string, string] => [name, value])).toString();

const COUNTS = new Set(['SmsUnits', 'DetailedStatusCode']);
const json = (fields: readonly Param[]): string =>
  JSON.stringify(Object.fromEntries(fields.map(([name, value]) => [name, COUNTS.has(name) ? Number(value) : value])));
