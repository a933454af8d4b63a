import { expect, it } from 'vitest';
import { ms } from '../core/ids.ts';
import { createdStyle, recordingAvailableBy, secondsBetween } from './times.ts';

it('writes Indian time without a zone, over midnight and the turn of a year', () => {
  expect(createdStyle(ms(Date.UTC(2022, 1, 23, 7, 1, 59)))).toBe('Wed, 23 Feb 2022 12:31:59');
  expect(createdStyle(ms(Date.UTC(2026, 11, 31, 18, 30)))).toBe('Fri, 01 Jan 2027 00:00:00');
});

it('expects a recording five minutes after the talk, as captured', () => {
  expect(recordingAvailableBy(ms(Date.UTC(2022, 1, 23, 7, 2, 25)))).toBe('Wed, 23 Feb 2022 12:37:25');
});

it('counts seconds between instants as they are written, never below none', () => {
  expect(secondsBetween(ms(900), ms(2100))).toBe(2);
  expect(secondsBetween(ms(0), ms(10_400))).toBe(10);
  expect(secondsBetween(ms(5000), ms(0))).toBe(0);
});
