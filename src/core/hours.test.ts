import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openState, parseDays, parseMinute } from './hours.ts';
import type { Ms } from './ids.ts';
import { parseInstant } from './time.ts';

const at = (text: string) => parseInstant(text) as Ms;
const WEEK = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

describe('days', () => {
  it.each([
    ['mon-fri', [1, 2, 3, 4, 5]],
    ['sat', [6]],
    ['mon,wed, fri', [1, 3, 5]],
    ['daily', [0, 1, 2, 3, 4, 5, 6]],
    ['fri-mon', [0, 1, 5, 6]],
    ['Monday-Wednesday', [1, 2, 3]],
    ['SUN', [0]],
    ['sat,sat', [6]],
    ['tues, thurs', [2, 4]],
  ])('"%s" are %j', (text, days) => {
    expect(parseDays(text)).toEqual(days);
  });

  it.each(['', 'mo', 'monkey', 'mon-', '-fri', 'mon-wed-fri', 'mon fri', 'mon,', 'weekend', 'saturn', 'daily-mon'])(
    '"%s" are none',
    (text) => {
      expect(parseDays(text)).toBeUndefined();
    },
  );

  it('of a range go round the week from the first to the last', () => {
    fc.assert(
      fc.property(fc.nat(6), fc.nat(6), (first, last) => {
        const days = parseDays(`${WEEK[first]}-${WEEK[last]}`) ?? [];
        expect(days).toHaveLength(((last - first + 7) % 7) + 1);
        expect(days).toEqual(expect.arrayContaining([first, last]));
        expect(days).toEqual(days.toSorted());
      }),
    );
  });
});

describe('a time of day', () => {
  it('is read in minutes since midnight', () => {
    fc.assert(
      fc.property(fc.nat(23), fc.nat(59), (hour, minute) => {
        const mm = String(minute).padStart(2, '0');
        expect(parseMinute(`${hour}:${mm}`)).toBe(hour * 60 + minute);
        expect(parseMinute(`${String(hour).padStart(2, '0')}:${mm}`)).toBe(hour * 60 + minute);
      }),
    );
    expect(parseMinute('24:00')).toBe(1440);
  });

  it.each(['', '9', '24:01', '25:00', '09:60', '9:5', '09.00', '9:00 pm', '-1:00', '009:00'])('"%s" is none', (text) => {
    expect(parseMinute(text)).toBeUndefined();
  });
});

describe('open hours', () => {
  const hours = { zone: 'Asia/Kolkata', open: [{ days: [1], from: 540, to: 1080 }], holidays: ['2026-11-30'] };

  it('begin with their first minute and end before their last', () => {
    const states = ['08:59:59', '09:00:00', '17:59:59', '18:00:00'].map((time) => openState(at(`2026-11-23T${time}`), hours));
    expect(states).toEqual(['closed', 'open', 'open', 'closed']);
  });

  it('never count on a holiday', () => {
    expect(openState(at('2026-11-30T10:00'), hours)).toBe('holiday');
    expect(openState(at('2026-12-07T10:00'), hours)).toBe('open');
  });

  it('last as long as they say on a day of any length, clocks changed or not', () => {
    const newYork = { zone: 'America/New_York', open: [{ days: [0], from: 0, to: 1440 }], holidays: [] };
    const minutes = (from: string) => {
      const start = at(from);
      let open = 0;
      for (let m = 0; m < 27 * 60; m++) if (openState((start + m * 60_000) as Ms, newYork) === 'open') open++;
      return open / 60;
    };
    expect(minutes('2026-03-08T04:00Z')).toBe(23);
    expect(minutes('2026-11-01T03:00Z')).toBe(25);
    expect(minutes('2026-11-22T04:00Z')).toBe(24);
  });
});
