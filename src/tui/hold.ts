import type { Cancel } from '../core/ports.ts';
import type { PhoneEnd } from './phone-state.ts';
import type { PhoneStore } from './phone-store.ts';
import type { PhoneTerminal } from './session.ts';

/** How a phone makes a terminal its own. */
export type Enter = (held: {
  /** What undoes what was just done. */
  undo(cancel: Cancel): void;
  /** Nothing can be shown any more, by an error if there is one. */
  lost(error?: unknown): void;
}) => void;

/** The terminal in the hands of the phone, in raw mode, until it is given back. */
class Hold {
  /** Settles when the terminal is of no use any more though nobody gave it back. */
  readonly lost: Promise<void>;
  readonly #lost: PromiseWithResolvers<void> = Promise.withResolvers();
  readonly #terminal: PhoneTerminal;
  readonly #enter: Enter;
  #undo: Cancel[] = [];
  #over = false;

  constructor(terminal: PhoneTerminal, enter: Enter) {
    this.#terminal = terminal;
    this.#enter = enter;
    this.lost = this.#lost.promise;
  }

  get held(): boolean {
    return this.#undo.length > 0;
  }

  take(): void {
    if (this.held || this.#over) return;
    const undo = [() => this.#setRaw(false)];
    this.#undo = undo;
    // First of all: what is typed meanwhile must not be echoed, and a phone in the background stops here.
    this.#setRaw(true);
    this.#enter({
      undo: (cancel) => void undo.push(cancel),
      lost: (error) => {
        if (error !== undefined) this.#lost.reject(error);
        else if (this.#undo === undo) this.#lost.resolve();
      },
    });
  }

  /** The terminal is as it was: at once, and as often as one likes. */
  giveBack(): void {
    const undo = this.#undo;
    this.#undo = [];
    for (const cancel of undo.reverse()) cancel();
  }

  /** Gives it back for good. */
  end(): void {
    this.#over = true;
    this.giveBack();
  }

  async away(work: () => Promise<void>): Promise<void> {
    // Not in the midst of a key that is still being handled.
    await Promise.resolve();
    this.giveBack();
    try {
      await work();
    } finally {
      this.take();
    }
  }

  /** A terminal that was closed throws: that is no crash. */
  #setRaw(raw: boolean): void {
    try {
      this.#terminal.stdin.setRawMode(raw);
    } catch {
      this.#lost.resolve();
    }
  }
}

const REFUSED = 3;
const INTERRUPTED = 130;

/**
 * Dials on a terminal, and resolves to the exit code when the person is done: what the session says, else 130 when
 * interrupted, 3 when the last call was refused, 0. However it ends, and while something else has the terminal, it is as
 * it was before.
 */
export async function openOn(
  store: PhoneStore,
  terminal: PhoneTerminal,
  enter: Enter,
  listenToMouse: (on: boolean) => void = () => {},
): Promise<number> {
  const hold = new Hold(terminal, enter);
  const { stdout } = terminal;
  store.showOn({
    away: (work) => hold.away(work),
    suspend: () => terminal.suspend(),
    copy: (text) => void stdout.write(`\u001b]52;c;${Buffer.from(text).toString('base64')}\u0007`),
    listenToMouse: (on) => hold.held && listenToMouse(on),
  });
  const forget = terminal.onGone(() => store.leave('interrupted'));
  try {
    const how = await untilPutAway(store, terminal, hold);
    const code = await store.session.finish();
    if (code !== 0) return code;
    if (how === 'interrupted') return INTERRUPTED;
    return store.get().at.page === 'refused' ? REFUSED : 0;
  } finally {
    forget();
  }
}

async function untilPutAway(store: PhoneStore, terminal: PhoneTerminal, hold: Hold): Promise<PhoneEnd> {
  const { stdin } = terminal;
  const end = () => store.leave('interrupted');
  stdin.once('end', end);
  const cancels = obey(store, terminal, hold);
  try {
    hold.take();
    void store.dial();
    const how = await Promise.race([store.ended, hold.lost]);
    if (!how) end();
    return how ?? 'interrupted';
  } finally {
    stdin.off('end', end);
    hold.end();
    for (const cancel of cancels) cancel();
  }
}

/** What the world around the terminal says. Whoever has borrowed it gets the Ctrl-C that is meant for them themselves. */
function obey(store: PhoneStore, terminal: PhoneTerminal, hold: Hold): readonly Cancel[] {
  return [
    terminal.onInterrupt((signal) => {
      if (hold.held || signal !== 'SIGINT') store.leave('interrupted');
    }),
    terminal.onCrash(() => hold.end()),
    terminal.onSuspend(() => void (hold.held ? store.suspend() : terminal.suspend())),
    terminal.onResume(() => {
      if (hold.held) void store.away(async () => {});
    }),
  ];
}
