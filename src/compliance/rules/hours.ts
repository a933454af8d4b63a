import type { Ms } from '../../core/ids.ts';
import { clockText, localClock, type Zone } from '../local-time.ts';
import { isOpen, nextOpening, weekly } from '../openings.ts';
import type { Window } from '../packs/pack.ts';
import { defer, type Finding } from '../situation.ts';
import { dayName } from '../tell.ts';
import type { MakeJudge } from './rule.ts';

type AtHours = (at: Ms) => Finding | undefined;

export const hours: MakeJudge<'hours'> = ({ windows }, { rule, zone }) => {
  const judge = within(windows, zone, rule.says);
  return ({ at }) => judge(at);
};

export const ownHours: MakeJudge<'own-hours'> = (_, { rule, policy, zone }) => {
  if (policy.hours === undefined) return () => undefined;
  const judge = within(policy.hours, zone, `${rule.says}: ${policy.hours.map(tellWindow).join(', ')}`);
  return ({ at }) => judge(at);
};

function within(windows: readonly Window[], zone: Zone, says: string): AtHours {
  const open = weekly(windows);
  return (at) => {
    if (isOpen(at, zone, open)) return undefined;
    return defer('OUTSIDE_HOURS', `it is ${localClock(at, zone)} there; ${says}`, nextOpening(at, zone, open));
  };
}

const tellWindow = ({ from, to, days }: Window): string =>
  `${clockText(from)} to ${clockText(to)}${days === undefined ? '' : ` on ${days.map((day) => dayName(day as 0)).join(', ')}`}`;
