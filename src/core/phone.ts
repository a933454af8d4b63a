import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js/min';
import { type E164, e164 } from './ids.ts';

export type Normalised = { ok: true; number: E164; kind: 'mobile' | 'landline' | 'other' } | { ok: false; why: string };

const JUNK = /[\s\u00a0\u200b-\u200f\u202a-\u202e\u2060\ufeff().\-‐-―]/g;

/**
 * A number as people write it, in E.164. Indian numbers are read by hand (the bulk path), others by libphonenumber.
 * @param country two letters; used for numbers without a `+`.
 */
export function normalise(text: string, country = 'IN'): Normalised {
  const bare = text
    .replace(/^\s*(?:tel:|')/i, '')
    .replace(JUNK, '')
    .replace(/[\u0966-\u096f]/g, (d) => String(d.charCodeAt(0) - 0x0966));
  if (bare === '') return { ok: false, why: 'it is empty' };
  if (/^\d+(?:\.\d+)?e\+?\d+$/i.test(text.trim())) return { ok: false, why: 'a spreadsheet has shortened it; digits are lost' };
  if (!/^\+?\d+$/.test(bare)) return { ok: false, why: 'it has characters that are no part of a phone number' };
  return country === 'IN' ? indian(bare) : foreign(bare, country);
}

function indian(bare: string): Normalised {
  const national = /^(?:\+91|0091|91(?=\d{10}$)|091(?=\d{10}$)|0)?(\d{10})$/.exec(bare)?.[1];
  if (national === undefined) {
    if (bare.startsWith('+') && !bare.startsWith('+91')) return foreign(bare, 'IN');
    if (bare.startsWith('00') && !bare.startsWith('0091')) return foreign(`+${bare.slice(2)}`, 'IN');
    return { ok: false, why: `an Indian number has 10 digits, this one ${bare.replace(/^(\+|00)/, '').length}` };
  }
  if (/^[6-9]/.test(national)) return { ok: true, number: e164(`+91${national}`), kind: 'mobile' };
  if (/^(?:1800|1860|0)/.test(national)) return { ok: false, why: 'it is a toll-free or unassigned number' };
  // 140, 1600 and 1601 are caller-id series: valid as an ExoPhone, refused as a callee by the rules.
  return { ok: true, number: e164(`+91${national}`), kind: 'landline' };
}

function foreign(bare: string, country: string): Normalised {
  const parsed = parsePhoneNumberFromString(bare, country as CountryCode);
  if (!parsed?.isPossible()) return { ok: false, why: `it is no possible number${bare.startsWith('+') ? '' : ` in ${country}`}` };
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

/** Masks every run of digits that could be a phone number in a text. */
export const maskText = (text: string): string => text.replace(/\+?\d{9,15}/g, maskNumber);
