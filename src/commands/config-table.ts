import { HOUSE } from '../compliance/packs/house.ts';
import type { Sector } from '../compliance/packs/pack.ts';
import { PROFILES, type ProfileName } from '../compliance/profiles.ts';
import { emulatorSettings } from './config-emulator.ts';
import * as kind from './config-kinds.ts';
import { whitelistSettings } from './config-whitelist.ts';

const SECTORS: Readonly<Record<Sector, true>> = {
  bank: true,
  'small-bank': true,
  'rural-bank': true,
  'large-nbfc': true,
  nbfc: true,
  fund: true,
  pension: true,
  insurance: true,
  stockbroker: true,
  government: true,
  utility: true,
  courier: true,
  logistics: true,
  other: true,
};

/** Rules that may be made to warn only: all but those of the company's own list. */
const RULES = [
  ...new Set(
    Object.values(PROFILES)
      .flatMap(({ packs }) => packs)
      .flatMap((pack) => (pack === HOUSE ? [] : pack.rules.map(({ id }) => id))),
  ),
];

/** Every setting, by its path in the file. Names of rules' switches are those of docs/compliance.md. */
export const SETTINGS = {
  company: kind.text('The name that people are told.'),
  exophones: kind.many(kind.phone('The numbers of the company; a call shows the first unless told.')),
  country: kind.country('Country of numbers that are written without a +.', 'IN'),
  profile: kind.word(Object.keys(PROFILES) as ProfileName[], 'Which rules count.', 'IN-EXOTEL'),
  strict: kind.flag('Doubtful rules stop too.', false),
  enforce: kind.flag('press9 run and serve hold to every rule, not only to what people want, or Exotel.', false),
  hours: kind.many(kind.window('Own calling hours in the day of whom is called; they narrow the others.'), ';'),
  'caps.hard': kind.count(1, 1000, 'Calls a day to one number, at most; 3 by the rules.'),
  'caps.soft': kind.count(1, 1000, 'From so many calls a day on, one more is warned of; 2 by the rules.'),
  'caps.gapMinutes': kind.count(0, 10_080, 'Minutes between two calls to one number; 60 by the rules.'),
  holidays: kind.many(kind.day('Public holidays.')),
  sector: kind.word(Object.keys(SECTORS) as Sector[], 'What the business is, for the rules on which number it shows.'),
  zone: kind.zone('Time zone of whom is called, in countries that have several.'),
  registered: kind.flag('The sender is registered with the operators (PE-ID).'),
  declared: kind.flag('Automatic calls are declared to the operator.'),
  registryAt: kind.instant('When the preference register was last looked at.'),
  barredUntil: kind.instant('Until when the sender serves a penalty.'),
  without: kind.many(kind.word(RULES, 'Rules that only warn, by their ids.')),
  startMeans: kind.word(['block', 'allow-only'], 'How START 2,3 to the register is read.', 'block'),
  ...whitelistSettings,
  store: kind.text('Where the do-not-call list is: a file, from the folder of this one, or memory:'),
  'callback.url': kind.address('Where status callbacks are posted.'),
  'callback.profile': kind.word(['automated-calls', 'documented'], 'Which fields a callback has.', 'automated-calls'),
  'callback.format': kind.word(['form', 'json'], 'How a callback is written: multipart/form-data or JSON.', 'form'),
  'callback.events': kind.many(kind.word(['terminal', 'answered'], 'What a callback is posted for; one at the end unless told.')),
  'callback.retries': kind.many(kind.duration('Waits before further attempts to post.')),
  ...emulatorSettings,
} as const;

export type SettingName = keyof typeof SETTINGS;
export type SettingValues = { [Name in SettingName]?: kind.ValueOf<(typeof SETTINGS)[Name]> };

export const SETTING_NAMES = Object.keys(SETTINGS) as SettingName[];

/** Any setting. */
export const settingOf = (name: SettingName): kind.Setting<unknown> => SETTINGS[name];

/** `PRESS9_CAPS_GAP_MINUTES` for `caps.gapMinutes`. */
export const variableOf = (name: SettingName): string =>
  `PRESS9_${name
    .replace(/[A-Z]/g, (capital) => `_${capital}`)
    .replaceAll('.', '_')
    .toUpperCase()}`;

export type ReadTexts = { ok: true; value: unknown } | { ok: false; at: number; says: string; advice?: string };

/** The value of a setting from its texts; of a mistake which text it is, and a sentence. */
export function readTexts(name: SettingName, texts: readonly string[]): ReadTexts {
  const setting = settingOf(name);
  const values: unknown[] = [];
  for (const [at, given] of texts.entries()) {
    const value = setting.read(given.trim());
    if (value === undefined) {
      const advice = setting.advise?.(given.trim());
      return { ok: false, at, says: `${name}: it is ${setting.is}, not "${shortened(given)}".`, ...(advice && { advice }) };
    }
    values.push(value);
  }
  return { ok: true, value: setting.between === undefined ? values[0] : values };
}

const shortened = (given: string): string => (given.length > 60 ? `${given.slice(0, 59)}…` : given);
