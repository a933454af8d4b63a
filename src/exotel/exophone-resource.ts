import type { ExoPhone } from '../core/account.ts';
import { normalise } from '../core/phone.ts';
import type { Fields } from './fields.ts';
import { flowNumber } from './ids.ts';
import { circleOf } from './number-resource.ts';
import { national } from './numbers.ts';
import type { Resource } from './resource.ts';

/** v1: `GET …/IncomingPhoneNumbers`. Clients read the number alone. */
export const exophoneList = (phones: readonly ExoPhone[]): Resource => ({
  IncomingPhoneNumbers: phones.map(({ number, name }) => ({
    IncomingPhoneNumber: { Sid: exophoneSid(number), PhoneNumber: national(number), FriendlyName: name },
  })),
});

/** Pages count from 0. */
export type Page = { page: number; size: number };

/** Both spellings are taken; what is no number is as if it were not there, and no page has more than a hundred. */
export function readPage({ first }: Pick<Fields, 'first'>): Page {
  const whole = (...names: readonly string[]): number | undefined => {
    const text = names.map(first).find((value) => value !== undefined) ?? '';
    return /^\d{1,6}$/.test(text) ? Number(text) : undefined;
  };
  const size = whole('page_size', 'PageSize') ?? 50;
  return { page: whole('page', 'Page') ?? 0, size: Math.min(Math.max(size, 1), 100) };
}

/** v2_beta: `GET …/IncomingPhoneNumbers`. */
export function exophonePage(phones: readonly ExoPhone[], { page, size }: Page, account: string): Resource {
  const uri = (n: number): string => `${pathOf(account)}?page=${n}&page_size=${size}`;
  const last = Math.max(0, Math.ceil(phones.length / size) - 1);
  return {
    page,
    page_size: size,
    uri: uri(page),
    first_page_uri: uri(0),
    next_page_uri: page < last ? uri(page + 1) : null,
    previous_page_uri: page > 0 ? uri(Math.min(page - 1, last)) : null,
    incoming_phone_numbers: phones.slice(page * size, (page + 1) * size).map((phone) => exophoneResource(phone, account)),
  };
}

/** v2_beta: one ExoPhone, as in the list. */
export function exophoneResource({ number, name, flow }: ExoPhone, account: string): Resource {
  const sid = exophoneSid(number);
  return {
    sid,
    phone_number: number,
    friendly_name: name,
    capabilities: { voice: true, sms: true },
    country: number.startsWith('+91') ? 'IN' : null,
    region: circleOf(number) ?? null,
    voice_url: flow === undefined ? null : `http://my.exotel.com/${account}/exoml/start_voice/${appId(flow)}`,
    sms_url: null,
    account_sid: account,
    uri: `${pathOf(account)}/${sid}`,
  };
}

/** By its sid, or by its number in any spelling: in calls the number is the PhoneNumberSid. */
export function findExophone(phones: readonly ExoPhone[], sid: string, country: string): ExoPhone | undefined {
  const number = normalise(sid, country);
  return phones.find((phone) => exophoneSid(phone.number) === sid.toLowerCase() || (number.ok && number.number === phone.number));
}

/** 32 hexadecimal digits, the same each time for a number. */
export const exophoneSid = (number: string): string =>
  ['a', 'b', 'c', 'd']
    .map((salt) =>
      hash(salt + number)
        .toString(16)
        .padStart(8, '0'),
    )
    .join('');

/** FNV-1a, stirred: numbers that follow one another get sids that do not. */
function hash(text: string): number {
  let h = 2166136261;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 16777619);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  return (h ^ (h >>> 13)) >>> 0;
}

const pathOf = (account: string): string => `/v2_beta/Accounts/${account}/IncomingPhoneNumbers`;
const appId = (flow: string): string => (/^\d+$/.test(flow) ? flow : flowNumber(flow));
