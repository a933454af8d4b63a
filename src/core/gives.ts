import type { Ms } from './ids.ts';

/** What somebody decided that a web request gets, instead of a server's own answer. */
export type Gives =
  | { type: 'answer'; status: number; contentType: string; after: Ms; body: string }
  | { type: 'timeout' }
  | { type: 'refused' };

/** The type of a body that says none. */
export function typeOf(body: string): string {
  if (!/^\s*[{[]/.test(body)) return 'text/plain';
  try {
    JSON.parse(body);
    return 'application/json';
  } catch {
    return 'text/plain';
  }
}
