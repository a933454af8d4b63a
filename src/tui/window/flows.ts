import type { Problem } from '../../core/problem.ts';
import type { Handset } from '../handset.ts';
import type { NamedKeys } from '../named-keys.ts';
import { BOLD, DIM, EMPTY, inView, type Row, row, rowsOf, span, WARN } from '../rows.ts';
import type { FlowChoice } from '../session.ts';
import { matches } from './fuzzy.ts';
import { listRows, movedTo } from './list.ts';
import { problemRows } from './problems.ts';
import { TextField } from './text-field.ts';
import { Waiting } from './waiting.ts';
import type { Window } from './window.ts';

/** Chooses another flow, and calls with it. */
export function chooseFlow(phone: Handset): void {
  const window = new FlowsWindow(phone);
  phone.look({ window });
  window.load();
}

/** What is wrong with a flow that was chosen. */
type Refused = { path: string; problems: readonly Problem[] };

class FlowsWindow implements Window {
  readonly title = 'Which flow?';
  readonly hints = [['type', 'search', 4] as const, ['up down', 'choose', 5] as const, ['enter', 'call with it', 8] as const];
  readonly #phone: Handset;
  readonly #waiting: Waiting;
  readonly #field = new TextField();
  #flows: readonly FlowChoice[] | undefined;
  #found: readonly FlowChoice[] = [];
  #at = 0;
  #refused: Refused | undefined;

  constructor(phone: Handset) {
    this.#phone = phone;
    this.#waiting = new Waiting(phone, this);
  }

  load(): void {
    void this.#waiting.for(this.#phone.session.flowChoices(), (flows) => {
      this.#flows = flows;
      this.#search();
      const now = this.#found.findIndex(({ path }) => path === this.#phone.session.facts.file);
      this.#at = Math.max(0, now);
    });
  }

  rows(width: number, height: number): readonly Row[] {
    const refused = this.#refused;
    const below = refused ? refusedRows(refused, width, Math.floor(height / 2)) : this.#flows ? this.#waiting.rows(width) : [];
    const head: Row[] = [[span('> ', BOLD), ...this.#field.row(width - 2, true)], EMPTY];
    const list = this.#list(width, height - head.length - below.length);
    return [...head, ...list, ...below].slice(0, height);
  }

  key(typed: string, key: NamedKeys): void {
    if (this.#waiting.busy && this.#flows) return;
    this.#refused = undefined;
    const moved = movedTo(this.#at, this.#found.length, typed, key);
    if (key.return) this.#choose();
    else if (moved !== undefined) this.#at = moved;
    else if (this.#field.key(typed, key)) {
      this.#search();
      this.#at = 0;
    }
  }

  #list(width: number, height: number): readonly Row[] {
    if (!this.#flows) return this.#waiting.rows(width);
    if (this.#found.length === 0)
      return [row(this.#flows.length === 0 ? 'No flow was found here.' : 'No flow is called so.', DIM)];
    const now = this.#phone.session.facts.file;
    return listRows(
      this.#found.map((flow) => itemRows(flow, flow.path === now, width - 2)),
      this.#at,
      height,
    );
  }

  #search(): void {
    this.#found = matches(this.#field.text, this.#flows ?? [], ({ name, path, about }) => [name, path, about]);
  }

  #choose(): void {
    const flow = this.#found[this.#at];
    if (!flow) return;
    void this.#waiting.for(this.#phone.session.chooseFlow(flow.path), (problems) => {
      if (problems.length > 0) this.#refused = { path: flow.path, problems };
      else void this.#phone.dial();
    });
  }
}

function itemRows({ path, name, about, broken }: FlowChoice, now: boolean, width: number): Row[] {
  const head: Row = [span(name, BOLD), span(`  ${path}`, DIM), span(now ? '  (now)' : '')];
  return [head, ...rowsOf(broken ? `BROKEN: ${about}` : about, width, broken ? WARN : undefined, 2).slice(0, 2)];
}

const refusedRows = ({ path, problems }: Refused, width: number, height: number): readonly Row[] =>
  inView([EMPTY, ...rowsOf(`${path} cannot be called:`, width, BOLD), ...problemRows(problems, width)], height, 0, 'top');
