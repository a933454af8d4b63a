import { BANDS, bandAt, openBands } from '../bands.ts';
import { clockText, MINUTE } from '../local-time.ts';
import { isOpen, nextOpening, type WindowsOn } from '../openings.ts';
import type { Window } from '../packs/pack.ts';
import { NO_PREFERENCE } from '../preference.ts';
import { defer } from '../situation.ts';
import type { MakeJudge } from './rule.ts';

export const bands: MakeJudge<'bands'> = ({ off }, { zone }) => {
  const usual = openBands(off, NO_PREFERENCE);
  const daily =
    (windows: readonly Window[]): WindowsOn =>
    () =>
      windows;
  const usually = daily(usual);
  return ({ registration, at }) => {
    const preference = registration?.preference;
    const own = preference !== undefined && preference.bandsOff.length + preference.bandsOn.length > 0;
    const open = own ? daily(openBands(off, preference)) : usually;
    if (isOpen(at, zone, open)) return undefined;
    const band = bandAt(Math.floor(zone.at(at).ms / MINUTE));
    const { from, to } = BANDS[band];
    const whose =
      own && (preference.bandsOff.includes(band) || !off.includes(band)) ? 'this number' : 'everybody who has not asked for it';
    const says = `promotion is off from ${clockText(from)} to ${clockText(to)} for ${whose}`;
    return defer(`DND_BAND_${band}`, says, nextOpening(at, zone, open), registration?.facts ?? []);
  };
};
