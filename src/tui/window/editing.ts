import { plainText } from '../../core/plain-text.ts';
import type { NamedKeys } from '../named-keys.ts';

/** A text on both sides of the cursor. */
export type Split = readonly [before: string, after: string];

const segmenter = new Intl.Segmenter();
/** Characters as people see them; they are never taken apart. */
export const graphemes = (text: string): string[] => Array.from(segmenter.segment(text), ({ segment }) => segment);

const last = (text: string): number => graphemes(text.slice(-100)).at(-1)?.length ?? 0;
const first = (text: string): number => graphemes(text.slice(0, 100))[0]?.length ?? 0;
const lineStart = (before: string): number => before.lastIndexOf('\n') + 1;
const lineEnd = (after: string): number => (after.includes('\n') ? after.indexOf('\n') : after.length);
const wordStart = (before: string): number => before.search(/[\p{L}\p{M}\p{N}]*[^\p{L}\p{M}\p{N}]*$/u);

const at = (text: string, place: number): Split => [text.slice(0, place), text.slice(place)];

type Edit = (text: Split) => Split;
const EDITS = {
  back: ([before, after]) => [before.slice(0, before.length - last(before)), after],
  delete: ([before, after]) => [before, after.slice(first(after))],
  left: ([before, after]) => at(before + after, before.length - last(before)),
  right: ([before, after]) => at(before + after, before.length + first(after)),
  start: ([before, after]) => at(before + after, lineStart(before)),
  end: ([before, after]) => at(before + after, before.length + lineEnd(after)),
  cutBefore: ([before, after]) => [before.slice(0, lineStart(before)), after],
  cutAfter: ([before, after]) => [before, after.slice(lineEnd(after))],
  cutWord: ([before, after]) => [before.slice(0, wordStart(before)), after],
} satisfies Record<string, Edit>;

const CONTROLS: Readonly<Record<string, Edit>> = {
  a: EDITS.start,
  b: EDITS.left,
  d: EDITS.delete,
  e: EDITS.end,
  f: EDITS.right,
  h: EDITS.back,
  k: EDITS.cutAfter,
  u: EDITS.cutBefore,
  w: EDITS.cutWord,
};

const NAMED: readonly (readonly [keyof NamedKeys, Edit])[] = [
  ['backspace', EDITS.back],
  ['delete', EDITS.delete],
  ['leftArrow', EDITS.left],
  ['rightArrow', EDITS.right],
  ['home', EDITS.start],
  ['end', EDITS.end],
];

/** What may be written: nothing a terminal would obey, nothing that turns the order of characters round. */
const writable = (typed: string, lines: boolean): string =>
  [...typed.replace(/\r\n?/g, '\n')].filter((char) => (lines && char === '\n') || plainText(char) === char).join('');

/** Before the cursor comes what was typed, and the cursor does not stand within a character. */
function write([before, after]: Split, typed: string): Split {
  const text = before + typed + after;
  const end = before.length + typed.length;
  const from = Math.max(0, before.length - 100);
  let place = from;
  for (const one of graphemes(text.slice(from))) {
    if (place >= end) break;
    place += one.length;
  }
  return at(text, place);
}

/** What a key makes of a text; undefined when it is none that changes or moves anything. @param lines may it have several? */
export function edited(text: Split, typed: string, key: NamedKeys, lines = false): Split | undefined {
  const edit = NAMED.find(([name]) => key[name])?.[1] ?? (key.ctrl ? CONTROLS[typed] : undefined);
  if (edit) return edit(text);
  if (key.ctrl || key.return || key.escape || key.tab) return undefined;
  const written = writable(typed, lines);
  return written === '' ? undefined : write(text, written);
}
