import stringWidth from 'string-width';
import { shownText } from './shown-text.ts';

const graphemes = new Intl.Segmenter();
const ASCII = /^[\u0020-\u007e]*$/;

const SPACING_MARK = /^\p{Spacing_Mark}$/u;
/** Vowels and ends of Korean syllables, which stand in the cell of their beginning. */
const JOINED = /^[\u1160-\u11ff\ud7b0-\ud7ff]$/;
/** Signs that stand before Arabic and Indian figures, and take a cell though their class is "format". */
const PREPENDED = /^[\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\u{110bd}\u{110cd}]$/u;

/**
 * Columns a text takes on a terminal when it is shown: the sum over its characters, each on its own. Terminals do not join
 * the letters of Indian scripts as type does, and count each; the few that do join them leave a gap at the end of the line.
 */
export function columns(text: string): number {
  if (ASCII.test(text)) return text.length;
  let known = measured.get(text);
  if (known === undefined) {
    known = 0;
    for (const char of shownText(text)) known += columnsOf(char);
    if (measured.size >= MOST_MEASURED) measured.clear();
    if (text.length <= LONGEST_MEASURED) measured.set(text, known);
  }
  return known;
}

/** The same lines are measured many times a second. */
const measured = new Map<string, number>();
const MOST_MEASURED = 2000;
const LONGEST_MEASURED = 400;

const characters = new Map<string, number>();

function columnsOf(char: string): number {
  let known = characters.get(char);
  if (known === undefined) {
    known = SPACING_MARK.test(char) || PREPENDED.test(char) ? 1 : JOINED.test(char) ? 0 : stringWidth(char);
    if (characters.size >= MOST_MEASURED) characters.clear();
    characters.set(char, known);
  }
  return known;
}

/** Pieces that are not torn apart: what a reader takes for one character, unless that is wider than any character. */
export function* pieces(text: string): Generator<string> {
  for (const { segment } of graphemes.segment(text)) {
    if (segment.length === 1 || columns(segment) <= 2) yield segment;
    else yield* apart(segment);
  }
}

/** Characters with the marks that stand on them. */
function* apart(segment: string): Generator<string> {
  let piece = '';
  for (const char of segment) {
    if (piece !== '' && columnsOf(char) > 0) {
      yield piece;
      piece = '';
    }
    piece += char;
  }
  yield piece;
}

/** A text in lengths of at most `width` columns; a character wider than that stands alone. */
function lengths(text: string, width: number, most = Number.POSITIVE_INFINITY): string[] {
  if (ASCII.test(text)) return text.match(new RegExp(`.{1,${width}}`, 'g')) ?? [''];
  const out: string[] = [];
  let line = '';
  let used = 0;
  for (const piece of pieces(text)) {
    const size = columns(piece);
    if (used + size > width && line !== '') {
      out.push(line);
      if (out.length === most) return out;
      line = '';
      used = 0;
    }
    line += piece;
    used += size;
  }
  return [...out, line];
}

/** At most `width` columns, with `…` in place of what is missing. */
export function cut(text: string, width: number): string {
  const shown = shownText(text);
  if (width <= 0) return '';
  if (columns(shown) <= width) return shown;
  if (width === 1) return '…';
  const [head = ''] = lengths(shown, width - 1, 1);
  return columns(head) < width ? `${head}…` : '…';
}

export const pad = (text: string, width: number): string => text + ' '.repeat(Math.max(0, width - columns(text)));

/** Cut or filled to exactly `width` columns, in the middle. */
export function centre(text: string, width: number): string {
  const short = cut(text, width);
  return pad(' '.repeat(Math.floor((width - columns(short)) / 2)) + short, width);
}

/** Lines of at most `width` columns, broken between words, and within words that are longer than a line. */
export function wrap(text: string, width: number): string[] {
  const room = Math.max(1, width);
  const lines: string[] = [];
  let line = '';
  let used = 0;
  for (const word of shownText(text).split(/ +/)) {
    const size = columns(word);
    if (line !== '' && used + 1 + size > room) {
      lines.push(line);
      line = '';
      used = 0;
    }
    if (size > room) {
      const parts = lengths(word, room);
      line = parts.pop() ?? '';
      lines.push(...parts);
      used = columns(line);
    } else {
      used = line === '' ? size : used + 1 + size;
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return line === '' && lines.length > 0 ? lines : [...lines, line];
}
