import type { DayType } from '../../core/facts.ts';
import { nextOpening, type WindowsOn } from '../openings.ts';
import { block, defer } from '../situation.ts';
import { dayName } from '../tell.ts';
import type { MakeJudge } from './rule.ts';

const WHOLE_DAY = [{ from: 0, to: 24 * 60 }];

export const unwanted: MakeJudge<'unwanted'> = ({ what }, making) => (what === 'modes' ? modes() : days(making));

const modes = (): ReturnType<MakeJudge<'unwanted'>> => {
  return ({ registration, mode }) =>
    registration?.preference.modes.includes(mode)
      ? block(`DND_MODE_${mode}`, `the register says that promotion by ${mode} is not wanted`, registration.facts)
      : undefined;
};

const days = ({ zone, holidays }: Parameters<MakeJudge<'unwanted'>>[1]): ReturnType<MakeJudge<'unwanted'>> => {
  const refused = (day: number, weekday: number, by: readonly DayType[]): DayType | undefined =>
    holidays.has(day) && by.includes('holiday') ? 'holiday' : by.find((one) => one === weekday);
  return ({ registration, at }) => {
    if (!registration || registration.preference.days.length === 0) return undefined;
    const by = registration.preference.days;
    const { day, weekday } = zone.at(at);
    const type = refused(day, weekday, by);
    if (type === undefined) return undefined;
    const open: WindowsOn = (on, of) => (refused(on, of, by) === undefined ? WHOLE_DAY : []);
    const name = dayName(type);
    const says = `the register says that promotion on ${name === 'holiday' ? 'holidays' : `a ${name}`} is not wanted`;
    return defer(`DND_DAY_${name.toUpperCase()}`, says, nextOpening(at, zone, open), registration.facts);
  };
};
