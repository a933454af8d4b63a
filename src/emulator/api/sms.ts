import { maskText } from '../../core/phone.ts';
import { noMatchingResults, restException } from '../../exotel/rest-exception.ts';
import { bulkSmsResource, smsResource } from '../../exotel/sms-resource.ts';
import { type ReadSms, readBulkSms, readSms } from '../../exotel/sms-send.ts';
import type { Answer, ApiRequest, Endpoint } from '../http/endpoint.ts';
import type { Messages } from '../messages.ts';
import type { Parts } from '../parts.ts';
import { refused, refusedByUs } from './refusal.ts';

export type SmsParts = Pick<Parts, 'records' | 'country' | 'exophones' | 'senders' | 'named' | 'say'> & {
  /** The account's sid. */
  sid: string;
  messages: Messages;
  /** The number beside a sender id, and the sender id beside a number. */
  exophone: string;
  sender: string;
};

/** SMS v1. */
export function smsEndpoints(parts: SmsParts): readonly Endpoint[] {
  const senders =
    parts.named && parts.senders.length > 0 ? [...parts.exophones.map(({ number }) => number), ...parts.senders] : [];
  return [
    {
      method: 'POST',
      path: 'Sms/send',
      limit: 'sms',
      handle: ({ fields }) => send(parts, readSms(fields, parts.country, senders)),
    },
    {
      method: 'POST',
      path: 'Sms/bulksend',
      limit: 'sms',
      handle: ({ fields }) => send(parts, readBulkSms(fields, parts.country, senders)),
    },
    { method: 'GET', path: 'Sms/Messages/:id', handle: (asked) => one(parts, asked) },
  ];
}

async function send(parts: SmsParts, read: ReadSms): Promise<Answer> {
  const { messages, say } = parts;
  if (!read.ok) {
    say({ about: 'request', says: `400 ${maskText(read.because)}` });
    return refused(restException(read.status, read.says));
  }
  const sent = await messages.send(read.requests);
  if (!sent.sent) return refusedByUs(sent.refusal);
  const { records } = sent;
  const by = { account: parts.sid, exophone: parts.exophone, sender: parts.sender };
  const [only] = records;
  if (!read.several && only) return { status: 200, body: smsResource(only, by) };
  return { status: 200, body: bulkSmsResource(records, by) };
}

async function one({ records, sid, exophone, sender }: SmsParts, { id }: ApiRequest): Promise<Answer> {
  const record = await records.messages.find(id);
  return record ? { status: 200, body: smsResource(record, { account: sid, exophone, sender }) } : refused(noMatchingResults);
}
