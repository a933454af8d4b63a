import type { NamedKeys } from '../named-keys.ts';
import { DIM, inView, type Row, row } from '../rows.ts';
import { movedTo } from './list.ts';

/** How far down somebody has scrolled in rows that are too many. */
export class Scroll {
  #at = 0;
  #most = 0;

  view(rows: readonly Row[], height: number): readonly Row[] {
    this.#most = Math.max(0, rows.length - height);
    this.#at = Math.min(this.#at, this.#most);
    const shown = inView(rows, height, this.#at, 'top');
    const below = this.#most - this.#at;
    return below > 0 ? [...shown.slice(0, -1), row(`… ${below + 1} more rows`, DIM)] : shown;
  }

  key(typed: string, key: NamedKeys): void {
    this.#at = movedTo(this.#at, this.#most + 1, typed, key) ?? this.#at;
  }
}
