import { ms } from '../../core/ids.ts';
import type { FactOf } from '../known.ts';
import { byTime } from '../known.ts';
import { MINUTE } from '../local-time.ts';
import { defer, type Finding, type Situation, warn } from '../situation.ts';
import { tellSince } from '../tell.ts';
import type { MakeJudge } from './rule.ts';

/** Calls up to the instant; what a simulated past has not yet seen does not count. */
export const frequency: MakeJudge<'frequency'> = (check, { rule, policy, zone }) => {
  const { hard, soft, gapMinutes } = { ...check, ...policy.caps };
  const judgeDay = (today: readonly FactOf<'contacted'>[], { at }: Situation): Finding | undefined => {
    if (today.length < Math.min(soft, hard)) return undefined;
    const says = `it was called ${today.length === 1 ? 'once' : `${today.length} times`} today; ${rule.says}`;
    return today.length < hard
      ? warn('FREQ_DAY', says, today)
      : defer('FREQ_DAY', says, zone.instant(zone.at(at).day + 1, 0), today);
  };
  const judgeGap = (last: FactOf<'contacted'> | undefined, { at }: Situation): Finding | undefined => {
    const until = last && last.at + gapMinutes * MINUTE;
    if (!last || until === undefined || at >= until) return undefined;
    return defer('FREQ_GAP', `it was called at ${tellSince(last)}; ${gapMinutes} minutes lie between two calls`, ms(until), [
      last,
    ]);
  };
  return (situation) => {
    const { known, at } = situation;
    if (known.calls.length === 0) return undefined;
    const { day } = zone.at(at);
    const calls = byTime(known.calls.filter((call) => call.at <= at));
    const today = calls.filter((call) => zone.at(call.at).day === day);
    return [judgeDay(today, situation), judgeGap(calls.at(-1), situation)].filter((finding) => finding !== undefined);
  };
};
