import type { Preference } from '../core/facts.ts';
import { dayName } from './tell.ts';

const BLOCKS: Record<Preference['block'], (preference: Preference) => string> = {
  full: () => 'all is blocked',
  promo: () => 'promotion is blocked',
  categories: ({ categories }) =>
    `promotion of ${categories.length === 1 ? 'category' : 'the categories'} ${categories.join(', ')} is blocked`,
  none: () => 'nothing is blocked',
};

/** What somebody registered, as clauses with semicolons. */
export function tellPreference(preference: Preference): string {
  const { block, modes, days, bandsOff, bandsOn } = preference;
  return [
    BLOCKS[block](preference),
    modes.length > 0 && `not by ${modes.join(', ')}`,
    days.length > 0 && `not on ${days.map(dayName).join(', ')}`,
    bandsOff.length > 0 && `bands off: ${bandsOff.join(', ')}`,
    bandsOn.length > 0 && `bands on: ${bandsOn.join(', ')}`,
  ]
    .filter(Boolean)
    .join('; ');
}
