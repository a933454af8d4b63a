import type { E164, Ms } from '../core/ids.ts';
import { ms } from '../core/ids.ts';
import { dayNumber, MINUTE, startOf, type Zone, zoneOf } from './local-time.ts';
import type { Deadline, PenaltyModel, RulePack } from './packs/pack.ts';
import type { Policy } from './policy.ts';

/** A deadline of one source, and when it ends. */
export type Due = Deadline & { due: Ms };

const covering = (number: E164, { profile }: Policy): readonly RulePack[] =>
  profile.packs.filter(({ numbers }) => numbers.some((prefix) => number.startsWith(prefix)));

const inForce = (from: string, at: Ms, zone: Zone): boolean => at >= startOf(from, zone);

/** By when an opt-out must be honoured. Here it counts at once; sources differ, so each is told, the earliest first. */
export function deadlinesOf(optedOutAt: Ms, number: E164, policy: Policy): readonly Due[] {
  const holidays = new Set((policy.holidays ?? []).map(dayNumber));
  return covering(number, policy)
    .flatMap((pack) => {
      const zone = zoneOf(pack.zone);
      return pack.deadlines
        .filter(({ from }) => inForce(from, optedOutAt, zone))
        .map((deadline) => ({ ...deadline, due: endOf(deadline, optedOutAt, zone, holidays) }));
    })
    .toSorted((a, b) => a.due - b.due);
}

/** Working days are Monday to Friday without holidays; the day of the opt-out does not count. */
function endOf({ within }: Deadline, from: Ms, zone: Zone, holidays: ReadonlySet<number>): Ms {
  if ('hours' in within) return ms(from + within.hours * 60 * MINUTE);
  let { day, weekday } = zone.at(from);
  for (let left = within.workingDays; left > 0; ) {
    day++;
    weekday = (weekday + 1) % 7;
    if (weekday !== 0 && weekday !== 6 && !holidays.has(day)) left--;
  }
  return zone.instant(day + 1, 0);
}

/** What so many violations lead to, by one source. */
export type Consequence = { model: PenaltyModel; step: PenaltyModel['steps'][number] };

/** What violations lead to at an instant, by every source that says something. */
export function consequencesOf(violations: number, number: E164, at: Ms, policy: Policy): readonly Consequence[] {
  return covering(number, policy).flatMap((pack) =>
    pack.penalties.flatMap((model) => {
      const step = model.steps.findLast(({ from }) => violations >= from);
      return step && inForce(model.since, at, zoneOf(pack.zone)) ? [{ model, step }] : [];
    }),
  );
}
