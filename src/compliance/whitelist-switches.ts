import { didYouMean } from '../core/suggest.ts';

/**
 * What the vendor leaves open about its whitelist, each with the reading press9 takes unless told. The names A0 to A14 are
 * those of docs/whitelist.md.
 */
export type WhitelistSwitches = {
  /** A0: months that a person's own call or SMS whitelists them. An older page says 2, a later one 6. */
  inboundMonths: number;
  /** Months that the API whitelists a number. */
  apiMonths: number;
  /** The account asks people to subscribe once more than so many have unsubscribed. */
  flipAfter: number;
  /** A1: does the flip end whitelistings that already stand on people's silence? */
  flipEndsStanding: boolean;
  /** A2: may the account be set back, by an administrator and with a note? */
  resettable: boolean;
  /** A3: hours in which somebody who unsubscribed and then called may be called back; 0 for never. */
  callBackHours: number;
  /** A4: does adding a number again lift its unsubscription? */
  postLiftsUnsubscription: boolean;
  /** A5: how a number is counted whose person has yet to subscribe. */
  askedCountsAs: 'Succeeded' | 'Redundant';
  /** A6: hours after adding a number until it may be called. */
  graceHours: number;
  /** A7: what a missed call of somebody who was never asked means. */
  strangersMissedCall: 'unsubscribes' | 'nothing';
  /** A8: adding a number again in the last so many days of its time renews it; 0 for never. */
  renewDays: number;
  /** A9: does deleting a number also end what its own call gave it? */
  deleteEndsInbound: boolean;
  /** A10: over what time people who unsubscribed are counted, in days; 0 for ever. */
  countDays: number;
  /** A11: whether people are counted, and asked to subscribe, for the account or for each line that messages name. */
  scope: 'account' | 'exophone';
  /** A12: a month by the calendar, or as so many days; 0 for the calendar. */
  monthDays: number;
  /** A13: whose wording of the message that lets people unsubscribe: the developer page's or the older article's. */
  wording: 'developer-page' | 'article';
  /** A14: does an answered call on the whitelist line mean the same as a missed one? If not, it means nothing. */
  answeredCounts: boolean;
  /** Nobody is asked to subscribe a second time within so many hours. */
  quietHours: number;
  /** W7: the agreement about calling registered numbers is signed. */
  agreementSigned: boolean;
  /** W9: a language that is not certain. */
  uncertainLanguage: 'english' | 'refuse';
};

export const WHITELIST_SWITCHES: WhitelistSwitches = {
  inboundMonths: 2,
  apiMonths: 6,
  flipAfter: 3,
  flipEndsStanding: false,
  resettable: true,
  callBackHours: 0,
  postLiftsUnsubscription: false,
  askedCountsAs: 'Succeeded',
  graceHours: 0,
  strangersMissedCall: 'unsubscribes',
  renewDays: 30,
  deleteEndsInbound: true,
  countDays: 0,
  scope: 'account',
  monthDays: 0,
  wording: 'developer-page',
  answeredCounts: true,
  quietHours: 24,
  agreementSigned: true,
  uncertainLanguage: 'english',
};

/** What each switch may be set to: words, or a whole number from the first to the second; true or false when it is neither. */
export const SWITCH_VALUES: Readonly<Record<keyof WhitelistSwitches, readonly string[] | readonly [number, number] | undefined>> =
  {
    inboundMonths: [1, 120],
    apiMonths: [1, 120],
    flipAfter: [0, 1_000_000],
    flipEndsStanding: undefined,
    resettable: undefined,
    callBackHours: [0, 8784],
    postLiftsUnsubscription: undefined,
    askedCountsAs: ['Succeeded', 'Redundant'],
    graceHours: [0, 8784],
    strangersMissedCall: ['unsubscribes', 'nothing'],
    renewDays: [0, 366],
    deleteEndsInbound: undefined,
    countDays: [0, 36_600],
    scope: ['account', 'exophone'],
    monthDays: [0, 31],
    wording: ['developer-page', 'article'],
    answeredCounts: undefined,
    quietHours: [0, 8784],
    agreementSigned: undefined,
    uncertainLanguage: ['english', 'refuse'],
  };

export type ReadSwitches = { ok: true; switches: WhitelistSwitches } | { ok: false; says: string };

/** Switches as a file or a command line gives them, over the defaults. `says` is a sentence. */
export function readSwitches(given: Readonly<Record<string, unknown>>): ReadSwitches {
  const read: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(given)) {
    if (!isSwitch(name)) {
      return { ok: false, says: `There is no switch "${name}". ${didYouMean(name, Object.keys(SWITCH_VALUES))}` };
    }
    const values = SWITCH_VALUES[name];
    read[name] = readValue(value, values);
    if (read[name] === undefined)
      return { ok: false, says: `The switch ${name} is ${sayValues(values)}, not "${String(value)}".` };
  }
  return { ok: true, switches: { ...WHITELIST_SWITCHES, ...read } };
}

const isSwitch = (name: string): name is keyof WhitelistSwitches => Object.hasOwn(SWITCH_VALUES, name);

type Values = (typeof SWITCH_VALUES)[keyof WhitelistSwitches];

const TRUTHS: Readonly<Record<string, boolean>> = { true: true, yes: true, on: true, false: false, no: false, off: false };

function readValue(value: unknown, values: Values): unknown {
  const text = String(value).trim();
  if (values === undefined) return Object.hasOwn(TRUTHS, text) ? TRUTHS[text] : undefined;
  if (isRange(values)) return /^\d{1,9}$/.test(text) && +text >= values[0] && +text <= values[1] ? Number(text) : undefined;
  return values.find((word) => word === text);
}

const isRange = (values: readonly string[] | readonly [number, number]): values is readonly [number, number] =>
  typeof values[0] === 'number';

function sayValues(values: Values): string {
  if (values === undefined) return 'true or false';
  return isRange(values) ? `a whole number from ${values[0]} to ${values[1]}` : values.join(' or ');
}
