import type { Handset } from '../handset.ts';
import { BAD, DIM, EMPTY, type Row, row, rowsOf } from '../rows.ts';
import type { Window } from './window.ts';

/** Something that takes its time, for which a window waits. */
export class Waiting {
  readonly #phone: Handset;
  readonly #window: Window;
  /** Meanwhile keys mean nothing. */
  busy = false;
  /** What went wrong, until something else is tried. */
  trouble: string | undefined;

  constructor(phone: Handset, window: Window) {
    this.#phone = phone;
    this.#window = window;
  }

  /** @param came gets what came of it, if the window is still open by then. */
  async for<T>(work: Promise<T>, came: (result: T) => void): Promise<void> {
    const open = () => this.#phone.get().window === this.#window;
    this.busy = true;
    this.trouble = undefined;
    try {
      const result = await work;
      this.busy = false;
      if (open()) came(result);
    } catch (error) {
      this.trouble = error instanceof Error ? error.message : String(error);
    }
    this.busy = false;
    if (open()) this.#phone.look({});
  }

  rows(width: number): readonly Row[] {
    if (this.busy) return [EMPTY, row('One moment …', DIM)];
    return this.trouble === undefined ? [] : [EMPTY, ...rowsOf(this.trouble, width, BAD)];
  }
}
