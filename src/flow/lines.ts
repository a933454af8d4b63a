import type { Place } from '../core/problem.ts';

/** The place of an offset (in UTF-16 code units) in a text. */
export type PlaceOf = (offset: number) => Place;

/** Lines end with CRLF, LF or CR; lines and columns count from 1. The text is indexed when first asked. */
export function placesIn(text: string, file: string): PlaceOf {
  let starts: readonly number[] | undefined;
  return (offset) => {
    starts ??= lineStarts(text);
    let [low, high] = [0, starts.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { file, line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
  };
}

function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (const end of text.matchAll(/\r\n|\n|\r/g)) starts.push(end.index + end[0].length);
  return starts;
}
