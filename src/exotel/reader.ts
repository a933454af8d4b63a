import { type E164, type Ms, ms } from '../core/ids.ts';
import { maskText, normalise } from '../core/phone.ts';
import { plainText } from '../core/plain-text.ts';
import { didYouMean } from '../core/suggest.ts';
import type { Fields } from './fields.ts';

/** Reads parameters and collects, as sentences with masked numbers, what is wrong with them. */
export type Reader = {
  readonly problems: readonly string[];
  wrong(says: string): undefined;
  /** A parameter without a value counts as not given. */
  text(name: string): string | undefined;
  /** All values, those with commas taken apart. */
  list(name: string): readonly string[];
  /** Mandatory; E.164, or `sip:…` as it stands. */
  phone(name: string, country: string): string | undefined;
  /** Mandatory. */
  number(name: string, country: string): E164 | undefined;
  /** A whole number of seconds from 1. */
  seconds(name: string, most: number): Ms | undefined;
  /** One of these words, whatever its case. */
  oneOf<Word extends string>(name: string, words: readonly Word[]): Word | undefined;
};

export function readerOf(fields: Fields): Reader {
  const problems: string[] = [];
  const wrong = (says: string): undefined => {
    problems.push(maskText(plainText(says)));
  };
  const text = (name: string): string | undefined => fields.first(name)?.trim() || undefined;
  const number = (name: string, country: string): E164 | undefined => {
    const value = text(name);
    if (value === undefined) return wrong(`${name} is missing.${spelledOtherwise(name, fields.names)}`);
    return readNumber(name, value, country, wrong);
  };
  return {
    problems,
    wrong,
    text,
    number,
    list: (name) => valuesOf(fields.all(name)),
    phone(name, country) {
      const value = text(name);
      return value !== undefined && isSip(value) ? value : number(name, country);
    },
    seconds: (name, most) => readSeconds(name, text(name), most, wrong),
    oneOf: (name, words) => readWord(name, text(name), words, wrong),
  };
}

/** Where a callback can be posted to. */
export const isWebAddress = (text: string): boolean => /^https?:\/\/\S+$/i.test(text) && URL.canParse(text);

export const isSip = (value: string): boolean => /^sip:[^\s,]{1,200}$/i.test(value);

/** Values with commas taken apart, empty ones left out. */
export const valuesOf = (values: readonly string[]): readonly string[] =>
  values
    .flatMap((value) => value.split(','))
    .map((value) => value.trim())
    .filter((value) => value !== '');

type Wrong = Reader['wrong'];

/** Six digits or more, whatever stands between them: no mask can be relied on. */
export const mayBeNumber = (text: string): boolean => /(?:\d\D*){6}/.test(text);

/** The value itself is not quoted: a number with spaces in it would escape the mask. */
export function readNumber(name: string, value: string, country: string, wrong: Wrong): E164 | undefined {
  const read = normalise(value, country);
  return read.ok ? read.number : wrong(`${name} is no phone number: ${read.why}.`);
}

export function readWord<Word extends string>(name: string, value: string | undefined, words: readonly Word[], wrong: Wrong) {
  if (value === undefined) return undefined;
  const found = words.find((word) => word.toLowerCase() === value.toLowerCase());
  return (
    found ?? wrong(`${name} cannot be ${mayBeNumber(value) ? 'that' : `"${value.slice(0, 40)}"`}. ${didYouMean(value, words)}`)
  );
}

function readSeconds(name: string, value: string | undefined, most: number, wrong: Wrong): Ms | undefined {
  if (value === undefined) return undefined;
  const seconds = /^\d{1,9}$/.test(value) ? Number(value) : 0;
  return seconds >= 1 && seconds <= most ? ms(seconds * 1000) : wrong(`${name} has to be whole seconds from 1 to ${most}.`);
}

function spelledOtherwise(name: string, names: readonly string[]): string {
  const found = names.find((other) => other.toLowerCase() === name.toLowerCase());
  return found === undefined || found === name ? '' : ` The request has ${found}: names count with their case.`;
}
