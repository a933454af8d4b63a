import type { CallbackEvent, CallbackWish } from '../core/call-record.ts';
import { isWebAddress, type Reader, readWord } from './reader.ts';

/** `ringing` is in the OpenAPI document of exotel/Agent-Stream only. */
const EVENTS = ['terminal', 'answered', 'ringing'] as const satisfies readonly CallbackEvent[];
const ENCODINGS = ['multipart/form-data', 'application/json'] as const;

/** `StatusCallback` and what belongs to it. Without an address the rest is checked and means nothing. */
export function readWish(read: Reader): CallbackWish | undefined {
  const url = read.text('StatusCallback');
  const named = read.list('StatusCallbackEvents').map((event) => readWord('StatusCallbackEvents', event, EVENTS, read.wrong));
  const events = EVENTS.filter((event) => named.includes(event));
  const encoding = read.oneOf('StatusCallbackContentType', ENCODINGS) ?? 'multipart/form-data';
  if (url === undefined) return undefined;
  if (!isWebAddress(url)) return read.wrong('StatusCallback is no address that begins with http:// or https://.');
  return { url, events, encoding };
}
