import type { NamedKeys } from '../named-keys.ts';
import { fill, type Row } from '../rows.ts';
import { columns, pieces } from '../width.ts';
import { cellsOf, joined } from './cells.ts';
import { edited, graphemes, type Split } from './editing.ts';
import type { Input } from './text-field.ts';

/** Where a row begins and ends in the text. */
type Stretch = readonly [from: number, to: number];

const isEnd = (piece: string): boolean => piece === '\n' || piece === '\r\n';

/** The rows of a text of which each has room for the cursor at its end. */
function stretchesOf(text: string, width: number): readonly Stretch[] {
  const rows: Stretch[] = [];
  let [from, place, used] = [0, 0, 0];
  const end = (next: number): void => {
    rows.push([from, place]);
    [from, used] = [next, 0];
  };
  for (const one of pieces(text)) {
    const size = isEnd(one) ? 0 : columns(one);
    if (isEnd(one)) end(place + one.length);
    else if (used + size > width - 1 && place > from) end(place);
    used += size;
    place += one.length;
  }
  return [...rows, [from, place]];
}

/** Where a person writes several lines. Lines that are too long go on below. */
export class TextArea implements Input {
  #split: Split;
  #width = 40;

  constructor(text = '') {
    this.#split = [text, ''];
  }

  get text(): string {
    return this.#split.join('');
  }

  key(typed: string, key: NamedKeys): boolean {
    const split = key.upArrow || key.downArrow ? this.#moved(key.upArrow ? -1 : 1) : edited(this.#split, typed, key, true);
    if (split) this.#split = split;
    return split !== undefined;
  }

  rows(width: number, height: number, focused: boolean): readonly Row[] {
    this.#width = width;
    const { text } = this;
    const rows = stretchesOf(text, width);
    const place = this.#split[0].length;
    const own = this.#rowOf(rows);
    const start = Math.max(0, Math.min(own - Math.floor(height / 2), rows.length - height));
    return rows.slice(start, start + height).map(([from, to], i) => {
      const here = focused && start + i === own;
      const split: Split = here ? [text.slice(from, place), text.slice(place, to)] : [text.slice(from, to), ''];
      return fill(joined(cellsOf(split, here).cells), width);
    });
  }

  #rowOf(rows: readonly Stretch[]): number {
    const place = this.#split[0].length;
    return rows.findLastIndex(([from]) => from <= place);
  }

  /** To the row above or below, as far to the right as it was. */
  #moved(by: 1 | -1): Split | undefined {
    const { text } = this;
    const rows = stretchesOf(text, this.#width);
    const own = this.#rowOf(rows);
    const [from = 0] = rows[own] ?? [];
    const there = rows[own + by];
    if (!there) return undefined;
    let left = columns(text.slice(from, this.#split[0].length));
    let [place, end] = there;
    for (const one of graphemes(text.slice(place, end))) {
      left -= columns(one);
      if (left < 0) break;
      place += one.length;
    }
    return [text.slice(0, place), text.slice(place)];
  }
}
