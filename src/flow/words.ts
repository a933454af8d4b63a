import type { CallClass } from '../core/event.ts';
import type { Unreached } from './model.ts';

/** What `class` may say, long names first. */
export const classes: Readonly<Record<string, CallClass>> = {
  promotional: 'P',
  'service-explicit': 'SE',
  'service-implicit': 'SI',
  transactional: 'T',
  government: 'G',
  P: 'P',
  SE: 'SE',
  SI: 'SI',
  T: 'T',
  G: 'G',
};

export const longClass = (short: CallClass): string =>
  Object.keys(classes).find((name) => name.length > 2 && classes[name] === short) ?? short;

export const UNREACHED: readonly Unreached[] = ['busy', 'no-answer', 'failed'];

const SPACES = /[ \t\r\n]+/g;

/** Spoken text: line ends and runs of spaces are one space. */
export const spoken = (text: string): string => text.replace(SPACES, ' ').replace(/^ | $/g, '');

/** Written text, such as an SMS: lines stay, the indentation of the file goes. */
export const written = (text: string): string =>
  text
    .split('\n')
    .map(spoken)
    .join('\n')
    .replace(/^\n+|\n+$/g, '');
