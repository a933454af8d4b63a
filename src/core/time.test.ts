import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Ms, ms } from './ids.ts';
import { isoDay, isoIst, isZone, parseDuration, parseInstant, plainIst, showClock, showDuration, zonedTime } from './time.ts';

/** Between 1970 and 2100. */
const instant = fc.integer({ min: 0, max: 4_102_444_800_000 }).map((n) => n as Ms);

describe('an instant beyond every calendar', () => {
  it('is told as none, and breaks nothing', () => {
    for (const at of [8.64e15, -8.65e15, Number.NaN, Number.POSITIVE_INFINITY])
      expect([isoIst(ms(at)), plainIst(ms(at))]).toEqual(['no instant', 'no instant']);
  });
});

describe('a duration', () => {
  it.each([
    ['500ms', 500],
    ['5s', 5000],
    ['1.5s', 1500],
    ['2m', 120_000],
    ['4h', 14_400_000],
    [' 5s ', 5000],
    ['0s', 0],
  ])('"%s" is %i ms', (text, length) => {
    expect(parseDuration(text)).toBe(length);
  });

  it.each(['', '5', 's', '5 s', '-5s', '5S', '1d', '5s5', '.5s', '1e3s', '٥s'])('"%s" is none', (text) => {
    expect(parseDuration(text)).toBeUndefined();
  });

  it('is shown as something that is read as the same', () => {
    fc.assert(
      fc.property(fc.nat(100_000_000), fc.constantFrom(1, 100, 1000, 60_000), (n, unit) => {
        expect(parseDuration(showDuration(ms(n * unit)))).toBe(n * unit);
      }),
    );
    expect([500, 1500, 5000, 61_000, 5_400_000, 14_400_000].map((n) => showDuration(ms(n)))).toEqual([
      '500ms',
      '1.5s',
      '5s',
      '61s',
      '90m',
      '4h',
    ]);
  });

  it('of a call is shown on a clock', () => {
    expect([0, 999, 4000, 750_000, 3_723_000, -5].map(showClock)).toEqual(['0:00', '0:00', '0:04', '12:30', '1:02:03', '0:00']);
  });
});

describe('an instant', () => {
  it('is shown in Indian time, and read back as the same', () => {
    fc.assert(
      fc.property(instant, (at) => {
        expect(parseInstant(isoIst(at))).toBe(at);
        expect(parseInstant(plainIst(at))).toBe(Math.floor(at / 1000) * 1000);
      }),
    );
    expect(isoIst(0 as Ms)).toBe('1970-01-01T05:30:00.000+05:30');
    expect(plainIst(0 as Ms)).toBe('1970-01-01 05:30:00');
  });

  it('is Indian time where it has no zone, and midnight where it has no time', () => {
    const midnight = Date.UTC(2026, 10, 21, 18, 30);
    for (const text of [
      '2026-11-22',
      '2026-11-22T00:00',
      '2026-11-22 00:00:00',
      '2026-11-21T18:30:00Z',
      '2026-11-21T13:30-05:00',
    ]) {
      expect(parseInstant(text), text).toBe(midnight);
    }
  });

  it.each([
    '',
    'now',
    '2026-02-30',
    '2026-02-29T10:00',
    '2026-13-01',
    '2026-11-22T25:00',
    '2026-11-22T10',
    '22-11-2026',
    '2026-11-22Z',
  ])('"%s" is none', (text) => {
    expect(parseInstant(text)).toBeUndefined();
  });

  it('is a day only when the calendar has it', () => {
    expect(['2024-02-29', '2026-02-29', '2026-04-31', '2026-4-1', '2026-12-31'].map(isoDay)).toEqual([
      '2024-02-29',
      undefined,
      undefined,
      undefined,
      '2026-12-31',
    ]);
  });
});

describe('the time in a zone', () => {
  it('is that of a clock on the wall there', () => {
    expect(zonedTime(parseInstant('2026-11-22T23:59:59') as Ms, 'Asia/Kolkata')).toEqual({
      day: '2026-11-22',
      weekday: 0,
      minute: 1439,
    });
    expect(zonedTime(parseInstant('2026-11-23T00:00') as Ms, 'Asia/Kolkata')).toEqual({
      day: '2026-11-23',
      weekday: 1,
      minute: 0,
    });
    expect(zonedTime(parseInstant('2026-07-01T12:00Z') as Ms, 'America/New_York').minute).toBe(8 * 60);
    expect(zonedTime(parseInstant('2026-01-01T12:00Z') as Ms, 'America/New_York').minute).toBe(7 * 60);
  });

  it('in India is always five and a half hours ahead', () => {
    fc.assert(
      fc.property(instant, (at) => {
        const { day, minute, weekday } = zonedTime(at, 'Asia/Kolkata');
        const shown = isoIst(at);
        expect(day).toBe(shown.slice(0, 10));
        expect(minute).toBe(Number(shown.slice(11, 13)) * 60 + Number(shown.slice(14, 16)));
        expect(weekday).toBe(new Date(`${day}T00:00:00Z`).getUTCDay());
      }),
    );
  });

  it('needs a zone that exists', () => {
    expect(['Asia/Kolkata', 'America/New_York', 'UTC', 'Mars/Olympus', '', 'IST+5'].map(isZone)).toEqual([
      true,
      true,
      true,
      false,
      false,
      false,
    ]);
  });
});
