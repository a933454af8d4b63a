import type { Logged } from '../../core/event.ts';
import type { Cancel } from '../../core/ports.ts';
import type { Problem } from '../../core/problem.ts';
import type { Handset } from '../handset.ts';
import type { NamedKeys } from '../named-keys.ts';
import type { Branch } from '../phone-state.ts';
import { BOLD, EMPTY, type Row, rowsOf } from '../rows.ts';
import type { Reread } from '../session.ts';
import { DifferencesWindow } from './differences.ts';
import { problemRows } from './problems.ts';
import { Scroll } from './scroll.ts';
import type { Window } from './window.ts';

type Changed = Extract<Reread, { type: 'changed' }>;

/** A call goes on while the flow is read; if that made a difference, it is read again. */
const MOST_TRIES = 3;
const WITH_IT = 'r calls with it';

/** Reads the flow again when a file of it is saved, and shows what that means. Of saves at the same time the last counts. */
export function followSaves(phone: Handset, failed: (error: unknown) => void): Cancel {
  let saves = 0;
  const reread = async (): Promise<void> => {
    const save = ++saves;
    for (let tries = 0; tries < MOST_TRIES; tries++) {
      const id = phone.current()?.id;
      const result = await phone.session.reread(phone.current()?.phone);
      if (save !== saves) return;
      const branch = phone.current();
      if (branch?.id === id && showReread(phone, branch, result)) return;
    }
    phone.say(`The flow was saved: ${WITH_IT}.`);
  };
  const stop = phone.session.onSaved(() => void reread().catch(failed));
  return () => {
    saves++;
    stop();
  };
}

/** Shows what a flow that was saved means for the call that is shown. False if the call has gone on otherwise meanwhile. */
function showReread(phone: Handset, branch: Branch | undefined, reread: Reread): boolean {
  if (phone.get().window instanceof BrokenWindow) phone.look({ window: undefined });
  if (reread.type === 'broken') showBroken(phone, reread.problems);
  else if (!branch) phone.say(`The flow was saved: ${WITH_IT}.`);
  else if (reread.type === 'changed') showChanged(phone, branch, reread);
  else if (branch.view.endedAt !== undefined) phone.say(`saved: nothing changes for this caller; ${WITH_IT}`, 'good');
  else if (branch.phone.adopt(reread.flows))
    phone.say('saved: nothing changes for this caller so far; the call goes on with it', 'good');
  else return false;
  return true;
}

function showBroken(phone: Handset, problems: readonly Problem[]): void {
  const many = problems.length === 1 ? 'a problem' : `${problems.length} problems`;
  if (phone.get().window) phone.say(`The flow was saved with ${many}: ${problems[0]?.says ?? ''}`, 'bad');
  else phone.look({ window: new BrokenWindow(phone, problems), note: undefined });
}

function showChanged(phone: Handset, branch: Branch, { flows, log, at, differences }: Changed): void {
  const same = phone.get().branches.filter(({ name }) => name.startsWith(EDITED)).length;
  const name = same === 0 ? EDITED : `${EDITED} ${same + 1}`;
  const from = { branch: branch.id, events: shared(branch.phone.call.log, log) };
  phone.branchFrom({ log, flows, recorded: log, at }, { name, from });
  if (phone.get().window)
    phone.say(
      `saved: ${differences.length === 1 ? 'one difference' : `${differences.length} differences`} for this caller, in a simulation`,
    );
  else phone.look({ window: new DifferencesWindow(phone, differences, branch.view.startedAt), note: undefined });
}

const EDITED = 'edited flow';

/** How many events two logs have in common at their beginning. */
function shared(a: readonly Logged[], b: readonly Logged[]): number {
  const text = (one: Logged | undefined) => one && JSON.stringify([one.at, one.e]);
  let n = 0;
  while (n < a.length && n < b.length && text(a[n]) === text(b[n])) n++;
  return n;
}

/** The file as it is cannot be called with. A better one closes this. */
class BrokenWindow implements Window {
  readonly title = 'The flow was saved, and has problems';
  readonly hints = [['up down', 'scroll', 5] as const];
  readonly #phone: Handset;
  readonly #problems: readonly Problem[];
  readonly #scroll = new Scroll();

  constructor(phone: Handset, problems: readonly Problem[]) {
    this.#phone = phone;
    this.#problems = problems;
  }

  rows(width: number, height: number): readonly Row[] {
    const about = this.#phone.current()
      ? 'The call keeps the flow as it was, and stands still here. Save a better one, or press Esc to go on.'
      : 'The flow as it was is called until a better one is saved.';
    const rows = [...rowsOf(about, width, BOLD), EMPTY, ...problemRows(this.#problems, width)];
    return this.#scroll.view(rows, height);
  }

  key(typed: string, key: NamedKeys): void {
    if (key.return) this.#phone.look({ window: undefined });
    else this.#scroll.key(typed, key);
  }
}
