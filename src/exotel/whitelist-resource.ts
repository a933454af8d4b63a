import { type BadRequest, badRequest } from './bad-request.ts';
import type { Fields } from './fields.ts';
import { readerOf, valuesOf } from './reader.ts';
import type { Resource } from './resource.ts';

export type WhitelistPost = { ok: true; exophone: string; numbers: readonly string[]; language: string };

/** `POST …/CustomerWhitelist`. Numbers stay as they are written: a malformed one is counted, not refused. */
export function readWhitelistPost(fields: Fields): WhitelistPost | BadRequest {
  const { text } = readerOf(fields);
  const exophone = text('VirtualNumber');
  if (exophone === undefined) return badRequest('VirtualNumber is missing.');
  const read = readWhitelistNumbers(fields);
  return read.ok ? { ...read, exophone, language: text('Language') ?? 'en' } : read;
}

/** `DELETE …/CustomerWhitelist?Number=…`; some clients send it in the body. */
export function readWhitelistNumbers(fields: Pick<Fields, 'all'>): { ok: true; numbers: readonly string[] } | BadRequest {
  const numbers = valuesOf(fields.all('Number'));
  return numbers.length > 0 ? { ok: true, numbers } : badRequest('Number is missing.');
}

type Counters = Readonly<Record<'Total' | 'Duplicate' | 'Processed' | 'Succeeded' | 'Redundant' | 'Failed', number>>;

/** The answer to POST and DELETE. */
export function whitelistResult(counters: Counters, message: string): Resource {
  const { Total, Duplicate, Processed, Succeeded, Redundant, Failed } = counters;
  return { Result: { Total, Duplicate, Processed, Succeeded, Redundant, Failed, Message: message } };
}

/** The answer to `GET …/CustomerWhitelist/<number>`: `Expiry` in seconds, -1 for good. */
export const whitelistStatus = ({ Status, Type, Expiry }: { Status: string; Type: string; Expiry: number }): Resource => ({
  Result: { Status, Type, Expiry },
});
