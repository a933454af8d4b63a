import type { Store } from '../adapters/store.ts';
import { createGuard } from '../compliance/guard.ts';
import { LIST_ONLY, type Policy } from '../compliance/policy.ts';
import { PROFILES } from '../compliance/profiles.ts';
import { flipsAt } from '../compliance/whitelist-books.ts';
import { standingIn } from '../compliance/whitelist-number.ts';
import { readSwitches, WHITELIST_SWITCHES, type WhitelistSwitches } from '../compliance/whitelist-switches.ts';
import type { Ms } from '../core/ids.ts';
import type { Facts, Gate } from '../core/ports.ts';
import type { SettingValues } from './config-table.ts';
import type { Io } from './io.ts';
import type { Settings } from './settings.ts';

/** By which rules calls and messages of a run are judged, and who runs it. */
export type Law = {
  policy: Policy;
  /** Nobody is really contacted: only what people want stops it. */
  rehearsal: boolean;
  actor: string;
};

/** For worlds that nobody gave a law: the list alone. */
export const LIST_LAW: Law = { policy: LIST_ONLY, rehearsal: true, actor: 'press9' };

export const actorOf = ({ env }: Pick<Io, 'env'>): string => env['USER'] || env['LOGNAME'] || env['USERNAME'] || 'user';

/** The law of a command, from its settings and the store. */
export async function lawOf(io: Io, settings: Settings, store: Store, at: Ms): Promise<Law> {
  return { policy: await policyOf(settings, store, at), rehearsal: settings.values.enforce !== true, actor: actorOf(io) };
}

/** The rules as the settings have them. @param at with switch A1, how the vendor's account stands then. */
export async function policyOf({ values, exophones }: Settings, store: Store, at: Ms): Promise<Policy> {
  const { profile = 'IN-EXOTEL', strict = false, company, hours, holidays, sector, zone, without } = values;
  const { registered, declared, registryAt, barredUntil } = values;
  const switches = switchesOf(values);
  const flips = await flipsAt({ facts: store.facts, at, switches });
  return {
    profile: PROFILES[profile],
    strict,
    whitelist: standingIn(switches, flips),
    ...(company !== undefined && { brand: company }),
    ...(hours && { hours }),
    ...(holidays && { holidays }),
    ...(sector && { sector }),
    ...(zone !== undefined && { zone }),
    ...(without && { without }),
    ...(exophones.length > 0 && { exophones }),
    ...(registered !== undefined && { registered }),
    ...(declared !== undefined && { declared }),
    ...(registryAt !== undefined && { registryAt }),
    ...(barredUntil !== undefined && { barredUntil }),
    ...capsOf(values),
  };
}

function capsOf(values: SettingValues): Pick<Policy, 'caps'> {
  const { 'caps.hard': hard, 'caps.soft': soft, 'caps.gapMinutes': gapMinutes } = values;
  if ((hard ?? soft ?? gapMinutes) === undefined) return {};
  return {
    caps: {
      ...(hard !== undefined && { hard }),
      ...(soft !== undefined && { soft }),
      ...(gapMinutes !== undefined && { gapMinutes }),
    },
  };
}

export function switchesOf(values: SettingValues): WhitelistSwitches {
  const given = Object.entries(values).flatMap(([name, value]) =>
    name.startsWith('whitelist.') ? [[name.slice('whitelist.'.length), value] as const] : [],
  );
  const read = readSwitches(Object.fromEntries(given));
  return read.ok ? read.switches : WHITELIST_SWITCHES;
}

/** The gate of a law. */
export const guardOf = (facts: Pick<Facts, 'about'>, { policy, rehearsal }: Law = LIST_LAW): Gate =>
  createGuard(facts, policy, { rehearsal });

/** What the audit says of the rules that were asked. */
export const namesOf = ({ profile, strict }: Policy): readonly string[] => [
  profile.id,
  ...(strict ? ['strict'] : []),
  ...profile.packs.map(({ id }) => id),
];
