import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/min';
import { type E164, e164 } from './ids.ts';

export type Normalised = { ok: true; number: E164; kind: 'mobile' | 'landline' | 'other' } | { ok: false; why: string };

/** Marks that text editors, chats and right-to-left scripts leave behind, and every kind of space. */
const UNSEEN = /[\s\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;
/** What people put between digits. */
const BETWEEN = /[().\-\u2010-\u2015\u2212]/g;
/** What stands between two numbers, the surest first. */
const APART = [/[/\\;,|&\r\n]|\b(?:and|or)\b/i, /\s{2,}/, /\s/];
/** `-9876543119` is what a spreadsheet makes of `+91-9876543210`; a dash before a space may be a bullet. */
const NEGATIVE = /^[^\d+]*[-\u2212]\d/;
/** Texts that are longer hold no phone number, whatever is in them. */
const LONGEST = 200;
/** The zeros of the scripts of India, Arabic, Urdu and full-width forms; the digits of each follow its zero. */
const ZEROS = [0x0966, 0x09e6, 0x0a66, 0x0ae6, 0x0b66, 0x0be6, 0x0c66, 0x0ce6, 0x0d66, 0x0660, 0x06f0, 0xff10];

const no = (why: string): Normalised => ({ ok: false, why });

/**
 * A number as people write it, in E.164. Indian numbers are read by hand (the bulk path), others by libphonenumber.
 * When it is none, `why` completes "… is no phone number: ".
 * @param country two letters; used for numbers without a `+`.
 */
export function normalise(text: string, country = 'IN'): Normalised {
  const read = readOne(text, country);
  return !read.ok && severalNumbers(text, country) ? no('it holds more than one number') : read;
}

/** The numbers of a text that holds more than one, as they stand there; undefined when it does not. */
export function severalNumbers(text: string, country = 'IN'): readonly string[] | undefined {
  if (text.length > LONGEST) return undefined;
  for (const apart of APART) {
    const parts = text.split(apart).filter((part) => part.trim() !== '');
    if (parts.length > 1 && parts.every((part) => readOne(part, country).ok)) return parts;
  }
  return undefined;
}

function readOne(text: string, country: string): Normalised {
  if (text.length > LONGEST) return no('it is too long');
  const typed = asciiDigits(text.replace(UNSEEN, '')).replace(/^['‘’`]?(?:tel:)?/i, '');
  const bare = typed.replace(BETWEEN, '');
  if (bare === '') return no('it is empty');
  if (/^\+?\d+(?:[.,]\d+)?e[+-]?\d+$/i.test(typed)) return no('a spreadsheet has shortened it, digits are lost');
  if (NEGATIVE.test(asciiDigits(text))) return no('it begins with a minus sign: a spreadsheet has calculated with it');
  if (/^\+?\d{7,}[.,]0+$/.test(typed)) return no('a spreadsheet has made it a decimal number; format the column as text');
  if (/^\+?\d{7,}(?:x|ext(?:n|ension)?|#|;ext=)[.:]?\d{1,6}$/i.test(bare))
    return no('it has an extension, and a list holds whole lines');
  if (!/^\+?\d+$/.test(bare)) return no('it has characters that are no part of a phone number');
  return country === 'IN' || bare.startsWith('+91') ? indian(bare) : foreign(bare, country);
}

const [PLUS, ZERO, NINE] = [0x2b, 0x30, 0x39];

/**
 * A number that is spelled as most are, from the bytes of its text: its digits as one whole number, the country code first.
 * 0 for every other spelling, which {@link normalise} must read. What it gives, `normalise` gives as well.
 */
export function quickNumber(bytes: Uint8Array, from: number, to: number, country: string): number {
  const plus = bytes[from] === PLUS;
  const first = plus ? from + 1 : from;
  const length = to - first;
  if (length < 10 || length > 12) return 0;
  let digits = 0;
  for (let i = first; i < to; i++) {
    const byte = bytes[i] ?? 0;
    if (byte < ZERO || byte > NINE) return 0;
    digits = digits * 10 + (byte - ZERO);
  }
  if (country === 'US' && digits < 2e10) return american(digits, length, plus);
  if (length === 12 ? country === 'IN' || plus : length === 10 && country === 'IN' && !plus) return indianMobile(digits, length);
  return 0;
}

function indianMobile(digits: number, length: number): number {
  const national = length === 12 ? digits - 91e10 : digits;
  return national >= 6e9 && national < 1e10 ? 91e10 + national : 0;
}

/** Area codes and exchanges begin with 2 to 9. */
function american(digits: number, length: number, plus: boolean): number {
  if (length === 12 || (length === 10 && plus)) return 0;
  const national = length === 11 ? digits - 1e10 : digits;
  return national >= 2e9 && national < 1e10 && national % 1e7 >= 2e6 ? 1e10 + national : 0;
}

/** Is it a country whose numbers can be read? Two capital letters. */
export const isCountry = (code: string): boolean => isSupportedCountry(code);

function asciiDigits(text: string): string {
  return text.replace(/[^\p{ASCII}]/gu, (char) => {
    if (char === '＋') return '+';
    const point = char.codePointAt(0) ?? 0;
    const zero = ZEROS.find((z) => point >= z && point <= z + 9);
    return zero === undefined ? char : String(point - zero);
  });
}

function indian(bare: string): Normalised {
  const national = /^(?:\+91|0091|091|91)?0?(\d{10})$/.exec(bare)?.[1];
  if (national === undefined) {
    if (/^\+(?!91)/.test(bare)) return foreign(bare, 'IN');
    if (/^00(?!91)/.test(bare)) return foreign(`+${bare.slice(2)}`, 'IN');
    if (/^0?(?:1800|1860)/.test(bare)) return no('it is a toll-free number');
    return no(`an Indian number has 10 digits, this one ${bare.replace(/^(?:\+91|00)/, '').length}`);
  }
  if (/^[6-9]/.test(national)) return { ok: true, number: e164(`+91${national}`), kind: 'mobile' };
  if (/^(?:1800|1860)/.test(national)) return no('it is a toll-free number');
  if (national.startsWith('0')) return no('no Indian number begins with 0 after its prefix');
  // 140, 1600 and 1601 are caller-id series: valid as an ExoPhone, refused as a callee by the rules.
  return { ok: true, number: e164(`+91${national}`), kind: 'landline' };
}

function foreign(bare: string, country: string): Normalised {
  if (!isCountry(country)) return no(`"${country}" is no country code; use two capital letters such as IN`);
  const parsed = parsePhoneNumberFromString(bare, country as CountryCode);
  if (!parsed?.isPossible()) return no(`it is no possible number${bare.startsWith('+') ? '' : ` in ${country}`}`);
  return { ok: true, number: e164(parsed.number), kind: 'other' };
}

/** For logs and screens: `+91 98xxxxx210`. */
export function maskNumber(number: string): string {
  const match = /^(\+91|0)?(\d{2})(\d+)(\d{3})$/.exec(number);
  if (match) return `${match[1] === '+91' ? '+91 ' : (match[1] ?? '')}${match[2]}${'x'.repeat(match[3]?.length ?? 0)}${match[4]}`;
  return number.length > 5
    ? `${number.slice(0, 3)}${'x'.repeat(number.length - 6)}${number.slice(-3)}`
    : 'x'.repeat(number.length);
}

/** Masks every run of digits that could be a phone number in a text; a CallSid is none. */
export const maskText = (text: string): string =>
  text.replace(/\b[\da-z]{32}\b|\+?\d{9,15}/g, (found) => (found.length === 32 ? found : maskNumber(found)));
