import { type Ms, ms } from '../core/ids.ts';

const IST = 330 * 60_000;
const DAY = 86_400_000;

/**
 * The start of the day, Indian time, so many calendar months later: with 6, a day of October is good up to the end of
 * 31 March. Where that month is too short, its last day. With `days`, so many days for each month instead.
 */
export function monthsLater(at: Ms, months: number, days = 0): Ms {
  const local = at + IST;
  const today = local - (((local % DAY) + DAY) % DAY);
  if (days > 0) return ms(today + months * days * DAY - IST);
  const date = new Date(today);
  const day = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + months + 1);
  date.setUTCDate(0);
  date.setUTCDate(Math.min(day, date.getUTCDate()));
  return ms(date.getTime() - IST);
}
