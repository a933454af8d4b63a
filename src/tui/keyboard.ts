import { isDigit } from '../core/input.ts';
import type { PhoneStore } from './phone-store.ts';

/** The named keys the phone knows, as Ink tells them. */
export type NamedKeys = {
  ctrl: boolean;
  tab: boolean;
  shift: boolean;
  upArrow: boolean;
  downArrow: boolean;
  pageUp: boolean;
  pageDown: boolean;
};

const PAGE = 8;

const LETTERS: Readonly<Record<string, (phone: PhoneStore) => void>> = {
  a: (phone) => phone.answer(),
  d: (phone) => phone.decline(),
  h: (phone) => phone.hangUp(),
  ' ': (phone) => phone.togglePause(),
  '+': (phone) => phone.changeSpeed(1),
  '=': (phone) => phone.changeSpeed(1), // + without shift
  '-': (phone) => phone.changeSpeed(-1),
  r: (phone) => void phone.dial(),
  q: (phone) => phone.leave('quit'),
  // These arrive here when other characters came with them.
  '\t': (phone) => phone.turnTab(1),
  '\u0003': (phone) => phone.leave('interrupted'),
};

/** What the keyboard does. `typed` may hold several characters when they came at once. */
export function onKeyboard(phone: PhoneStore, typed: string, key: NamedKeys): void {
  const older = phone.get().tab === 'call' ? 1 : -1;
  if (key.ctrl) {
    if (typed === 'c') phone.leave('interrupted');
  } else if (key.tab) phone.turnTab(key.shift ? -1 : 1);
  else if (key.upArrow) phone.scroll(older);
  else if (key.downArrow) phone.scroll(-older);
  else if (key.pageUp) phone.scroll(older * PAGE);
  else if (key.pageDown) phone.scroll(-older * PAGE);
  else
    for (const char of typed) {
      if (isDigit(char)) phone.press(char);
      else LETTERS[char.toLowerCase()]?.(phone);
    }
}
