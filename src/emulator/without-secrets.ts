import { shownPath } from './shown-path.ts';

/** An address without the name and password that it may hold, and without its query, which may hold a key; numbers are masked. */
export function withoutSecrets(url: string): string {
  const parsed = URL.parse(url);
  return parsed === null ? 'no address' : `${parsed.origin}${shownPath(parsed.pathname)}${parsed.search === '' ? '' : '?…'}`;
}

/** For `JSON.stringify`: addresses in texts lose the name and password that they hold. */
export const hideLogins = (_key: string, value: unknown): unknown =>
  typeof value === 'string' && value.includes('@') ? value.replace(/(https?:\/\/)[^\s/?#]*@/gi, '$1') : value;
