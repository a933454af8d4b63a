import stringWidth from 'string-width';
import { plainText } from '../core/plain-text.ts';

const graphemes = new Intl.Segmenter();
const ASCII = /^[\u0020-\u007e]*$/;

const EMOJI = /\p{Extended_Pictographic}|\p{Regional_Indicator}|\u20e3/u;
const SPACING_MARK = /^\p{Spacing_Mark}$/u;

/**
 * Columns a plain text takes on a terminal: emoji as a whole, every other character on its own. Terminals do not join the
 * letters of Indian scripts as type does, and count each; the few that do join them leave a gap at the end of the line.
 */
export function columns(text: string): number {
  if (ASCII.test(text)) return text.length;
  let known = measured.get(text);
  if (known === undefined) {
    known = measure(text);
    if (measured.size >= MOST_MEASURED) measured.clear();
    measured.set(text, known);
  }
  return known;
}

/** The same lines are measured many times a second. */
const measured = new Map<string, number>();
const MOST_MEASURED = 2000;

function measure(text: string): number {
  let sum = 0;
  for (const { segment } of graphemes.segment(text)) {
    if (segment.length === 1 || EMOJI.test(segment)) sum += stringWidth(segment);
    else for (const char of segment) sum += SPACING_MARK.test(char) ? 1 : stringWidth(char);
  }
  return sum;
}

/** Splits where `width` columns are full; a character wider than that stands alone. */
function breakAt(text: string, width: number): [head: string, rest: string] {
  if (ASCII.test(text)) return [text.slice(0, width), text.slice(width)];
  let used = 0;
  let end = 0;
  for (const { segment, index } of graphemes.segment(text)) {
    used += columns(segment);
    if (used > width && index > 0) return [text.slice(0, index), text.slice(index)];
    end = index + segment.length;
    if (used > width) break;
  }
  return [text.slice(0, end), text.slice(end)];
}

/** At most `width` columns, with `…` in place of what is missing. */
export function cut(text: string, width: number): string {
  const plain = plainText(text);
  if (width <= 0) return '';
  if (columns(plain) <= width) return plain;
  if (width === 1) return '…';
  const head = breakAt(plain, width - 1)[0];
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
  for (let word of plainText(text).split(/ +/)) {
    let size = columns(word);
    if (line !== '' && used + 1 + size > room) {
      lines.push(line);
      line = '';
      used = 0;
    }
    while (size > room) {
      const [head, rest] = breakAt(word, room);
      if (rest === '') break;
      lines.push(head);
      word = rest;
      size = columns(word);
    }
    line = line === '' ? word : `${line} ${word}`;
    used = used === 0 ? size : used + 1 + size;
  }
  return line === '' && lines.length > 0 ? lines : [...lines, line];
}
