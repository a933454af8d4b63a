import type { OpenHours } from './command.ts';
import type { Ms } from './ids.ts';
import type { OpenState } from './input.ts';
import { zonedTime } from './time.ts';

/** Open from the first minute of `from` up to, not including, `to`. A holiday beats the weekday. */
export function openState(at: Ms, { zone, open, holidays }: OpenHours): OpenState {
  const { day, weekday, minute } = zonedTime(at, zone);
  if (holidays.includes(day)) return 'holiday';
  return open.some(({ days, from, to }) => days.includes(weekday) && minute >= from && minute < to) ? 'open' : 'closed';
}

const DAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
/** Three letters or more of a day's name. */
const dayOf = (name: string): number => (name.length < 3 ? -1 : DAYS.findIndex((day) => day.startsWith(name)));

/** `mon-fri`, `sat`, `mon,wed,fri`, `daily`: numbers, 0 is Sunday. */
export function parseDays(text: string): number[] | undefined {
  const days = new Set<number>();
  for (const part of text.toLowerCase().split(',')) {
    if (part.trim() === 'daily') {
      for (let d = 0; d < 7; d++) days.add(d);
      continue;
    }
    const [first = -1, last = first] = part.split('-').map((name) => dayOf(name.trim()));
    if (first < 0 || last < 0 || part.split('-').length > 2) return undefined;
    for (let d = first; ; d = (d + 1) % 7) {
      days.add(d);
      if (d === last) break;
    }
  }
  return [...days].sort();
}

/** `09:00` in minutes since midnight; `24:00` is the end of the day. */
export function parseMinute(text: string): number | undefined {
  const match = /^([01]?\d|2[0-4]):([0-5]\d)$/.exec(text);
  const minute = Number(match?.[1]) * 60 + Number(match?.[2]);
  return match && minute <= 1440 ? minute : undefined;
}
