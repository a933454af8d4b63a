import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at } from '../../test/kit/facts.ts';
import { ms } from '../core/ids.ts';
import { zonedTime } from '../core/time.ts';
import { dayNumber, localClock, MINUTE, monthsLater, zoneOf } from './local-time.ts';

const IST = zoneOf('Asia/Kolkata');
const NEW_YORK = zoneOf('America/New_York');
const instants = fc.integer({ min: 0, max: 4_102_444_800_000 });

describe('the time of a place', () => {
  it('is that of the time zone database, in India by arithmetic', () => {
    fc.assert(
      fc.property(instants, fc.constantFrom('Asia/Kolkata', 'America/New_York', 'Africa/Cairo', 'Asia/Kathmandu'), (n, name) => {
        const { day, weekday, ms: since } = zoneOf(name).at(ms(n));
        const { day: text, weekday: of, minute } = zonedTime(ms(n), name);
        expect([day, weekday, Math.floor(since / MINUTE)]).toEqual([dayNumber(text), of, minute]);
      }),
    );
  });

  it('is turned back into the instant', () => {
    fc.assert(
      fc.property(instants, fc.constantFrom(IST, NEW_YORK, zoneOf('Africa/Cairo')), (n, zone) => {
        const { day, ms: since } = zone.at(ms(n));
        const minute = Math.floor(since / MINUTE);
        const back = zone.at(zone.instant(day, minute));
        expect([back.day, back.ms]).toEqual([day, minute * MINUTE]);
      }),
    );
  });

  it('goes on where the clocks skip an hour, and takes the first of two where they repeat it', () => {
    expect(NEW_YORK.instant(dayNumber('2026-03-08'), 150)).toBe(at('2026-03-08T03:30-04:00'));
    expect(NEW_YORK.instant(dayNumber('2026-11-01'), 90)).toBe(at('2026-11-01T01:30-04:00'));
    expect(zoneOf('Africa/Cairo').instant(dayNumber('2026-04-24'), 0)).toBe(at('2026-04-24T01:00+03:00'));
    expect(localClock(at('2026-11-22T21:05:59'), IST)).toBe('21:05');
  });
});

describe('months later', () => {
  it('is midnight of that day of the calendar, or of the last one of a short month', () => {
    expect(monthsLater(at('2026-10-01T10:00'), 6, IST)).toBe(at('2027-04-01'));
    expect(monthsLater(at('2026-08-31T10:00'), 6, IST)).toBe(at('2027-02-28'));
    expect(monthsLater(at('2027-12-31T23:59'), 2, IST)).toBe(at('2028-02-29'));
  });
});
