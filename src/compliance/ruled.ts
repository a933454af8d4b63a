import type { Reason } from '../core/facts.ts';
import type { Ms } from '../core/ids.ts';
import { isFirm } from '../core/source.ts';
import { dayNumber, startOf, type Zone, zoneOf } from './local-time.ts';
import { HOUSE } from './packs/house.ts';
import type { Check, CheckOf, RuleData, RulePack } from './packs/pack.ts';
import type { Policy } from './policy.ts';
import { isReclass, JUDGES, type JudgedKind, RECLASSES, type ReclassKind, rowOf } from './rules/index.ts';
import type { MakeJudge, MakeReclass, Making, Reclass } from './rules/rule.ts';
import type { Finding, Judge } from './situation.ts';

/** A rule as it counts under a policy. */
export type Ruled = {
  data: RuleData;
  pack: RulePack;
  zone: Zone;
  row: number;
  /** It says what it finds, and stops nothing. */
  warnsOnly: boolean;
  cited: NonNullable<Reason['rule']>;
  judge: Judge | undefined;
  reclass: Reclass | undefined;
  from: Ms;
  until: number;
};

/** The rules of a policy, the most telling first. */
export function ruledBy(policy: Policy): readonly Ruled[] {
  const { packs, leftOut = [] } = policy.profile;
  const holidays = new Set((policy.holidays ?? []).map(dayNumber));
  return packs
    .flatMap((pack) => {
      const zone = zoneFor(pack, policy);
      return pack.rules
        .filter(({ id, sectors }) => !leftOut.includes(id) && (!sectors || (policy.sector && sectors.includes(policy.sector))))
        .map((rule) => prepare({ rule, pack, policy, zone, holidays }));
    })
    .toSorted((a, b) => a.row - b.row);
}

function prepare(making: Making): Ruled {
  const { rule, pack, zone } = making;
  const { id, source, doubt, check, from, until } = rule;
  return {
    data: rule,
    pack,
    zone,
    row: rowOf(check),
    warnsOnly: warnsOnly(making),
    cited: { id, source, ...(doubt !== undefined && { doubt }) },
    judge: isReclass(check) ? undefined : makeJudge(check as CheckOf<JudgedKind>, making),
    reclass: isReclass(check) ? makeReclass(check, rule) : undefined,
    from: startOf(from, zone),
    until: until === undefined ? Number.POSITIVE_INFINITY : startOf(until, zone),
  };
}

function warnsOnly({ rule: { id, advice, source }, pack, policy }: Making): boolean {
  if (advice || policy.profile.advice?.includes(id)) return true;
  if (pack !== HOUSE && policy.without?.includes(id)) return true;
  return !policy.strict && !isFirm(source);
}

/** The company's own rules go by the clock of the profile's country. */
function zoneFor(pack: RulePack, { profile, zone }: Policy): Zone {
  const country = pack === HOUSE ? (profile.packs.find((one) => one !== HOUSE) ?? pack) : pack;
  return zoneOf(country.oneZone ? country.zone : (zone ?? country.zone));
}

const makeJudge = (check: CheckOf<JudgedKind>, making: Making): Judge =>
  (JUDGES[check.kind] as MakeJudge<JudgedKind>)(check, making);

const makeReclass = (check: CheckOf<ReclassKind>, rule: RuleData): Reclass =>
  (RECLASSES[check.kind] as MakeReclass<ReclassKind>)(check, rule);

/** A finding as people are told of it. */
export const reasonOf = ({ warnsOnly: warns, cited }: Ruled, { code, says, facts, effect, until }: Finding): Reason => ({
  code,
  says,
  facts,
  rule: cited,
  effect: warns ? 'warn' : effect,
  ...(until !== undefined && { until }),
});

export const isOfKind = <Kind extends Check['kind']>(
  ruled: Ruled,
  kind: Kind,
): ruled is Ruled & { data: { check: CheckOf<Kind> } } => ruled.data.check.kind === kind;
