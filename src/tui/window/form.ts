import type { NamedKeys } from '../named-keys.ts';
import { BAD, BOLD, DIM, type Row, rowsOf, span } from '../rows.ts';
import { columns, pad } from '../width.ts';
import type { Input } from './text-field.ts';

export type Field<Name extends string> = {
  readonly name: Name;
  readonly label: string;
  readonly input: Input;
  /** What may be written here; shown while somebody writes. */
  readonly about: string;
  /** Rows it may take, 1 unless told. */
  readonly height?: number;
};

/** Fields one below the other, and which of them is written in. */
export class Form<Name extends string> {
  readonly #fields: readonly Field<Name>[];
  #at = 0;
  #trouble: { field: Name; says: string } | undefined;

  constructor(fields: readonly Field<Name>[]) {
    this.#fields = fields;
  }

  text(name: Name): string {
    return this.#fields.find((field) => field.name === name)?.input.text ?? '';
  }

  /** What is wrong with a field, until it is changed; somebody writes in it now. */
  blame(field: Name, says: string): void {
    this.#trouble = { field, says };
    this.#at = Math.max(
      0,
      this.#fields.findIndex(({ name }) => name === field),
    );
  }

  key(typed: string, key: NamedKeys): void {
    const own = this.#fields[this.#at];
    const before = own?.input.text;
    if (own?.input.key(typed, key)) {
      if (own.input.text !== before && this.#trouble?.field === own.name) this.#trouble = undefined;
      return;
    }
    const by = key.upArrow || (key.tab && key.shift) ? -1 : key.downArrow || key.tab ? 1 : 0;
    this.#at = (this.#at + by + this.#fields.length) % this.#fields.length;
  }

  rows(width: number): readonly Row[] {
    const label = Math.max(0, ...this.#fields.map(({ label }) => columns(label))) + 4;
    return this.#fields.flatMap((field, i) => this.#rowsOf(field, i === this.#at, label, width));
  }

  #rowsOf({ name, label, input, about, height = 1 }: Field<Name>, focused: boolean, indent: number, width: number): Row[] {
    const room = Math.max(4, width - indent);
    const written = input.rows(room, height, focused).map((line, i): Row => {
      const head = i === 0 ? `${focused ? '> ' : '  '}${label}` : '';
      return [span(pad(head, indent), focused ? BOLD : DIM), ...line];
    });
    const trouble = this.#trouble?.field === name ? rowsOf(`! ${this.#trouble.says}`, width, BAD, indent) : [];
    return [...written, ...trouble, ...(focused ? rowsOf(about, width, DIM, indent) : [])];
  }
}
