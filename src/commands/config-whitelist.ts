import { SWITCH_VALUES, WHITELIST_SWITCHES, type WhitelistSwitches } from '../compliance/whitelist-switches.ts';
import { count, flag, type Setting, word } from './config-kinds.ts';

type Switch = keyof WhitelistSwitches;

const ABOUT: Readonly<Record<Switch, string>> = {
  inboundMonths: 'Months for which their own call or SMS whitelists people.',
  apiMonths: 'Months for which the API whitelists a number.',
  flipAfter: 'When more people than this have unsubscribed, they are asked to subscribe instead.',
  flipEndsStanding: 'That change also ends what stood on the silence of people.',
  resettable: 'An administrator may set the account back.',
  callBackHours: 'Hours in which who unsubscribed and then called may be called back; 0 is never.',
  postLiftsUnsubscription: 'To add a number again lifts its unsubscription.',
  askedCountsAs: 'How a number is counted that has yet to subscribe.',
  graceHours: 'Hours after a number was added until it may be called.',
  strangersMissedCall: 'What a missed call means of who was never asked.',
  renewDays: 'To add a number again in the last so many days renews it; 0 is never.',
  deleteEndsInbound: 'To delete a number also ends what its own call gave it.',
  countDays: 'Days in which those who unsubscribed are counted; 0 is for ever.',
  scope: 'Whether people are counted for the account or for each line.',
  monthDays: 'A month is so many days; 0 is the calendar.',
  wording: 'Whose wording the message has.',
  answeredCounts: 'A call that is answered counts as a missed one.',
  quietHours: 'Hours in which nobody is asked a second time.',
  agreementSigned: 'The agreement about registered numbers is signed.',
  uncertainLanguage: 'A language that is not certain: English instead, or refused.',
};

/** Of each switch of the vendor's whitelist the text it was given. */
export type WhitelistSettings = { [Name in Switch as `whitelist.${Name}`]: Setting<string> };

function settingOf(name: Switch): Setting<string> {
  const { read, ...setting } = kindOf(name);
  const canonical = (given: string): string | undefined => {
    const value = read(given);
    return value === undefined ? undefined : String(value);
  };
  return { ...setting, read: canonical, preset: String(WHITELIST_SWITCHES[name]) };
}

function kindOf(name: Switch): Setting<unknown> {
  const [values, about] = [SWITCH_VALUES[name], ABOUT[name]];
  if (values === undefined) return flag(about);
  return isRange(values) ? count(values[0], values[1], about) : word(values, about);
}

const isRange = (values: readonly string[] | readonly [number, number]): values is readonly [number, number] =>
  typeof values[0] === 'number';

export const whitelistSettings = Object.fromEntries(
  (Object.keys(ABOUT) as Switch[]).map((name) => [`whitelist.${name}`, settingOf(name)]),
) as WhitelistSettings;
