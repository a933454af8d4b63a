import type { Handset } from './handset.ts';
import type { NamedKeys } from './named-keys.ts';
import { BOLD, EMPTY, type Row, rowsOf } from './rows.ts';
import { movedTo } from './window/list.ts';
import { Scroll } from './window/scroll.ts';
import type { Hint, Window } from './window/window.ts';

/** A command line that a person could try. */
export type NextCommand = { readonly command: string; readonly about: string };

const YOURS = 'The phone is yours now. Esc closes this; then r calls again, f chooses a flow, ? lists every key, q quits.';

/** After the story: what to try next. */
export class DemoEnd implements Window {
  readonly title = 'What to try next';
  readonly hints: readonly Hint[] = [];
  readonly #phone: Handset;
  readonly #commands: readonly NextCommand[];
  readonly #scroll = new Scroll();

  constructor(phone: Handset, commands: readonly NextCommand[]) {
    this.#phone = phone;
    this.#commands = commands;
  }

  rows(width: number, height: number): readonly Row[] {
    const lines = this.#commands.flatMap(({ command, about }) => [
      EMPTY,
      ...rowsOf(about, width),
      ...rowsOf(command, width, BOLD, 2),
    ]);
    return this.#scroll.view([...rowsOf(YOURS, width), ...lines], height);
  }

  key(typed: string, key: NamedKeys): void {
    if (movedTo(0, 2, typed, key) !== undefined) this.#scroll.key(typed, key);
    else if (typed === 'q') this.#phone.leave('quit');
    else this.#phone.look({ window: undefined });
  }
}
