import { type Ms, ms } from '../core/ids.ts';
import { isoIst } from '../core/time.ts';

/** `Wed, 23 Feb 2022 12:31:59`: Indian time without a zone, as `Created` is written (captured by frappe). */
export function createdStyle(at: Ms): string {
  const wall = Date.parse(`${isoIst(at).slice(0, 19)}Z`);
  return new Date(wall).toUTCString().replace(/ GMT$/, '');
}

/** Seconds between two instants as they are written, in whole seconds; never below 0. */
export const secondsBetween = (from: Ms, to: Ms): number => Math.max(0, Math.floor(to / 1000) - Math.floor(from / 1000));

/** When a recording that ends now can be fetched: 5 minutes later in the captured requests. */
export const recordingAvailableBy = (ends: Ms): string => createdStyle(ms(ends + 300_000));
