import { render } from 'ink';
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
  const { stdin, stdout, stderr, colour } = terminal;
  const store = new PhoneStore(session);
  const screen = render(<Phone store={store} colour={colour} />, {
    stdin,
    stdout,
    stderr,
    exitOnCtrlC: false,
    alternateScreen: true,
    incrementalRendering: true,
    interactive: true,
    maxFps: MOST_FRAMES,
  });
  const restore = () => screen.unmount();
  const interrupt = () => store.leave('interrupted');
  const cancels = [terminal.onInterrupt(interrupt), terminal.onCrash(restore)];
  stdin.once('end', interrupt);
  let how: PhoneEnd;
  try {
    void store.dial();
    how = await Promise.race([store.ended, drawn(screen)]);
  } finally {
    stdin.off('end', interrupt);
    restore();
    await screen.waitUntilExit().catch(() => {});
    for (const cancel of cancels) cancel();
  }
  const code = await session.finish();
  if (code !== 0) return code;
  if (how === 'interrupted') return INTERRUPTED;
  return store.get().at.page === 'refused' ? REFUSED : 0;
}

/** Rejects when drawing fails. */
async function drawn(screen: ReturnType<typeof render>): Promise<PhoneEnd> {
  await screen.waitUntilExit();
  return 'interrupted';
}
