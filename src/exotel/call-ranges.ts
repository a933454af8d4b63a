import type { Range } from '../core/call-record.ts';
import type { Ms } from '../core/ids.ts';
import { parseInstant } from '../core/time.ts';
import type { Reader } from './reader.ts';

const DAY = 86_400_000;
/** The longest month, and the longest six of them. */
const [MONTH, SIX_MONTHS] = [31 * DAY, 184 * DAY];
/** Instants are written in whole seconds: `lte` means the end of its second. */
const REST_OF_SECOND = 999;

type Bounds = Partial<Record<'gte' | 'lte' | 'eq', string>>;

/** `gte:10s;lte:45s` or `eq:30s`; `form` catches the number in a bound. */
export function range(read: Reader, name: string, form: RegExp): Range | undefined {
  const value = read.text(name);
  if (value === undefined) return undefined;
  const bounds = boundsOf(value);
  const [least, most] = [numberOf(bounds?.gte ?? bounds?.eq, form), numberOf(bounds?.lte ?? bounds?.eq, form)];
  if (bounds === undefined || Number.isNaN(least) || Number.isNaN(most)) {
    return read.wrong(`${name} has to look like gte:10;lte:45 or eq:30.`);
  }
  return { ...(least !== undefined && { least }), ...(most !== undefined && { most }) };
}

const numberOf = (bound: string | undefined, form: RegExp): number | undefined =>
  bound === undefined ? undefined : Number(form.exec(bound)?.[1] ?? Number.NaN);

function boundsOf(value: string): Bounds | undefined {
  const parts = value.split(';').filter((part) => part.trim() !== '');
  const bounds = parts.map((part) => /^\s*(gte|lte|eq)\s*:\s*(.*?)\s*$/i.exec(part));
  if (bounds.length === 0 || bounds.includes(null)) return undefined;
  return Object.fromEntries(bounds.map((bound) => [bound?.[1]?.toLowerCase(), bound?.[2] ?? '']));
}

/** `gte:2019-01-01 00:00:00;lte:2019-01-31 23:59:59`, Indian time; the last 31 days when it is not given. */
export function createdRange(read: Reader, now: Ms): Range {
  const value = read.text('DateCreated');
  if (value === undefined) return { least: now - MONTH };
  const bounds = boundsOf(value);
  const [from, to] = [instant(bounds?.gte), instant(bounds?.lte)];
  if (bounds === undefined || bounds.eq !== undefined || Number.isNaN(from) || Number.isNaN(to)) {
    read.wrong('DateCreated has to look like gte:2019-01-01 00:00:00;lte:2019-01-31 23:59:59.');
    return {};
  }
  return checked(read, from ?? (to ?? now) - MONTH, (to ?? now) + REST_OF_SECOND, now);
}

const instant = (bound: string | undefined): number | undefined =>
  bound === undefined ? undefined : (parseInstant(bound) ?? Number.NaN);

function checked(read: Reader, least: number, most: number, now: Ms): Range {
  if (least > most) read.wrong('DateCreated ends before it begins.');
  else if (most - least > MONTH + REST_OF_SECOND) read.wrong('DateCreated spans more than one month.');
  if (least < now - SIX_MONTHS) read.wrong('DateCreated begins more than six months ago.');
  return { least, most };
}
