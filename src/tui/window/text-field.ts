import type { NamedKeys } from '../named-keys.ts';
import { fill, type Row } from '../rows.ts';
import { cellsOf, joined, scrolled } from './cells.ts';
import { edited, type Split } from './editing.ts';

/** Something a person writes in. */
export interface Input {
  readonly text: string;
  /** Takes a key. False when it is none that changes or moves anything here. */
  key(typed: string, key: NamedKeys): boolean;
  /** Rows of exactly `width` columns, at most `height`, the cursor among them. */
  rows(width: number, height: number, focused: boolean): readonly Row[];
}

/** Where a person writes one line. */
export class TextField implements Input {
  #split: Split;

  constructor(text = '') {
    this.#split = [text, ''];
  }

  get text(): string {
    return this.#split.join('');
  }

  key(typed: string, key: NamedKeys): boolean {
    const split = edited(this.#split, typed, key);
    if (split) this.#split = split;
    return split !== undefined;
  }

  /** Without the cursor it is shown from its beginning. */
  row(width: number, focused: boolean): Row {
    const { cells, at } = cellsOf(this.#split, focused);
    return fill(joined(scrolled(cells, focused ? at : 0, width)), width);
  }

  rows(width: number, _height: number, focused: boolean): readonly Row[] {
    return [this.row(width, focused)];
  }
}
