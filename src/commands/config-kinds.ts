import type { Window } from '../compliance/packs/pack.ts';
import { parseDays, parseMinute } from '../core/hours.ts';
import type { Ms } from '../core/ids.ts';
import { isCountry } from '../core/phone.ts';
import { didYouMean } from '../core/suggest.ts';
import { isoDay, isZone, parseDuration, parseInstant } from '../core/time.ts';

/** One setting: how a text of it is read, in a file as in the environment, and what editors are told. */
export type Setting<T> = {
  about: string;
  /** What it is, for who wrote something else: the end of "it is …". */
  is: string;
  read(text: string): T | undefined;
  /** What to do about a text that cannot be read. */
  advise?(text: string): string;
  /** JSON Schema of one value. */
  shape: Readonly<Record<string, unknown>>;
  /** Unless told. */
  preset?: string;
  /** A list: one value a line in a file, and such marks between them in the environment. */
  between?: ',' | ';';
};

/** A setting that is a list. */
export type Many<T> = Setting<T> & { between: ',' | ';' };

export type ValueOf<S> = S extends Many<infer T> ? readonly T[] : S extends Setting<infer T> ? T : never;

const STRING = { type: 'string', minLength: 1 } as const;

export const text = (about: string): Setting<string> => ({
  about,
  is: 'a text',
  read: (given) => given.trim() || undefined,
  shape: STRING,
});

/** Whether it is one depends on the country. */
export const phone = (about: string): Setting<string> => ({
  ...text(about),
  is: 'a phone number',
  read: (given) => (/\d/.test(given) ? given : undefined),
});

const TRUTHS: Readonly<Record<string, boolean>> = { true: true, yes: true, on: true, false: false, no: false, off: false };

export const flag = (about: string, preset?: boolean): Setting<boolean> => ({
  about,
  is: 'true or false',
  read: (given) => (Object.hasOwn(TRUTHS, given.toLowerCase()) ? TRUTHS[given.toLowerCase()] : undefined),
  shape: { type: 'boolean' },
  ...(preset !== undefined && { preset: String(preset) }),
});

export const count = (least: number, most: number, about: string): Setting<number> => ({
  about,
  is: `a whole number from ${least} to ${most}`,
  read: (given) => (/^\d{1,9}$/.test(given) && +given >= least && +given <= most ? Number(given) : undefined),
  shape: { type: 'integer', minimum: least, maximum: most },
});

export const word = <T extends string>(words: readonly T[], about: string, preset?: T): Setting<T> => ({
  about,
  is: words.length > 20 ? 'one of those that are known' : `one of ${words.join(', ')}`,
  read: (given) => words.find((one) => one.toLowerCase() === given.toLowerCase()),
  advise: (given) => didYouMean(given, words),
  shape: { enum: words },
  ...(preset !== undefined && { preset }),
});

export const many = <T>(setting: Setting<T>, between: ',' | ';' = ','): Many<T> => ({ ...setting, between });

export const instant = (about: string): Setting<Ms> => ({
  about,
  is: 'an instant such as 2026-11-22T10:00, Indian time unless it has a zone',
  read: parseInstant,
  shape: STRING,
});

export const day = (about: string): Setting<string> => ({
  about,
  is: 'a day such as 2026-12-25',
  read: isoDay,
  shape: { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$' },
});

export const duration = (about: string): Setting<Ms> => ({
  about,
  is: 'a duration such as 30s, 5m or 2h',
  read: parseDuration,
  shape: { type: 'string', pattern: '^\\d+(\\.\\d+)?(ms|s|m|h)$' },
});

export const zone = (about: string): Setting<string> => ({
  about,
  is: 'a time zone such as Asia/Kolkata',
  read: (given) => (isZone(given) ? given : undefined),
  shape: STRING,
});

export const country = (about: string, preset: string): Setting<string> => ({
  about,
  is: 'a country, two letters such as IN',
  read: (given) => (isCountry(given.toUpperCase()) ? given.toUpperCase() : undefined),
  shape: { type: 'string', pattern: '^[A-Za-z]{2}$' },
  preset,
});

export const address = (about: string): Setting<string> => ({
  about,
  is: 'an address that begins with http:// or https://',
  read: (given) => (/^https?:\/\//i.test(given) && URL.canParse(given) ? given : undefined),
  shape: { type: 'string', pattern: '^https?://' },
});

export const window = (about: string): Setting<Window> => ({
  about,
  is: 'a part of the day such as 09:30-18:00, with days before it if not every day: mon-fri 09:30-18:00',
  read: parseWindow,
  shape: { type: 'string', pattern: '^([A-Za-z,-]+ +)?\\d{1,2}:\\d{2} *- *\\d{1,2}:\\d{2}$' },
});

function parseWindow(given: string): Window | undefined {
  const [, names, start = '', end = ''] = /^(?:([a-z,-]+)\s+)?(\d{1,2}:\d{2})\s*-\s*(\d{1,2}:\d{2})$/i.exec(given.trim()) ?? [];
  const [from, to] = [parseMinute(start), parseMinute(end)];
  const days = names === undefined ? undefined : parseDays(names);
  if (from === undefined || to === undefined || from >= to || (names !== undefined && days === undefined)) return undefined;
  return { from, to, ...(days && { days }) };
}
