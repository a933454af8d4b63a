import type { Ms } from '../core/ids.ts';
import { monthsLater, zoneOf } from './local-time.ts';

const INDIA = zoneOf('Asia/Kolkata');

/**
 * The end of a vendor's term of so many months: the start of a day, Indian time. With 6, a day of October is good up to the
 * end of 31 March. With `days`, so many days for each month instead of the calendar's.
 */
export const endOfTerm = (at: Ms, months: number, days = 0): Ms =>
  days > 0 ? INDIA.instant(INDIA.at(at).day + months * days, 0) : monthsLater(at, months, INDIA);
