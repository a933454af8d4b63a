import type { Lead, WaitEnd } from '../call/next.ts';
import type { CallClass } from '../core/event.ts';
import type { Ms } from '../core/ids.ts';

const CLASSES: Record<CallClass, string> = {
  P: 'promotional',
  SE: 'service-explicit',
  SI: 'service-implicit',
  T: 'transactional',
  G: 'government',
};
export const tellClass = (short: CallClass): string => CLASSES[short];

/** `3.1 s`. */
export const tellSeconds = (d: number): string => `${(Math.max(0, d) / 1000).toFixed(1)} s`;

/** `84 ms`, `1.2 s`. */
export const tellTook = (d: number): string => (d < 1000 ? `${Math.round(d)} ms` : tellSeconds(d));

export const left = (until: Ms, now: Ms): number => Math.max(0, until - now);

/** The short name of where an exit leads, for the keypad. */
export const placeOf = ({ to }: Lead): string => (!to ? 'drops' : to.type === 'back' ? 'returns' : to.id);

/** Where an exit leads, as part of a sentence: `bye: Hangup, ends the call`. */
export function tellLead({ exit, to }: Lead): string {
  if (!to) return `nowhere: "${exit}" is not wired, the call is dropped`;
  if (to.type === 'back') return `back to the calling flow${to.as ? ` as "${to.as}"` : ''}`;
  return `${to.id}: ${to.title}, ${to.summary}`;
}

/** What silence brings. */
export function tellWaitEnd(end: WaitEnd): string {
  if (end.type === 'goes on') return 'then: goes on here';
  if (end.type === 'leaves') return `then: ${end.lead.exit} -> ${end.lead.to ? placeOf(end.lead) : tellLead(end.lead)}`;
  const last = end.atLast ? `; after the last, ${end.atLast.exit} -> ${placeOf(end.atLast)}` : '';
  return `then: asks again (${end.nth} of ${end.of})${last}`;
}

/** An address without its query, which the web tab shows whole. */
export const shortUrl = (url: string): string => {
  const [before = '', query] = url.replace(/^https?:\/\//, '').split('?', 2);
  return query === undefined ? before : `${before}?…`;
};
