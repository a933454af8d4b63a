import { randomBytes } from 'node:crypto';
import { callId, type Ms } from '../core/ids.ts';
import type { Ids } from '../core/ports.ts';
import { plainIst } from '../core/time.ts';
import { createSeededRandom } from './random.ts';

/**
 * Ids for calls, facts and posts: unpredictable, or the same again with the same seed.
 * A CallSid looks as Exotel's do today: 28 hexadecimal digits and four characters that tell its day.
 */
export function createSystemIds(seed?: number): Ids {
  const hex = seed === undefined ? unpredictableHex() : seededHex(seed);
  return { call: (at) => callId(hex(28) + dateCode(at)), next: () => hex(32) };
}

/** The system is asked for many bytes at a time: asking costs more than the bytes do. */
function unpredictableHex(): (digits: number) => string {
  let pool = '';
  return (digits) => {
    if (pool.length < digits) pool = randomBytes(4096).toString('hex');
    const taken = pool.slice(0, digits);
    pool = pool.slice(digits);
    return taken;
  };
}

function seededHex(seed: number): (digits: number) => string {
  const random = createSeededRandom(seed);
  return (digits) => Array.from({ length: digits }, () => Math.floor(random.next() * 16).toString(16)).join('');
}

/** `19co` is 24 December 2025, Indian time: years since 2006 in decimal, then month and day in base 36. */
function dateCode(at: Ms): string {
  const date = plainIst(at).slice(0, 10);
  if (date !== today.date) today = { date, code: codeOf(date) };
  return today.code;
}

/** Most calls are of the same day as the one before. */
let today = { date: '', code: '' };

function codeOf(date: string): string {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  const years = (((year - 2006) % 100) + 100) % 100;
  return `${String(years).padStart(2, '0')}${month.toString(36)}${day.toString(36)}`;
}
