import type { CallClass } from '../../core/event.ts';
import type { Contact } from '../../core/facts.ts';
import type { Ms } from '../../core/ids.ts';
import type { Zone } from '../local-time.ts';
import type { Check, CheckOf, RuleData, RulePack } from '../packs/pack.ts';
import type { Policy } from '../policy.ts';
import type { Judge } from '../situation.ts';

/** What a rule is prepared with. */
export type Making = {
  rule: RuleData;
  pack: RulePack;
  policy: Policy;
  /** Of the called party. */
  zone: Zone;
  /** Days since 1970. */
  holidays: ReadonlySet<number>;
};

/** Turns the data of a rule into a judge. */
export type MakeJudge<Kind extends Check['kind']> = (check: CheckOf<Kind>, making: Making) => Judge;

/** A rule that makes a contact one of another class, and why. */
export type Change = { to: CallClass; code: string; says: string };
export type Reclass = (contact: Contact, at: Ms) => Change | undefined;
export type MakeReclass<Kind extends Check['kind']> = (check: CheckOf<Kind>, rule: RuleData) => Reclass;
