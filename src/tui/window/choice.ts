import type { NamedKeys } from '../named-keys.ts';
import { BOLD, EMPTY, type Row, rowsOf, span } from '../rows.ts';
import { listRows, movedTo } from './list.ts';
import type { Window } from './window.ts';

export type Choice = { readonly says: string; choose(): void };

type Question = {
  readonly title: string;
  /** What it is about, and what is so now. */
  readonly intro: readonly string[];
  readonly choices: readonly Choice[];
  closed?(): void;
};

/** A question with a few answers: the number of one chooses it, or up, down and Enter. */
export class ChoiceWindow implements Window {
  readonly title: string;
  readonly hints: Window['hints'];
  readonly #question: Question;
  #at = 0;

  constructor(question: Question) {
    this.#question = question;
    this.title = question.title;
    this.hints = [[`1-${question.choices.length}`, 'choose', 6] as const, ['enter', 'take it', 8] as const];
  }

  rows(width: number, height: number): readonly Row[] {
    const { choices, intro } = this.#question;
    const about = intro.flatMap((line) => rowsOf(line, width).slice(0, 4));
    const head = about.length > 0 && about.length < height - choices.length ? [...about, EMPTY] : [];
    const items = choices.map(({ says }, i): Row[] => [[span(`${i + 1}  `, BOLD), span(says)]]);
    return [...head, ...listRows(items, this.#at, height - head.length)];
  }

  key(typed: string, key: NamedKeys): void {
    const { choices } = this.#question;
    const moved = movedTo(this.#at, choices.length, typed, key);
    if (moved !== undefined) this.#at = moved;
    else if (key.return) choices[this.#at]?.choose();
    else if (/^[1-9]$/.test(typed) && !key.ctrl) choices[Number(typed) - 1]?.choose();
  }

  closed(): void {
    this.#question.closed?.();
  }
}
