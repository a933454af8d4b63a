import { plainText } from '../core/plain-text.ts';
import { onPaste } from './gesture.ts';
import { type Enter, openOn } from './hold.ts';
import { pressed } from './keyboard.ts';
import { NO_KEY } from './named-keys.ts';
import { PhoneStore } from './phone-store.ts';
import { PlainPhone } from './plain/plain-phone.ts';
import type { PhoneSession, PhoneTerminal } from './session.ts';
import { hear } from './typed.ts';

/**
 * Opens the phone as lines that are written one after the other, each once and whole, and resolves to the exit code when it
 * is put away. Keys count as they are pressed, as on the screen.
 */
export function openPlain(session: PhoneSession, terminal: PhoneTerminal): Promise<number> {
  const store = new PhoneStore(session);
  const plain = new PlainPhone(store, (line) => void terminal.stdout.write(`${plainText(line)}\n`));
  let greeted = false;
  const enter: Enter = ({ undo }) => {
    const press = (keys: string) => {
      for (const name of namesOf(keys)) plain.key(name);
    };
    undo(
      hear(terminal.stdin, session.every, (typed) => {
        if ('keys' in typed) press(typed.keys);
        else if ('paste' in typed) onPaste(store, typed.paste);
      }),
    );
    undo(store.subscribe(() => plain.tell()));
    if (greeted) plain.standing();
    else plain.greet();
    greeted = true;
  };
  return openOn(store, terminal, enter);
}

const ESC = '\u001b';
/** Keys without a character of their own, with what they send; then every other one. */
const KEY = new RegExp(`${ESC}\\[[\\d;]*[A-Za-z~]|${ESC}O.|${ESC}?[^]`, 'gu');
const SENT: Readonly<Record<string, string>> = { [ESC]: 'esc', [`${ESC}[Z`]: 'shift-tab' };

/** The names of what was pressed. Keys that only move on a screen are left out. */
const namesOf = (keys: string): readonly string[] =>
  (keys.match(KEY) ?? []).flatMap((key) => SENT[key] ?? (key.startsWith(ESC) ? [] : pressed(key, NO_KEY)));
