import { describe, expect, it } from 'vitest';
import { isoIst } from '../core/time.ts';
import { readDate } from './read-date.ts';

const day = (text: string, monthFirst?: boolean) => {
  const read = readDate(text, monthFirst);
  return read && `${isoIst(read.at).slice(0, 19)}${read.wholeDay ? ' all day' : ''}`;
};

describe('dates in tables', () => {
  it.each([
    ['2025-12-24', '2025-12-24T00:00:00 all day'],
    ['2025-12-24T10:30', '2025-12-24T10:30:00'],
    ['2025-12-24T05:00:00Z', '2025-12-24T10:30:00'],
    ['24/12/2025', '2025-12-24T00:00:00 all day'],
    ['4.2.25', '2025-02-04T00:00:00 all day'],
    ['24-12-2025 9:05', '2025-12-24T09:05:00'],
    ['24-Dec-2025', '2025-12-24T00:00:00 all day'],
    ['24 December 2025, 09:05:07 PM', '2025-12-24T21:05:07'],
    ['2025/12/24 12:00 am', '2025-12-24T00:00:00'],
  ])('%s', (text, read) => expect(day(text)).toBe(read));

  it('are read as Americans write them when told', () => {
    expect(day('12/24/2025', true)).toBe('2025-12-24T00:00:00 all day');
    expect(day('12/24/2025')).toBeUndefined();
  });

  it.each(['', 'soon', '45678', '30/02/2025', '24/13/2025', '24-Foo-2025', '2025-12-24 25:00', '24/12'])('are none: %j', (text) =>
    expect(readDate(text)).toBeUndefined(),
  );
});
