import { plainText } from '../core/plain-text.ts';

const ASCII = /^[\u0020-\u007e]*$/;

/** Joiners, selectors of a form, frames of keycaps and skin tones. */
const WAVERING = /[\u200d\ufe00-\ufe0f\u20e3\u{1f3fb}-\u{1f3ff}]/gu;
/** Characters that no terminal can know. */
const UNKNOWN = /\p{Cn}/gu;

/**
 * A text as the phone shows it: plain, and without what terminals measure differently. Half of them join a family of emoji
 * to one picture and half show its members, and likewise with hearts, keycaps and skin tones; so the members stand side by
 * side, everywhere as wide.
 */
export const shownText = (text: string): string =>
  ASCII.test(text) ? text : plainText(text).replace(WAVERING, '').replace(UNKNOWN, '\ufffd');
