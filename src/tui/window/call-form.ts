import type { Handset } from '../handset.ts';
import type { NamedKeys } from '../named-keys.ts';
import type { Row } from '../rows.ts';
import type { CallForm } from '../session.ts';
import { Form } from './form.ts';
import { TextField } from './text-field.ts';
import { Waiting } from './waiting.ts';
import type { Window } from './window.ts';

/** Whom to call, for which contact, and when; then calls. */
export function editCall(phone: Handset): void {
  phone.look({ window: new CallFormWindow(phone) });
}

class CallFormWindow implements Window {
  readonly title = 'Whom to call';
  readonly hints = [['tab', 'next field', 4] as const, ['enter', 'call', 8] as const];
  readonly #phone: Handset;
  readonly #waiting: Waiting;
  readonly #form: Form<keyof CallForm>;

  constructor(phone: Handset) {
    this.#phone = phone;
    this.#waiting = new Waiting(phone, this);
    const { to, contact, at } = phone.session.form;
    this.#form = new Form([
      { name: 'to', label: 'To', input: new TextField(to), about: 'a phone number, such as 98765 43210' },
      {
        name: 'contact',
        label: 'Contact',
        input: new TextField(contact),
        about: 'a row of a CSV file: contacts.csv#1; or nobody',
      },
      { name: 'at', label: 'Starts at', input: new TextField(at), about: 'Indian time: 2026-11-22 10:00; empty is now' },
    ]);
  }

  rows(width: number): readonly Row[] {
    return [...this.#form.rows(width), ...this.#waiting.rows(width)];
  }

  key(typed: string, key: NamedKeys): void {
    if (this.#waiting.busy) return;
    if (key.return) this.#call();
    else this.#form.key(typed, key);
  }

  #call(): void {
    const text = (name: keyof CallForm) => this.#form.text(name).trim();
    const filled = this.#phone.session.fillForm({ to: text('to'), contact: text('contact'), at: text('at') });
    void this.#waiting.for(filled, (trouble) => {
      if (trouble) this.#form.blame(trouble.field, trouble.says);
      else void this.#phone.dial();
    });
  }
}
