import { type Instance, render } from 'ink';
import type { Cancel } from '../core/ports.ts';
import { Phone } from './phone.tsx';
import { type PhoneEnd, PhoneStore } from './phone-store.ts';
import type { PhoneSession, PhoneTerminal } from './session.ts';

/** Drawn at most so often a second. */
const MOST_FRAMES = 15;
const REFUSED = 3;
const INTERRUPTED = 130;

/**
 * Opens the phone on a terminal, dials, and resolves to the exit code when the person is done: what the session says, else
 * 130 when interrupted, 3 when the last call was refused, 0. However it ends, the terminal is as it was before.
 */
export async function openPhone(session: PhoneSession, terminal: PhoneTerminal): Promise<number> {
  const store = new PhoneStore(session);
  const interrupt = () => store.leave('interrupted');
  const forget = terminal.onGone(interrupt);
  try {
    const how = await show(store, terminal, interrupt);
    const code = await session.finish();
    if (code !== 0) return code;
    if (how === 'interrupted') return INTERRUPTED;
    return store.get().at.page === 'refused' ? REFUSED : 0;
  } finally {
    forget();
  }
}

async function show(store: PhoneStore, terminal: PhoneTerminal, interrupt: () => void): Promise<PhoneEnd> {
  const { stdin } = terminal;
  const calm = keepCalm(stdin, interrupt);
  // Before the other screen is entered: what is typed meanwhile must not be echoed onto it.
  stdin.setRawMode(true);
  let screen: Instance | undefined;
  const restore = () => {
    screen?.unmount();
    stdin.setRawMode(false);
  };
  const cancels = [terminal.onInterrupt(interrupt), terminal.onCrash(restore)];
  stdin.once('end', interrupt);
  try {
    screen = draw(store, terminal);
    const gone = screen.waitUntilExit().then((): PhoneEnd => 'interrupted');
    void store.dial();
    return await Promise.race([store.ended, gone]);
  } finally {
    stdin.off('end', interrupt);
    restore();
    await screen?.waitUntilExit().catch(() => {});
    calm();
    stdin.pause();
    for (const cancel of cancels) cancel();
  }
}

const draw = (store: PhoneStore, { stdin, stdout, stderr, colour }: PhoneTerminal): Instance =>
  render(<Phone store={store} colour={colour} />, {
    stdin,
    stdout,
    stderr,
    exitOnCtrlC: false,
    patchConsole: false,
    alternateScreen: true,
    incrementalRendering: true,
    interactive: true,
    maxFps: MOST_FRAMES,
  });

/** A terminal that was closed throws when its mode is set, in the midst of Ink's own tidying up: that is no crash. */
function keepCalm(stdin: PhoneTerminal['stdin'], gone: () => void): Cancel {
  const { setRawMode } = stdin;
  stdin.setRawMode = (raw) => {
    try {
      return setRawMode.call(stdin, raw);
    } catch {
      gone();
      return stdin;
    }
  };
  return () => {
    stdin.setRawMode = setRawMode;
  };
}
