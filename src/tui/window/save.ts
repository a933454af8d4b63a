import type { Handset } from '../handset.ts';
import type { NamedKeys } from '../named-keys.ts';
import type { Branch } from '../phone-state.ts';
import { DIM, EMPTY, type Row, rowsOf, span, WARN } from '../rows.ts';
import type { Saved } from '../session.ts';
import { quote } from './quote.ts';
import { TextField } from './text-field.ts';
import { Waiting } from './waiting.ts';
import type { Window } from './window.ts';

/** Writes the whole call of the branch that is shown to a file. */
export function save(phone: Handset): void {
  const branch = phone.current();
  if (branch) phone.look({ window: new SaveWindow(phone, branch) });
}

const isScenario = (file: string): boolean => /\.ya?ml$/i.test(file);
const isLog = (file: string): boolean => /\.ndjson$/i.test(file);

const SCENARIO = 'A scenario: the caller does the same again, and what they met before is expected.';
const LOG = 'The log: every event of the call, to replay and compare.';
const NEITHER = 'End the name in .yaml for a scenario that repeats this call, in .ndjson for its log.';
const NUMBER = 'It holds the number that was called.';

class SaveWindow implements Window {
  readonly title = 'Save this call';
  readonly hints = [['enter', 'save', 8] as const];
  readonly #phone: Handset;
  readonly #branch: Branch;
  readonly #waiting: Waiting;
  readonly #field: TextField;
  /** A file that is there, and that Enter writes over. */
  #exists: string | undefined;
  #trouble: string | undefined;

  constructor(phone: Handset, branch: Branch) {
    this.#phone = phone;
    this.#branch = branch;
    this.#waiting = new Waiting(phone, this);
    this.#field = new TextField(phone.session.saveName(branch.phone.call.log));
  }

  rows(width: number): readonly Row[] {
    const file = this.#file();
    const kind = isScenario(file) ? `${SCENARIO} ${NUMBER}` : isLog(file) ? `${LOG} ${NUMBER}` : NEITHER;
    const sofar = this.#branch.view.endedAt === undefined ? ['The call is not over: it is saved as far as it got.'] : [];
    const says = this.#exists === undefined ? this.#trouble : `${this.#exists} is there already. Enter once more writes over it.`;
    return [
      [span('File  ', DIM), ...this.#field.row(width - 6, true)],
      ...(says === undefined ? [] : rowsOf(`! ${says}`, width, WARN, 6)),
      EMPTY,
      ...[kind, ...sofar].flatMap((line) => rowsOf(line, width, DIM)),
      ...this.#waiting.rows(width),
    ];
  }

  key(typed: string, key: NamedKeys): void {
    if (this.#waiting.busy) return;
    if (key.return) this.#save();
    else if (this.#field.key(typed, key)) {
      this.#exists = undefined;
      this.#trouble = undefined;
    }
  }

  #file(): string {
    return this.#field.text.trim();
  }

  #save(): void {
    const file = this.#file();
    if (!isScenario(file) && !isLog(file)) {
      this.#trouble = NEITHER;
      return;
    }
    const { phone } = this.#branch;
    const saved = this.#phone.session.save(phone, phone.call.log, file, this.#exists === file);
    void this.#waiting.for(saved, (result) => this.#came(result));
  }

  #came(result: Saved): void {
    this.#exists = 'exists' in result ? this.#file() : undefined;
    this.#trouble = 'trouble' in result ? result.trouble : undefined;
    if (!('saved' in result)) return;
    const again = isLog(result.saved)
      ? `replay it: press9 replay ${quote(result.saved)}`
      : `run it: press9 test ${quote(result.saved)}`;
    this.#phone.look({ window: undefined });
    this.#phone.say(`saved ${result.saved}; ${again}`, 'good');
  }
}
