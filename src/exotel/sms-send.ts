import type { MessageRecord } from '../core/message-record.ts';
import { normalise } from '../core/phone.ts';
import { type BadRequest, badRequest } from './bad-request.ts';
import type { Fields } from './fields.ts';
import { isWebAddress, type Reader, readerOf } from './reader.ts';
import { airEncoding, smsUnits } from './sms-units.ts';

/** A message that somebody asks to send; what it becomes is for the one who sends it. */
export type SmsRequest = Omit<MessageRecord, 'sid' | 'createdAt' | 'updatedAt' | 'sentAt' | 'status' | 'code' | 'call'>;

/** `several` is answered by an array: there are several numbers, or it is a bulk, be it of one. */
export type ReadSms = { ok: true; requests: readonly SmsRequest[]; several: boolean } | BadRequest;

const LONGEST_BODY = 2000;
const MOST_AT_ONCE = 100;

/**
 * `POST …/Sms/send`: one text to one number, or to several.
 * @param country two letters; for numbers without a `+`.
 * @param senders ExoPhones and sender ids that may stand in From; any when there are none.
 */
export function readSms(fields: Fields, country: string, senders: readonly string[] = []): ReadSms {
  const text = fields.first('Body') ?? '';
  const given = fields.all('To').filter((to) => to.trim() !== '');
  const messages = given.map((to) => ({ to, text }));
  return readAll(fields, messages, messages.length > 1, { country, senders });
}

/** `POST …/Sms/bulksend`: a text for each number. */
export function readBulkSms(fields: Fields, country: string, senders: readonly string[] = []): ReadSms {
  const singular = fields.group('Message');
  const rows = singular.length > 0 ? singular : fields.group('Messages');
  const messages = rows.map(({ To = '', Body = '' }) => ({ to: To, text: Body }));
  return readAll(fields, messages, true, { country, senders });
}

type Account = { country: string; senders: readonly string[] };
type Addressed = { to: string; text: string };

function readAll(fields: Fields, messages: readonly Addressed[], several: boolean, account: Account): ReadSms {
  const read = readerOf(fields);
  const common = readCommon(read, account);
  if (messages.length === 0) read.wrong('To is missing.');
  if (messages.length > MOST_AT_ONCE) read.wrong(`There are ${messages.length} messages; Exotel takes ${MOST_AT_ONCE} at once.`);
  if (common === undefined || read.problems.length > 0) return badRequest(read.problems.join(' '));
  const requests: SmsRequest[] = [];
  for (const message of messages) {
    const one = readOne(message, common, account.country);
    if (!one.ok) return one;
    requests.push(one.request);
  }
  return { ok: true, requests, several };
}

type Common = { asked: MessageRecord['encoding'] | undefined; rest: Omit<SmsRequest, 'to' | 'text' | 'encoding' | 'units'> };

function readOne({ to, text }: Addressed, { asked, rest }: Common, country: string) {
  if (text.trim() === '') return badRequest('Body is empty.');
  if ([...text].length > LONGEST_BODY) return badRequest(`Body has more than ${LONGEST_BODY} characters.`);
  const number = normalise(to, country);
  if (!number.ok) return badRequest(`To is no phone number: ${number.why}.`, `Invalid Recipient [${to.trim()}]`);
  const encoding = airEncoding(text, asked);
  const request: SmsRequest = { ...rest, to: number.number, text, encoding, units: smsUnits(text, encoding) };
  return { ok: true, request } as const;
}

function readCommon(read: Reader, account: Account): Common | undefined {
  const given = read.text('From');
  const from = given === undefined ? undefined : senderIn(given, account.country);
  const asked = read.oneOf('EncodingType', ['plain', 'unicode']);
  const type = read.oneOf('SmsType', ['transactional', 'transactional_opt_in', 'promotional']) ?? 'transactional';
  const priority = read.oneOf('Priority', ['normal', 'high']) ?? 'normal';
  read.oneOf('ShortenUrl', ['true', 'false']);
  const callback = readCallback(read);
  if (from === undefined) return read.wrong('From is missing.');
  if (!maySend(from, account)) return read.wrong('From is no ExoPhone and no sender id of this account.');
  return { asked, rest: { from, type, priority, ...optional(read), ...(callback && { callback }) } };
}

function readCallback(read: Reader): MessageRecord['callback'] {
  const url = read.text('StatusCallback');
  const types = ['application/x-www-form-urlencoded', 'application/json'] as const;
  const encoding = read.oneOf('StatusCallbackContentType', types) ?? types[0];
  if (url === undefined) return undefined;
  return isWebAddress(url) ? { url, encoding } : read.wrong('StatusCallback is no address of http or https.');
}

function optional({ text }: Reader): Pick<SmsRequest, 'dltEntity' | 'dltTemplate' | 'customField'> {
  const [dltEntity, dltTemplate, customField] = [text('DltEntityId'), text('DltTemplateId'), text('CustomField')];
  return { ...(dltEntity && { dltEntity }), ...(dltTemplate && { dltTemplate }), ...(customField && { customField }) };
}

/** A sender id may be in any case. */
const maySend = (from: string, { senders, country }: Account): boolean =>
  senders.length === 0 || senders.some((one) => senderIn(one, country).toUpperCase() === from.toUpperCase());

/** A number may be spelled in any way. */
function senderIn(text: string, country: string): string {
  const number = normalise(text, country);
  return number.ok ? number.number : text;
}
