import type { Fact } from '../core/facts.ts';
import type { Ms } from '../core/ids.ts';
import { byTime, meets } from './known.ts';
import type { Zone } from './local-time.ts';
import type { Situation } from './situation.ts';

/** The day from which a person who opted out may be asked for leave again. */
export const askableFrom = ({ at }: Fact, days: number, zone: Zone): Ms => zone.instant(zone.at(at).day + days, 0);

/**
 * May this contact, a written request for leave, go to somebody on the list since the law's days have passed? They said
 * that they want no more; the law lets a sender ask once more after so long. Not when strict.
 */
export function mayAskSince(optOut: Fact, { contact, resolicitDays, at, policy }: Situation, zone: Zone): Ms | undefined {
  if (contact.purpose !== 'consent-request' || contact.channel !== 'sms') return undefined;
  if (resolicitDays === undefined || policy.strict) return undefined;
  const from = askableFrom(optOut, resolicitDays, zone);
  return at >= from ? from : undefined;
}

/** The last time the person said no. */
export function lastRefusal({ known, contact, at }: Situation): Fact | undefined {
  return byTime(known.refusals.filter((fact) => fact.at <= at && meets(fact, contact))).at(-1);
}
