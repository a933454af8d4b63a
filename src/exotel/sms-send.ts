import type { MessageRecord } from '../core/message-record.ts';
import { normalise } from '../core/phone.ts';
import { type Asked, type BadRequest, badRequest, given } from './asked.ts';
import { airEncoding, smsUnits } from './sms-units.ts';

/** A message that somebody asks to send; what it becomes is for the one who sends it. */
export type SmsRequest = Omit<MessageRecord, 'sid' | 'createdAt' | 'updatedAt' | 'sentAt' | 'status' | 'code' | 'call'>;

/** `several` is answered by an array: the client sent a list, be it of one. */
export type ReadSms = { ok: true; requests: readonly SmsRequest[]; several: boolean } | BadRequest;

const LONGEST_BODY = 2000;
const MOST_AT_ONCE = 100;

/**
 * `POST …/Sms/send`: one text to one number, or to several.
 * @param country two letters; for numbers without a `+`.
 * @param senders ExoPhones and sender ids that may stand in From; any when there are none.
 */
export function readSms(asked: Asked, country: string, senders: readonly string[] = []): ReadSms {
  const tos = asked.all('To');
  const text = asked.first('Body') ?? '';
  return readAll(
    asked,
    tos.map((to) => ({ to, text })),
    tos.length > 1,
    { country, senders },
  );
}

/** `POST …/Sms/bulksend`: a text for each number. */
export function readBulkSms(asked: Asked, country: string, senders: readonly string[] = []): ReadSms {
  const [singular, plural] = [asked.group('Message'), asked.group('Messages')];
  const rows = singular.length > 0 ? singular : plural;
  return readAll(
    asked,
    rows.map(({ To = '', Body = '' }) => ({ to: To, text: Body })),
    true,
    { country, senders },
  );
}

type Account = { country: string; senders: readonly string[] };
type Addressed = { to: string; text: string };

function readAll(asked: Asked, messages: readonly Addressed[], several: boolean, account: Account): ReadSms {
  if (messages.length === 0) return badRequest('nobody is named in To');
  if (messages.length > MOST_AT_ONCE)
    return badRequest(`${messages.length} messages are asked for, and ${MOST_AT_ONCE} are the most`);
  const common = readCommon(asked, account);
  if (!common.ok) return common;
  const requests: SmsRequest[] = [];
  for (const message of messages) {
    const read = readOne(message, common, account.country);
    if (!read.ok) return read;
    requests.push(read.request);
  }
  return { ok: true, requests, several };
}

type Common = { ok: true; encoding: MessageRecord['encoding'] | undefined; rest: Omit<SmsRequest, Own> };
type Own = 'to' | 'text' | 'encoding' | 'units';

function readOne({ to, text }: Addressed, { encoding: asked, rest }: Common, country: string) {
  if (text.trim() === '') return badRequest('Body is empty');
  if ([...text].length > LONGEST_BODY) return badRequest(`Body has more than ${LONGEST_BODY} characters`);
  const number = normalise(to, country);
  if (!number.ok) return badRequest(`To is no phone number: ${number.why}`, `Invalid Recipient [${to.trim()}]`);
  const encoding = airEncoding(text, asked);
  const request: SmsRequest = { ...rest, to: number.number, text, encoding, units: smsUnits(text, encoding) };
  return { ok: true, request } as const;
}

const CHOICES = {
  EncodingType: ['plain', 'unicode'],
  Priority: ['normal', 'high'],
  SmsType: ['transactional', 'transactional_opt_in', 'promotional'],
  StatusCallbackContentType: ['application/x-www-form-urlencoded', 'application/json'],
  ShortenUrl: ['true', 'false'],
} as const;
type Choice = keyof typeof CHOICES;

/** A parameter that has to be one of some words, in any case. */
function choice<Name extends Choice>(asked: Asked, name: Name): (typeof CHOICES)[Name][number] | undefined {
  const text = given(asked, name)?.toLowerCase();
  return CHOICES[name].find((word) => word === text);
}

function readCommon(asked: Asked, account: Account): Common | BadRequest {
  const from = given(asked, 'From');
  if (from === undefined) return badRequest('From is empty');
  if (!maySend(from, account)) return badRequest('From is no ExoPhone and no sender id of this account');
  for (const name of Object.keys(CHOICES) as Choice[])
    if (given(asked, name) !== undefined && choice(asked, name) === undefined)
      return badRequest(`${name} is none of ${CHOICES[name].join(', ')}`);
  const url = given(asked, 'StatusCallback');
  if (url !== undefined && !isWebAddress(url)) return badRequest('StatusCallback is no address of http or https');
  const encoding = choice(asked, 'StatusCallbackContentType') ?? 'application/x-www-form-urlencoded';
  const rest = {
    from,
    type: choice(asked, 'SmsType') ?? 'transactional',
    priority: choice(asked, 'Priority') ?? 'normal',
    ...optional(asked),
    ...(url !== undefined && { callback: { url, encoding } }),
  } as const;
  return { ok: true, encoding: choice(asked, 'EncodingType'), rest };
}

function optional(asked: Asked): Pick<SmsRequest, 'dltEntity' | 'dltTemplate' | 'customField'> {
  const [dltEntity, dltTemplate] = [given(asked, 'DltEntityId'), given(asked, 'DltTemplateId')];
  const customField = asked.first('CustomField') || undefined;
  return { ...(dltEntity && { dltEntity }), ...(dltTemplate && { dltTemplate }), ...(customField && { customField }) };
}

/** A number may be spelled in any way; a sender id in any case. */
function maySend(from: string, { senders, country }: Account): boolean {
  if (senders.length === 0) return true;
  const spelled = (text: string): string => {
    const number = normalise(text, country);
    return number.ok ? number.number : text.toUpperCase();
  };
  return senders.map(spelled).includes(spelled(from));
}

const isWebAddress = (text: string): boolean => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
