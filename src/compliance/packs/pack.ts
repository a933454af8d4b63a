import type { CallClass } from '../../core/event.ts';
import type { Band, Channel, Contact, Mode } from '../../core/facts.ts';
import type { Source } from '../../core/source.ts';

/** Part of a day, minutes since midnight, the end excluded; on all days unless told. 0 is Sunday. */
export type Window = { from: number; to: number; days?: readonly number[] };

/** What a business is, as the numbering rules divide them; `other` is none of these. */
export type Sector =
  | 'bank'
  | 'small-bank'
  | 'rural-bank'
  | 'large-nbfc'
  | 'nbfc'
  | 'fund'
  | 'pension'
  | 'insurance'
  | 'stockbroker'
  | 'government'
  | 'utility'
  | 'courier'
  | 'logistics'
  | 'other';

/** Which contacts a rule is about; all of them unless told. Classes are those after the rules that change a class. */
export type About = {
  classes?: readonly CallClass[];
  channels?: readonly Channel[];
  purposes?: readonly NonNullable<Contact['purpose']>[];
  modes?: readonly Mode[];
  /** Of the business; a rule with sectors is silent while its sector is not told. */
  sectors?: readonly Sector[];
};

/**
 * How long leave lasts: so many days, or so many calendar months up to the day; or as it says itself, and so long when
 * it says nothing. Without either it does not end. Never longer than it says itself.
 */
export type Term = { days?: number; months?: number; stated?: true };

/** A rule of the book, as data. What each kind means is in `rules/`, one file a kind. */
export type Check =
  /** A number that can be reached on this channel. */
  | { kind: 'number' }
  /** Numbers that are never dialled, after the country code: `x` is any digit, `*` the rest. */
  | { kind: 'forbidden'; numbers: readonly string[] }
  /**
   * The company's list: `own` is what people did themselves. So many minutes after their own transaction they are told of
   * it all the same. Leave of such a term that they gave themselves later is stronger.
   */
  | { kind: 'list'; own: boolean; minutes: number; leave: Term }
  /** The vendor's black list. */
  | { kind: 'blacklist' }
  | { kind: 'class' }
  /** Promotional words make any message promotional. What is harmless is not looked at. */
  | { kind: 'mixing'; words: readonly string[]; harmless: readonly string[] }
  /** The provider places no promotional calls. */
  | { kind: 'no-promo' }
  /** A transactional message later than this is a service message. */
  | { kind: 'transaction'; minutes: number }
  /** The register's preferences: whom each option stops. Explicit leave of such a term passes; a full block when it is later. */
  | { kind: 'register'; full: readonly CallClass[]; promo: readonly CallClass[]; categories: readonly CallClass[]; leave: Term }
  /** Modes of contact, or kinds of days, that the person does not want. */
  | { kind: 'unwanted'; what: 'modes' | 'days' }
  /** The register's bands of the day: `off` for everybody who has not switched them on. */
  | { kind: 'bands'; off: readonly Band[] }
  /** The provider calls a registered number only when it is whitelisted. */
  | { kind: 'whitelist'; inboundMonths: number; apiMonths: number; flipAfter: number }
  /** Leave that a class needs, and how long each kind lasts. Not `needed`: only leave that has ended stops. */
  | { kind: 'consent'; needed: boolean; lasts: Partial<Record<'explicit' | 'inquiry' | 'contract', Term>> }
  /** Nobody who opted out is asked for leave again before so many days. */
  | { kind: 'resolicit'; days: number }
  /** The sender is registered with the operators. */
  | { kind: 'registered' }
  /** Automatic calls are declared to the operator. */
  | { kind: 'declared' }
  /** The number that is shown begins so, or never so. */
  | { kind: 'series'; must?: readonly string[]; never?: readonly string[] }
  /** The number that is shown is one of the company's. */
  | { kind: 'exophone' }
  /** The person can stop further ones. */
  | { kind: 'offer' }
  /** The register was looked at not longer ago. */
  | { kind: 'scrub'; hours: number }
  /** Contacts go out within these windows of the called party's day. */
  | { kind: 'hours'; windows: readonly Window[] }
  /** The windows that the company set itself. */
  | { kind: 'own-hours' }
  /** So many calls a calendar day of the called party, and a gap between two. */
  | { kind: 'frequency'; hard: number; soft: number; gapMinutes: number }
  /** The sender serves a penalty. */
  | { kind: 'barred' }
  /** The person complained. */
  | { kind: 'complaint' };

export type CheckOf<Kind extends Check['kind']> = Extract<Check, { kind: Kind }>;

export type RuleData = About & {
  id: string;
  /** First day it counts, and the first it counts no more: `YYYY-MM-DD` in the pack's zone. */
  from: string;
  until?: string;
  source: Source;
  /** One sentence for people. */
  says: string;
  /** What is not certain about it. */
  doubt?: string;
  /** Warns, and stops nothing. */
  advice?: true;
  check: Check;
};

/** By when an opt-out must be honoured. */
export type Deadline = {
  id: string;
  from: string;
  source: Source;
  says: string;
  within: { hours: number } | { workingDays: number };
};

/** What violations lead to. `from` is the number of violations from which a step counts. */
export type PenaltyModel = {
  id: string;
  /** First day it counts. */
  since: string;
  source: Source;
  says: string;
  steps: readonly { from: number; says: string; rupees?: number; barredDays?: number }[];
};

/** Rules of one country, regulator or provider. */
export type RulePack = {
  id: string;
  title: string;
  /** Of the called party, when their number does not tell: IANA name. */
  zone: string;
  /** All of the country lies in this zone: one told with the policy does not count. */
  oneZone?: true;
  /** What its numbers begin with: `+91`. */
  numbers: readonly string[];
  rules: readonly RuleData[];
  deadlines: readonly Deadline[];
  penalties: readonly PenaltyModel[];
};

/** Rule packs taken together, and what becomes of some of their rules here. */
export type Profile = {
  id: string;
  title: string;
  packs: readonly RulePack[];
  /** Rules that only warn here. */
  advice?: readonly string[];
  /** Rules that are not asked here. */
  leftOut?: readonly string[];
};

/** Before every calendar: for rules that have no first day. */
export const ALWAYS = '0001-01-01';
