import { sayEnd } from '../call/fold.ts';
import type { Lead, WaitEnd } from '../call/next.ts';
import type { Silence } from '../call/silence.ts';
import type { CallClass } from '../core/event.ts';
import type { Gives } from '../core/gives.ts';
import type { Ms } from '../core/ids.ts';
import { maskText } from '../core/phone.ts';
import { showClock } from '../core/time.ts';
import { columns } from './width.ts';

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

/** The first wording for which there is room; the last one if there is for none. */
export const fitting = (width: number, wordings: readonly string[]): string =>
  wordings.find((text) => columns(text) <= width) ?? wordings.at(-1) ?? '';

/** The short name of where an exit leads, for the keypad. */
export const placeOf = ({ to }: Lead): string => (!to ? 'drops' : to.type === 'back' ? 'returns' : to.id);

/** Where an exit leads, as part of a sentence: `bye: Hangup, ends the call`. */
export function tellLead({ exit, to }: Lead): string {
  if (!to) return `nowhere: "${exit}" is not wired, the call is dropped`;
  if (to.type === 'back') return `back to the calling flow${to.as ? ` as "${to.as}"` : ''}`;
  return `${to.id}: ${to.title}, ${maskText(to.summary)}`;
}

/** What silence brings, the fullest wording first. */
export function tellWaitEnd(end: WaitEnd): readonly string[] {
  if (end.type === 'goes on') return ['then: goes on here'];
  if (end.type === 'leaves') {
    const { exit, to } = end.lead;
    return to
      ? [`then: ${exit} -> ${tellLead(end.lead)}`, `then: ${exit} -> ${placeOf(end.lead)}`]
      : [`then: ${tellLead(end.lead)}`];
  }
  const again = `then: asks again (${end.nth} of ${end.of})`;
  if (!end.atLast) return [again];
  const last = placeOf(end.atLast);
  return [`${again}; after the last, ${end.atLast.exit} -> ${last}`, `${again}, at last ${last}`, again];
}

type Asks = Extract<Silence, { type: 'asks' }>;
const UNKNOWN: Record<Asks['whom'], { now: string; later: string; short: string }> = {
  server: { now: 'the server decides how it goes on', later: 'a server is asked', short: 'asks a server' },
  agent: { now: 'the agent decides how it goes on', later: 'an agent is called', short: 'calls an agent' },
  recording: { now: 'goes on after the recording', later: 'a recording plays', short: 'a recording' },
};

/** How the call ends when nobody does anything, the fullest wording first. `since` is its start. */
export function tellSilence(silence: Silence, since: Ms, now: Ms): readonly string[] {
  const at = showClock((silence.type === 'goes on' ? silence.until : silence.at) - since);
  if (silence.type === 'goes on') {
    const on = 'if nobody does anything, it goes';
    return [`${on} round until its time limit at ${at}`, `${on} on until ${at}`, `left alone: goes on to ${at}`];
  }
  if (silence.type === 'asks') {
    const says = UNKNOWN[silence.whom];
    if (silence.at <= now) return [says.now];
    return [`if nobody does anything, ${says.later} at ${at}`, `left alone: ${says.short} at ${at}`];
  }
  const whole = `if nobody does anything, the call ends at ${at}`;
  return [`${whole}: ${sayEnd(silence.why)}`, whole, `left alone: ends at ${at}`];
}

/** What a web request gets, in a word or two. */
export const tellGives = (gives: Gives): string =>
  gives.type === 'answer' ? String(gives.status) : gives.type === 'timeout' ? 'time-out' : 'refused';

/** An address without its query, which the web tab shows whole, and without the keys that may stand before the host. */
export const shortUrl = (url: string): string => {
  const [before = '', query] = url.replace(/^https?:\/\/(?:[^/?#@]*@)?/, '').split('?', 2);
  return query === undefined ? before : `${before}?…`;
};
