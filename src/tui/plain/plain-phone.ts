import type { PhoneStore } from '../phone-store.ts';
import { row, textOf } from '../rows.ts';
import type { OpenQuestion } from '../session.ts';
import type { Window } from '../window/window.ts';
import { answerQuestion, type Choice } from './choice.ts';
import { runPlain } from './commands.ts';
import { createNews } from './news.ts';
import { tellStanding } from './words.ts';

/** These mean the phone, whatever it asks. */
const ALWAYS = new Set(['ctrl-c', 'ctrl-z']);
const WINDOW = { width: 1000, height: 1000 };

/** The phone as lines that are said, for people who cannot see a screen. */
export class PlainPhone {
  readonly #phone: PhoneStore;
  readonly #say: (line: string) => void;
  readonly #news = createNews();
  #question: OpenQuestion | undefined;
  /** What the question asks. */
  #asked: Choice | undefined;
  /** What a command asks. */
  #choice: Choice | undefined;
  /** The window for the question is still to come; it is not needed. */
  #comes = false;

  constructor(phone: PhoneStore, say: (line: string) => void) {
    this.#phone = phone;
    this.#say = say;
  }

  greet(): void {
    this.#say(`press9: ${this.#phone.session.title}; ? lists the keys, w says where the call stands, q quits`);
  }

  /** Says what is new. */
  tell(): void {
    for (const line of this.#news(this.#phone.get())) this.#say(line);
    const question = this.#phone.current()?.simulation?.question();
    if (question !== this.#question) {
      this.#question = question;
      this.#asked = question && answerQuestion(question);
      this.#comes = question !== undefined;
      if (this.#asked) this.#say(this.#asked.says);
    }
    const { window } = this.#phone.get();
    if (window) this.#close(window);
  }

  standing(): void {
    for (const line of tellStanding(this.#phone.get())) this.#say(line);
  }

  /** A key, by its name. */
  key(name: string): void {
    const choice = this.#choice ?? this.#asked;
    this.#choice = undefined;
    const way = choice?.ways[name] ?? choice?.otherwise;
    if (way && !ALWAYS.has(name)) this.#say(way());
    else this.#choice = runPlain(this.#phone, name, this.#say);
    if (this.#choice) this.#say(this.#choice.says);
  }

  /** What would stand over the call is said instead. */
  #close(window: Window): void {
    const rows = this.#comes ? [] : [row(window.title), ...window.rows(WINDOW.width, WINDOW.height)];
    this.#comes = false;
    this.#phone.look({ window: undefined });
    for (const text of rows.map((one) => textOf(one).trim())) if (text !== '') this.#say(text);
  }
}
