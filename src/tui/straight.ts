import type { Row } from './rows.ts';

/** What is written from right to left: Hebrew, Arabic, Syriac, Thaana, N'Ko and their like. */
const RIGHT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;
/** A blank that Unicode counts as written from left to right: the empty Braille pattern. */
const LEFT_BLANK = '\u2800';
/** Letters to the right, letters to the left, and spaces that are layout: several of them, or beside a border. */
const PARTS = new RegExp(`(${RIGHT.source})|(\\p{L}|${LEFT_BLANK})|( {2,}| (?=[│<])|(?<=[│>]) )`, 'gu');

/**
 * Keeps columns in their place on terminals that turn right-to-left text round: there everything between two such stretches
 * is turned with them, borders and figures too, unless a left-to-right character stands between. Invisible marks would not
 * do: terminals do not keep them, and Ink drops them. So a space of the layout becomes a blank that is left-to-right.
 */
export function straight(row: Row): Row {
  if (!row.some(({ text }) => RIGHT.test(text))) return row;
  const whole = row.map(({ text }) => text).join('');
  const blanks = blanksOf(whole);
  let from = 0;
  return row.map((one) => {
    const start = from;
    from += one.text.length;
    return { ...one, text: one.text.replace(/ /g, (space, i: number) => (blanks.has(start + i) ? LEFT_BLANK : space)) };
  });
}

/** The places of spaces that become such blanks. The first cell of a row is none of them. */
function blanksOf(whole: string): ReadonlySet<number> {
  const blanks = new Set<number>();
  let direction: 'left' | 'right' | undefined;
  const first = whole.indexOf(' ', 1);
  for (const { 1: right, 2: left, index } of whole.matchAll(PARTS)) {
    if (right !== undefined) {
      if (direction === undefined && first > 0 && first < index) blanks.add(first);
      direction = 'right';
    } else if (left !== undefined) direction = 'left';
    else if (direction === 'right') {
      blanks.add(index);
      direction = 'left';
    }
  }
  return blanks;
}
