import type { OptOutScope } from './command.ts';
import type { CallClass } from './event.ts';
import type { CallId, E164, Ms } from './ids.ts';
import type { Digit } from './input.ts';
import type { Source } from './source.ts';

/** Where a fact came from. */
export type FactSource =
  | 'key-press'
  | 'manual'
  | 'csv'
  | 'api'
  | 'sms-stop'
  | 'sms-start'
  | 'missed-call'
  | 'agent'
  | 'complaint'
  | 'registry'
  | 'web'
  | 'form'
  | 'call'
  | 'system';

/** Whom a fact is about: a number, or every number that begins so: `+9198765*`. */
export type Subject = E164 | `+${string}*`;

/** The subject of facts about the account as a whole. They are not among what is known of any one number. */
export const WHOLE_ACCOUNT = '+*' satisfies Subject;

/** Whether this stands for the number of somebody who was erased. */
export const isErased = (number: string): boolean => number.startsWith('erased:');

/** How a message reaches a person: by voice in one of four ways, or in writing. */
export type Mode = 'VOICE' | 'SMS' | 'AUTO_PRERECORDED' | 'AUTO_LIVE' | 'ROBO';
/** 1 banking … 8 food; the register's categories of content. */
export type Category = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;
/** The register's nine bands of the day, `i` 00:00-06:00 to `ix` 21:00-24:00, Indian time. */
export type Band = 'i' | 'ii' | 'iii' | 'iv' | 'v' | 'vi' | 'vii' | 'viii' | 'ix';
/** A day that somebody does not want to be contacted on; 0 is Sunday. */
export type DayType = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 'holiday';

/** What a person registered in the preference register (DND). `none` ends an earlier registration. */
export type Preference = {
  block: 'full' | 'promo' | 'categories' | 'none';
  categories: readonly Category[];
  /** Modes, days and bands that are not wanted. */
  modes: readonly Mode[];
  days: readonly DayType[];
  /** Bands switched off, beyond those that are off for everybody; and those switched on. */
  bandsOff: readonly Band[];
  bandsOn: readonly Band[];
};

/** Leave that somebody gave. */
export type Consent = {
  /** `explicit` was said; `inquiry` and `contract` follow from what the person did. */
  basis: 'explicit' | 'inquiry' | 'contract';
  /** What it was given for; of any purpose when absent. */
  purpose?: string;
  category?: Category;
  /** As shown to the person. */
  text?: string;
  ip?: string;
};

/** What reaches the vendor's whitelist; its state is folded from these. */
export type WhitelistEvent =
  /** `asks` is the message that went out: call us to unsubscribe, or to subscribe. */
  | { event: 'post'; exophone: E164; language: string; asks: 'unsubscribe' | 'subscribe' }
  | { event: 'missed-call'; exophone?: E164; answered?: true }
  | { event: 'delete' }
  | { event: 'agent-added' }
  | { event: 'agent-removed' }
  | { event: 'unblock' }
  /** An administrator lets the whole account add people on their silence again; about {@link WHOLE_ACCOUNT}. */
  | { event: 'reset' };

type Known = {
  id: string;
  number: Subject;
  scope: OptOutScope;
  source: FactSource;
  /** When it happened, on the clock of the call or of the person. */
  at: Ms;
  /** When it was written down, on the clock of the machine. */
  recordedAt: Ms;
  /** Who did it: `caller`, a user name, a system. */
  actor: string;
  call?: CallId;
  flow?: string;
  node?: string;
  key?: Digit;
  campaign?: string;
  reason?: string;
  evidence?: string;
  /** Facts that this one lifts. */
  supersedes?: readonly string[];
  /** From this instant on it counts no more. */
  expiresAt?: Ms;
};

/** Facts that tell no more than that they happened. */
export type PlainFact = Known & { kind: 'opt-out' | 'opt-in' | 'revocation' | 'complaint' };

/**
 * Something that happened to a number, as recorded. Facts are appended and superseded, never changed or erased:
 * an opt-in with `supersedes` lifts the opt-outs it names, a revocation the consents.
 */
export type Fact =
  | PlainFact
  | (Known &
      (
        | { kind: 'listing'; preference: Preference }
        | { kind: 'consent'; consent: Consent }
        | { kind: 'whitelist'; whitelist: WhitelistEvent }
        /** The person called or wrote to us. */
        | { kind: 'inbound'; channel: Channel; exophone?: E164 }
        /** We called or wrote to them. */
        | { kind: 'contacted'; channel: Channel; class: CallClass }
      ));

export type FactKind = Fact['kind'];

export type Without<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
export type NewFact = Without<Fact, 'id' | 'recordedAt'>;

export type Channel = 'voice' | 'sms';

/** An attempt that wants to go out. */
export type Contact = {
  number: E164;
  channel: Channel;
  class: CallClass;
  campaign?: string;
  exophone?: E164;
  /** Of the content, for a promotional one. */
  category?: Category;
  mode?: Mode;
  purpose?: 'consent-request' | 'loan-recovery' | 'reminder' | 'survey' | 'delivery' | 'otp' | 'other';
  /** When the customer did what a transactional message is about. */
  transactionAt?: Ms;
  /** What will be said or written, for the rule that promotional words make it promotional. */
  text?: string;
  /** Can the person stop further ones from within it? Unknown when absent. */
  optOutOffered?: boolean;
};

/** What a reason does to a contact. */
export type Effect = 'block' | 'defer' | 'warn';

export type Reason = {
  code: string;
  says: string;
  /** The facts it rests on. */
  facts: readonly Fact[];
  /** Of the rule book; absent when it rests on no rule, such as a store that cannot be read. */
  rule?: { id: string; source: Source; doubt?: string };
  effect?: Effect;
  /** From when on this reason is gone, where that is known. */
  until?: Ms;
};

/** May it go out? `defer` names the instant from which it may. Warnings never stop anything. */
export type Verdict = { verdict: 'allow'; ground: Reason; warnings: readonly Reason[] } | Refusal;

/** Not now, or not at all. Every reason, the most telling first. */
export type Refusal =
  | { verdict: 'defer'; reasons: readonly Reason[]; warnings: readonly Reason[]; nextAllowedAt: Ms }
  | { verdict: 'block'; reasons: readonly Reason[]; warnings: readonly Reason[] };

/** Every reason, as one text for people. */
export const sayReasons = ({ reasons }: Refusal): string => reasons.map(({ says }) => says).join('; ');
