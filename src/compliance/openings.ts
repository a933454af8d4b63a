import { type Ms, ms } from '../core/ids.ts';
import { MINUTE, type Zone } from './local-time.ts';
import type { Window } from './packs/pack.ts';

/** How many days ahead an opening is looked for: longer than any calendar's week, holidays and year. */
export const HORIZON_DAYS = 400;

/** Windows of a day, in their order. */
export type WindowsOn = (day: number, weekday: number) => readonly Window[];

export function isOpen(at: Ms, zone: Zone, windowsOn: WindowsOn): boolean {
  const now = zone.at(at);
  for (const { from, to } of windowsOn(now.day, now.weekday)) if (now.ms >= from * MINUTE && now.ms < to * MINUTE) return true;
  return false;
}

/** When something closed opens next; undefined when it never does. */
export function nextOpening(at: Ms, zone: Zone, windowsOn: WindowsOn): Ms | undefined {
  const today = zone.at(at);
  for (let ahead = 0; ahead <= HORIZON_DAYS; ahead++) {
    const starts = windowsOn(today.day + ahead, (today.weekday + ahead) % 7).map(({ from }) =>
      zone.instant(today.day + ahead, from),
    );
    const next = Math.min(...starts.filter((start) => start > at));
    if (next < Number.POSITIVE_INFINITY) return ms(next);
  }
  return undefined;
}

/** Windows by weekday, each day's in their order. */
export function weekly(windows: readonly Window[]): WindowsOn {
  const days = Array.from({ length: 7 }, (_, weekday) =>
    windows.filter(({ days: on }) => on === undefined || on.includes(weekday)).toSorted((a, b) => a.from - b.from),
  );
  return (_, weekday) => days[weekday] ?? [];
}
