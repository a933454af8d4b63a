import type { Fact } from '../core/facts.ts';
import type { E164, Ms } from '../core/ids.ts';
import type { Profile, Sector, Window } from './packs/pack.ts';
import { PROFILES } from './profiles.ts';

/** Where a number stands with the vendor's whitelist. */
export type Standing = {
  status: 'whitelist' | 'pending' | 'neutral' | 'blacklist';
  /** What it is whitelisted for: its own call or SMS, an agent of the company, the API. */
  type: 'customer' | 'agent' | 'api' | '';
  /** Whitelisted up to, not including, this instant; forever when absent. */
  expiresAt?: Ms;
  /** How it came about, as a clause: `it called the ExoPhone on 2026-03-15`. */
  ground: string;
  /** The facts it rests on. */
  facts?: readonly Fact[];
};

/** Tells a number's standing at an instant from the facts of the number. Pure. */
export type StandingOf = (number: E164, facts: readonly Fact[], at: Ms) => Standing;

/** How often a number may be called, in place of the provider's figures. */
export type Caps = { hard?: number; soft?: number; gapMinutes?: number };

/**
 * By which rules a company decides. Rules are prepared once for each policy object: keep it, do not make one for each contact.
 * What is absent is not known, and rules about it are silent.
 */
export type Policy = {
  profile: Profile;
  /** Doubtful rules stop too, and leave never beats a registration. */
  strict: boolean;
  brand?: string;
  /** The company's own hours in the called party's day; they narrow the others and never widen them. */
  hours?: readonly Window[];
  caps?: Caps;
  /** Ids of rules that only warn, by the company's wish. Those of its own list cannot be named here. */
  without?: readonly string[];
  /** Every registered number is neutral when absent. */
  whitelist?: StandingOf;
  /** Public holidays, `YYYY-MM-DD` in the called party's zone. */
  holidays?: readonly string[];
  sector?: Sector;
  /** IANA name, for countries that lie in more than one zone; the pack's own when absent. */
  zone?: string;
  /** The company's numbers. */
  exophones?: readonly E164[];
  /** Registered as a sender with the operators (PE-ID). */
  registered?: boolean;
  /** Automatic calls declared to the operator. */
  declared?: boolean;
  /** When the preference register was last looked at. */
  registryAt?: Ms;
  /** The sender serves a penalty until then. */
  barredUntil?: Ms;
};

/** India through Exotel, not strict. */
export const DEFAULT_POLICY: Policy = { profile: PROFILES['IN-EXOTEL'], strict: false };

/** Only the company's own list counts. */
export const LIST_ONLY: Policy = { profile: PROFILES.LIST, strict: false };
