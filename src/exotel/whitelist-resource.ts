import { type Asked, type BadRequest, badRequest, given } from './asked.ts';
import type { Resource } from './resource.ts';

export type WhitelistPost = { ok: true; exophone: string; numbers: readonly string[]; language: string };

/** `POST …/CustomerWhitelist`. Numbers stay as they are written: a malformed one is counted, not refused. */
export function readWhitelistPost(asked: Asked): WhitelistPost | BadRequest {
  const exophone = given(asked, 'VirtualNumber');
  if (exophone === undefined) return badRequest('VirtualNumber is empty');
  const read = readWhitelistNumbers(asked);
  return read.ok ? { ...read, exophone, language: given(asked, 'Language') ?? 'en' } : read;
}

/** `DELETE …/CustomerWhitelist?Number=…`; some clients send it in the body. */
export function readWhitelistNumbers(asked: Pick<Asked, 'all'>): { ok: true; numbers: readonly string[] } | BadRequest {
  const numbers = asked.all('Number').flatMap((list) => list.split(','));
  const written = numbers.map((number) => number.trim()).filter((number) => number !== '');
  return written.length > 0 ? { ok: true, numbers: written } : badRequest('Number is empty');
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
