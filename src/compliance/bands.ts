import type { Band, Preference } from '../core/facts.ts';
import type { Window } from './packs/pack.ts';

const hours = (from: number, to: number): Window => ({ from: from * 60, to: to * 60 });

/** The register's bands of a day, Indian time. */
export const BANDS: Readonly<Record<Band, Window>> = {
  i: hours(0, 6),
  ii: hours(6, 8),
  iii: hours(8, 10),
  iv: hours(10, 12),
  v: hours(12, 14),
  vi: hours(14, 16),
  vii: hours(16, 18),
  viii: hours(18, 21),
  ix: hours(21, 24),
};

const NAMES = Object.keys(BANDS) as Band[];

/** The band that a minute of the day lies in. */
export const bandAt = (minute: number): Band =>
  NAMES.find((band) => minute >= BANDS[band].from && minute < BANDS[band].to) ?? 'ix';

/** The windows that are open for a preference. @param off the bands that are off for everybody unless switched on. */
export function openBands(
  off: readonly Band[],
  { bandsOff, bandsOn }: Pick<Preference, 'bandsOff' | 'bandsOn'>,
): readonly Window[] {
  const open = (band: Band) => !bandsOff.includes(band) && (!off.includes(band) || bandsOn.includes(band));
  return NAMES.filter(open).map((band) => BANDS[band]);
}
