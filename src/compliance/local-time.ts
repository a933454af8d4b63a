import { type Ms, ms } from '../core/ids.ts';
import { zonedTime } from '../core/time.ts';
import { ALWAYS } from './packs/pack.ts';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 86_400_000;

/** A place's calendar and clock: days since 1970, weekday (0 is Sunday), milliseconds since midnight. */
export type LocalTime = { day: number; weekday: number; ms: number };

/** How a place reckons time. */
export type Zone = {
  name: string;
  at(instant: Ms): LocalTime;
  /** The first instant at which the clock there shows this minute of the day, or a later one when it skips that minute. */
  instant(day: number, minute: number): Ms;
};

const zones = new Map<string, Zone>();

/** @param name IANA name. @throws RangeError when there is no such zone. */
export function zoneOf(name: string): Zone {
  const known = zones.get(name);
  if (known) return known;
  const zone = makeZone(name, name === 'Asia/Kolkata' ? () => 330 * MINUTE : (instant) => offsetIn(name, instant));
  zones.set(name, zone);
  return zone;
}

function makeZone(name: string, offset: (instant: number) => number): Zone {
  let last: { instant: number; local: LocalTime } | undefined;
  const at = (instant: Ms): LocalTime => {
    if (last?.instant === instant) return last.local;
    const shifted = instant + offset(instant);
    const day = Math.floor(shifted / DAY);
    const local = { day, weekday: weekdayOf(day), ms: shifted - day * DAY };
    last = { instant, local };
    return local;
  };
  const instant = (day: number, minute: number): Ms => {
    const wanted = day * DAY + minute * MINUTE;
    const early = offset(wanted - DAY / 2);
    const late = offset(wanted + DAY / 2);
    const guesses = [wanted - Math.max(early, late), wanted - Math.min(early, late)] as const;
    return ms(guesses.find((guess) => guess + offset(guess) >= wanted) ?? guesses[1]);
  };
  return { name, at, instant };
}

const weekdayOf = (day: number): number => (((day + 4) % 7) + 7) % 7;

function offsetIn(zone: string, instant: number): number {
  const { day, minute } = zonedTime(ms(instant), zone);
  return Date.parse(`${day}T00:00:00Z`) + minute * MINUTE - Math.floor(instant / MINUTE) * MINUTE;
}

/** Days since 1970 of `YYYY-MM-DD`. */
export const dayNumber = (day: string): number => Date.parse(`${day}T00:00:00Z`) / DAY;

/** Its first instant. */
export const startOf = (day: string, zone: Zone): Ms =>
  day === ALWAYS ? ms(Number.NEGATIVE_INFINITY) : zone.instant(dayNumber(day), 0);

/** Midnight at the beginning of the day so many calendar months later; of a shorter month the last day. */
export function monthsLater(at: Ms, months: number, zone: Zone): Ms {
  const date = new Date(zone.at(at).day * DAY);
  const dayOfMonth = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + months + 1);
  date.setUTCDate(0);
  date.setUTCDate(Math.min(dayOfMonth, date.getUTCDate()));
  return zone.instant(date.getTime() / DAY, 0);
}

/** `09:00` for minutes since midnight. */
export const clockText = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

/** The local clock: `21:05`. */
export const localClock = (at: Ms, zone: Zone): string => clockText(Math.floor(zone.at(at).ms / MINUTE));
