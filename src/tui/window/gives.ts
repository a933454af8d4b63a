import type { WebRequest } from '../../call/view.ts';
import { type Gives, typeOf } from '../../core/gives.ts';
import { type Ms, ms } from '../../core/ids.ts';
import type { NamedKeys } from '../named-keys.ts';
import { DIM, EMPTY, type Row, rowsOf } from '../rows.ts';
import { Form } from './form.ts';
import { TextArea } from './text-area.ts';
import { TextField } from './text-field.ts';
import type { Window } from './window.ts';

/** An answer as text that a person edits. */
export type Draft = { status: string; type: string; body: string; after: Ms };

export const NEW_ANSWER: Draft = { status: '200', type: '', body: '', after: ms(0) };

/** What a request got. @param timedOut did it fail by time-out? */
export function draftOf({ at, answer }: WebRequest, timedOut: boolean): Draft {
  if (!answer) return NEW_ANSWER;
  if ('failed' in answer) return { ...NEW_ANSWER, status: timedOut ? 'timeout' : 'refused' };
  const { status, contentType, body } = answer;
  return { status: String(status), type: contentType, body, after: ms(answer.at - at) };
}

export function sayGives(gives: Gives): string {
  if (gives.type === 'timeout') return 'a time-out';
  if (gives.type === 'refused') return 'a refused connection';
  const { status, body } = gives;
  return body === '' ? `status ${status}` : `status ${status} "${body.length > 30 ? `${body.slice(0, 29)}…` : body}"`;
}

type Name = 'status' | 'type' | 'body';
/** A body that is longer is not edited here. */
const MOST_BODY = 10_000;
const BODY_ROWS = 8;

/** A form for an answer. */
export class GivesWindow implements Window {
  readonly title: string;
  readonly hints = [['tab', 'next field', 4] as const, ['ctrl-j', 'new line', 2] as const, ['enter', 'give it', 8] as const];
  readonly #intro: readonly string[];
  readonly #draft: Draft;
  readonly #form: Form<Name>;
  readonly #give: (gives: Gives) => void;
  readonly closed: () => void;

  constructor(
    about: { title: string; intro: readonly string[]; closed?: () => void },
    draft: Draft,
    give: (gives: Gives) => void,
  ) {
    this.title = about.title;
    this.#intro = about.intro;
    this.closed = about.closed ?? (() => {});
    this.#draft = draft;
    this.#give = give;
    const body = { name: 'body', label: 'Body', input: new TextArea(draft.body), about: '', height: BODY_ROWS } as const;
    this.#form = new Form<Name>([
      { name: 'status', label: 'Status', input: new TextField(draft.status), about: '200 to 599, or: timeout, refused' },
      { name: 'type', label: 'Type', input: new TextField(draft.type), about: 'the content type; if empty, as the body looks' },
      ...(draft.body.length > MOST_BODY ? [] : [body]),
    ]);
  }

  rows(width: number, height: number): readonly Row[] {
    const { length } = this.#draft.body;
    const kept = length > MOST_BODY ? [EMPTY, ...rowsOf(`The body of ${length} characters stays as it is.`, width, DIM)] : [];
    const form = [...this.#form.rows(width), ...kept];
    const intro = this.#intro.flatMap((line) => rowsOf(line, width).slice(0, 3));
    const fits = intro.length > 0 && intro.length + 1 + form.length <= height;
    return fits ? [...intro, EMPTY, ...form] : form;
  }

  key(typed: string, key: NamedKeys): void {
    if (!key.return) this.#form.key(typed, key);
    else this.#enter();
  }

  #enter(): void {
    const status = this.#form.text('status').trim().toLowerCase();
    if (/^time-?out$/.test(status)) this.#give({ type: 'timeout' });
    else if (status === 'refused') this.#give({ type: 'refused' });
    else if (/^[2-5]\d\d$/.test(status)) this.#give(this.#answer(Number(status)));
    else this.#form.blame('status', `"${status}" is no status: write 200 to 599, timeout or refused`);
  }

  #answer(status: number): Gives {
    const { body: before, after } = this.#draft;
    const body = before.length > MOST_BODY ? before : this.#form.text('body');
    return { type: 'answer', status, contentType: this.#form.text('type').trim() || typeOf(body), after, body };
  }
}
