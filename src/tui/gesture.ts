import { isDigit } from '../core/input.ts';
import { COMMANDS, runCommand } from './commands.ts';
import { onKeyboard } from './keyboard.ts';
import type { MouseAct } from './mouse.ts';
import { NO_KEY } from './named-keys.ts';
import type { PhoneStore } from './phone-store.ts';
import { type Click, clickAt } from './rows.ts';
import { type Size, screen } from './screen.ts';

/** Rows that a notch of the wheel scrolls, where there is no list to choose from. */
const NOTCH = 3;

/** What the mouse does on the screen that is shown. Under a window there is nothing to press. */
export function onMouse(phone: PhoneStore, { type, x, y }: MouseAct, size: Size): void {
  const state = phone.get();
  if (type !== 'press') {
    const key = { ...NO_KEY, [type === 'wheel-up' ? 'upArrow' : 'downArrow']: true };
    for (let i = 0; i < (state.window || state.tab === 'web' ? 1 : NOTCH); i++) onKeyboard(phone, '', key);
  } else if (!state.window) {
    const click = clickAt(screen(state, size), x, y);
    if (click) onClick(phone, click);
  }
}

function onClick(phone: PhoneStore, click: Click): void {
  if (phone.get().note) phone.look({ note: undefined });
  if ('press' in click) phone.press(click.press);
  else if ('tab' in click) phone.look({ tab: click.tab, scroll: 0, request: undefined });
  else {
    const command = COMMANDS.find(({ id }) => id === click.command);
    if (command?.when?.(phone.get()) ?? true) command?.run(phone);
  }
}

/** A pasted text is written where somebody writes. Else it is dialled if it is digits: as keys it could do anything. */
export function onPaste(phone: PhoneStore, text: string): void {
  const digits = [...text.trim()];
  const { window } = phone.get();
  if (window) phone.toWindow(() => window.key(text, NO_KEY));
  else if (digits.length > 0 && digits.every(isDigit)) for (const digit of digits) runCommand(phone, digit);
  else phone.say('What was pasted is no number to dial: nothing was done.');
}
