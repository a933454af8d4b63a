import { type Ms, ms } from '../core/ids.ts';
import { isoDay, parseInstant } from '../core/time.ts';

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const TIME = '(?:[T ,]+(\\d{1,2}):(\\d{2})(?::(\\d{2}))? ?([ap]m)?)?';
const IN_FIGURES = new RegExp(`^(\\d{1,2})[-/.](\\d{1,2})[-/.](\\d{4}|\\d{2})${TIME}$`, 'i');
const IN_WORDS = new RegExp(`^(\\d{1,2})[- ]([a-z]{3})[a-z]*[- ,]+(\\d{4}|\\d{2})${TIME}$`, 'i');
const YEAR_FIRST = new RegExp(`^(\\d{4})[-/.](\\d{1,2})[-/.](\\d{1,2})${TIME}$`, 'i');

/** An instant as people write it into tables, and whether it is a day without a time. */
export type ReadDate = { at: Ms; wholeDay: boolean };

/**
 * ISO instants and days; `24/12/2025`, `24-Dec-2025`, `2025/12/24`, each perhaps with a time. Indian time unless told.
 * @param monthFirst `12/24/2025`, as Americans write it.
 */
export function readDate(text: string, monthFirst = false): ReadDate | undefined {
  const exact = parseInstant(text);
  if (exact !== undefined) return { at: exact, wholeDay: isoDay(text.trim()) !== undefined };
  const parts = partsOf(text.trim(), monthFirst);
  if (!parts) return undefined;
  const [year, month, day, hour, minute = '00', second = '00', half] = parts;
  const two = (part: string) => part.padStart(2, '0');
  const date = `${year.length === 2 ? `20${year}` : year}-${two(month)}-${two(day)}`;
  const clock = hour === undefined ? '' : `T${two(hourOf(hour, half))}:${minute}:${second}`;
  const at = parseInstant(`${date}${clock}`);
  return at === undefined ? undefined : { at: ms(at), wholeDay: hour === undefined };
}

/** Year, month, day, and perhaps hour, minute, second and half of the day. */
type Parts = readonly [year: string, month: string, day: string, ...time: string[]];

function partsOf(text: string, monthFirst: boolean): Parts | undefined {
  const words = IN_WORDS.exec(text);
  if (words) {
    const [, day = '', name = '', year = '', ...time] = words;
    const month = MONTHS.indexOf(name.toLowerCase()) + 1;
    return month > 0 ? [year, String(month), day, ...time] : undefined;
  }
  const ordered = YEAR_FIRST.exec(text);
  if (ordered) {
    const [, year = '', month = '', day = '', ...time] = ordered;
    return [year, month, day, ...time];
  }
  const [all, first = '', second = '', year = '', ...time] = IN_FIGURES.exec(text) ?? [];
  if (all === undefined) return undefined;
  return monthFirst ? [year, first, second, ...time] : [year, second, first, ...time];
}

function hourOf(hour: string, half: string | undefined): string {
  if (half === undefined) return hour;
  return String((Number(hour) % 12) + (half.toLowerCase() === 'pm' ? 12 : 0));
}
