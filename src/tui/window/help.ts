import type { Handset } from '../handset.ts';
import type { NamedKeys } from '../named-keys.ts';
import type { PhoneCommand } from '../phone-command.ts';
import { BOLD, beside, EMPTY, labelled, type Row, row, rowsOf } from '../rows.ts';
import { pad } from '../width.ts';
import { Scroll } from './scroll.ts';
import type { Window } from './window.ts';

const GROUPS: Readonly<Record<string, readonly string[]>> = {
  'The call': ['answer', 'decline', 'hang-up', 'redial', 'break', 'edit-call'],
  Time: ['back', 'forward', 'to-start', 'to-now', 'pause', 'faster', 'slower'],
  Branches: ['edit-answer', 'branch', 'compare'],
  'What is shown': ['next-tab', 'previous-tab', 'zoom', 'close', 'up', 'down', 'page-up', 'page-down', 'background', 'mouse'],
  Files: ['flows', 'open-file', 'save', 'copy-curl'],
};
/** Where commands go that are in no group. */
const REST = 'This phone';

const SIMULATIONS =
  'A key that is pressed in the past begins a simulation: another branch of the call, in which servers say again what they said. ' +
  'Nothing that happens in it is written, sent, posted or asked of a server, unless you say so.';

const KEYS = 13;
const TWO_COLUMNS = 84;

/** What every key does. */
export function help(phone: Handset, commands: readonly PhoneCommand[]): void {
  phone.look({ window: new HelpWindow(phone, commands) });
}

class HelpWindow implements Window {
  readonly title = 'What every key does';
  readonly hints = [['up down', 'scroll', 5] as const];
  readonly #phone: Handset;
  readonly #commands: readonly PhoneCommand[];
  readonly #scroll = new Scroll();

  constructor(phone: Handset, commands: readonly PhoneCommand[]) {
    this.#phone = phone;
    this.#commands = commands;
  }

  rows(width: number, height: number): readonly Row[] {
    return this.#scroll.view([...rowsOf(SIMULATIONS, width), ...this.#groups(width)], height);
  }

  key(typed: string, key: NamedKeys): void {
    if (key.return || typed === '?' || typed === 'q') this.#phone.look({ window: undefined });
    else this.#scroll.key(typed, key);
  }

  #groups(width: number): readonly Row[] {
    if (width < TWO_COLUMNS) return blocks(this.#commands, width).flat();
    const own = Math.floor((width - 3) / 2);
    const all = blocks(this.#commands, own);
    const total = all.flat().length;
    let left: Row[] = [];
    while (all.length > 1 && left.length + (all[0]?.length ?? 0) / 2 < total / 2) left = [...left, ...(all.shift() ?? [])];
    return beside(left, own + 1, all.flat(), Math.max(left.length, all.flat().length));
  }
}

/** A block of rows for each group. */
function blocks(commands: readonly PhoneCommand[], width: number): Row[][] {
  const grouped = Object.entries(GROUPS).map(([name, ids]) => ({ name, own: commands.filter(({ id }) => ids.includes(id)) }));
  const known = new Set(Object.values(GROUPS).flat());
  const groups = [...grouped, { name: REST, own: commands.filter(({ id }) => !known.has(id)) }];
  return groups.map(({ name, own }, i) => [
    EMPTY,
    row(name, BOLD),
    ...(i === 0 ? labelled(pad('0-9 * #', KEYS), 'a key of the telephone; in the past it begins a simulation', width) : []),
    ...own.flatMap(({ id, keys, about }) => labelled(pad(keys.join(' ') || `: ${id}`, KEYS), about, width)),
  ]);
}
