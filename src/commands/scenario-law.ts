import { LIST_ONLY, type Policy } from '../compliance/policy.ts';
import { parsePreference } from '../compliance/preference.ts';
import { PROFILES, type ProfileName } from '../compliance/profiles.ts';
import { standingIn } from '../compliance/whitelist-number.ts';
import { WHITELIST_SWITCHES } from '../compliance/whitelist-switches.ts';
import type { NewFact, Preference } from '../core/facts.ts';
import { type E164, type Ms, ms } from '../core/ids.ts';
import { UserError } from '../core/problem.ts';
import type { Scenario } from '../scenario/read.ts';

const DAY = 86_400_000;

/** The rules of a scenario: all that it names count, as in earnest. */
export const policyIn = ({ rules }: Scenario['world']): Policy => (rules === undefined ? LIST_ONLY : POLICIES[rules]);

const policyBy = (name: ProfileName): Policy => ({
  profile: PROFILES[name],
  strict: false,
  whitelist: standingIn(WHITELIST_SWITCHES),
});

const POLICIES: Readonly<Record<ProfileName, Policy>> = {
  'IN-EXOTEL': policyBy('IN-EXOTEL'),
  'IN-TCCCPR': policyBy('IN-TCCCPR'),
  LIST: LIST_ONLY,
};

/** What is known of the customer before the call, besides the list. @throws UserError for what is no command of the register. */
export function earlierFacts({ dnd, consent, 'called us': called }: Scenario['world'], number: E164, at: Ms): readonly NewFact[] {
  const base = { number, scope: 'all', actor: 'scenario' } as const;
  const daysAgo = (days: number) => ms(at - days * DAY);
  return [
    ...(dnd === undefined
      ? []
      : [{ ...base, kind: 'listing', source: 'registry', at: daysAgo(2), preference: preferenceOf(dnd) } as const]),
    ...(consent === undefined
      ? []
      : [{ ...base, kind: 'consent', source: 'web', at: daysAgo(1), consent: { basis: consent } } as const]),
    ...(called === undefined ? [] : [{ ...base, kind: 'inbound', source: 'call', at: called, channel: 'voice' } as const]),
  ];
}

function preferenceOf(words: string): Preference {
  const read = parsePreference(words);
  if (read.ok) return read.preference;
  throw new UserError(`"${words}" is no command of the register: ${read.why}.`);
}
