import { createHash, timingSafeEqual } from 'node:crypto';
import type { Credentials } from '../parts.ts';

/** Equal, in a time that tells nothing of where they differ. */
export function isSame(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}

/**
 * Basic authorization as Exotel takes it: the API key, or the account's sid as older clients have it, and the token.
 * An application sends the same header again and again: the last good one is known by sight.
 */
export function createAuthorise({ sid, key, token }: Credentials): (header: string | undefined) => boolean {
  const good = new Set([key, sid].map((user) => `Basic ${Buffer.from(`${user}:${token}`).toString('base64')}`));
  return (header) => {
    if (header === undefined) return false;
    if (good.has(header)) return true;
    const encoded = /^basic\s+(\S+)\s*$/i.exec(header)?.[1];
    if (encoded === undefined) return false;
    const [user = '', ...rest] = Buffer.from(encoded, 'base64').toString('utf8').split(':');
    return (isSame(user, key) || isSame(user, sid)) && isSame(rest.join(':'), token);
  };
}
