import type { Handset } from '../handset.ts';
import type { NamedKeys } from '../named-keys.ts';
import type { PhoneCommand } from '../phone-command.ts';
import { BOLD, cutRow, DIM, EMPTY, fill, type Row, row, span } from '../rows.ts';
import { columns, pad } from '../width.ts';
import { matches } from './fuzzy.ts';
import { listRows, movedTo } from './list.ts';
import { TextField } from './text-field.ts';
import type { Window } from './window.ts';

/** Finds a command by its name and does it. */
export function palette(phone: Handset, commands: readonly PhoneCommand[]): void {
  const state = phone.get();
  const here = commands.filter(({ id, when }) => id !== 'palette' && (when?.(state) ?? true));
  phone.look({ window: new PaletteWindow(phone, here) });
}

const nameOf = ({ id }: PhoneCommand): string => id.replaceAll('-', ' ');

class PaletteWindow implements Window {
  readonly title = 'Commands';
  readonly hints = [['up down', 'choose', 5] as const, ['enter', 'do it', 8] as const];
  readonly #phone: Handset;
  readonly #commands: readonly PhoneCommand[];
  readonly #field = new TextField();
  #found: readonly PhoneCommand[];
  #at = 0;

  constructor(phone: Handset, commands: readonly PhoneCommand[]) {
    this.#phone = phone;
    this.#commands = commands;
    this.#found = commands;
  }

  rows(width: number, height: number): readonly Row[] {
    const names = Math.max(0, ...this.#commands.map((one) => columns(nameOf(one)))) + 2;
    const items = this.#found.map((one) => [itemRow(one, names, width - 2)]);
    const list = items.length > 0 ? listRows(items, this.#at, height - 2) : [row('  No command is called so.', DIM)];
    return [[span('> ', BOLD), ...this.#field.row(width - 2, true)], EMPTY, ...list];
  }

  key(typed: string, key: NamedKeys): void {
    const moved = movedTo(this.#at, this.#found.length, typed, key);
    if (key.return) this.#run();
    else if (moved !== undefined) this.#at = moved;
    else if (this.#field.key(typed, key)) {
      this.#found = matches(this.#field.text, this.#commands, (one) => [nameOf(one), one.about, one.keys.join(' ')]);
      this.#at = 0;
    }
  }

  #run(): void {
    const command = this.#found[this.#at];
    if (!command) return;
    this.#phone.look({ window: undefined });
    command.run(this.#phone);
  }
}

function itemRow(command: PhoneCommand, names: number, width: number): Row {
  const keys = command.keys.join(' ');
  const about: Row = [span(pad(nameOf(command), names), BOLD), span(command.about)];
  return [...fill(cutRow(about, width - columns(keys) - 2), width - columns(keys)), span(keys, DIM)];
}
