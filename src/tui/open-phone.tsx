import { render } from 'ink';
import { onMouse, onPaste } from './gesture.ts';
import type { Guide } from './guide.ts';
import { type Enter, openOn } from './hold.ts';
import { MOUSE_OFF, MOUSE_ON } from './mouse.ts';
import { Phone } from './phone.tsx';
import { PhoneStore } from './phone-store.ts';
import type { PhoneSession, PhoneTerminal } from './session.ts';
import { hear, Keyboard, PASTE_OFF, PASTE_ON, type Typed } from './typed.ts';

/** Drawn at most so often a second. */
const MOST_FRAMES = 15;

/** Opens the phone on the whole screen of a terminal, and resolves to the exit code when it is put away. */
export function openPhone(session: PhoneSession, terminal: PhoneTerminal, guide?: Guide): Promise<number> {
  const { stdout } = terminal;
  const store = new PhoneStore(session, { background: terminal.background });
  const listenToMouse = (on: boolean) => void stdout.write(on ? MOUSE_ON : MOUSE_OFF);
  const enter: Enter = ({ undo, lost }) => {
    const keyboard = new Keyboard();
    undo(
      hear(terminal.stdin, session.every, (typed) => {
        if (!guide?.takes(typed)) onTyped(store, terminal, keyboard, typed);
      }),
    );
    const screen = draw(store, terminal, keyboard);
    undo(() => screen.unmount());
    screen.waitUntilExit().then(() => lost(), lost);
    undo(() => void stdout.write(MOUSE_OFF + PASTE_OFF));
    stdout.write(PASTE_ON);
    if (store.get().mouse) listenToMouse(true);
  };
  guide?.follow(store);
  return openOn(store, terminal, enter, listenToMouse);
}

function onTyped(store: PhoneStore, { stdout }: PhoneTerminal, keyboard: Keyboard, typed: Typed): void {
  if ('keys' in typed) keyboard.type(typed.keys);
  else if ('paste' in typed) onPaste(store, typed.paste);
  else onMouse(store, typed.mouse, { columns: stdout.columns, rows: stdout.rows });
}

const draw = (store: PhoneStore, { stdout, stderr, colour }: PhoneTerminal, stdin: Keyboard) =>
  render(<Phone store={store} colour={colour} />, {
    stdin,
    stdout,
    stderr,
    exitOnCtrlC: false,
    patchConsole: false,
    alternateScreen: true,
    incrementalRendering: true,
    interactive: true,
    isScreenReaderEnabled: false,
    maxFps: MOST_FRAMES,
  });
