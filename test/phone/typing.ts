import { onKeyboard } from '../../src/tui/keyboard.ts';
import { type NamedKeys, NO_KEY } from '../../src/tui/named-keys.ts';
import { textOf } from '../../src/tui/rows.ts';
import type { Window } from '../../src/tui/window/window.ts';
import { type Hand, settle } from './hand.ts';

const NAMED: Readonly<Record<string, readonly [typed: string, key: Partial<NamedKeys>]>> = {
  enter: ['\r', { return: true }],
  esc: ['', { escape: true }],
  tab: ['', { tab: true }],
  'shift-tab': ['', { tab: true, shift: true }],
  back: ['', { backspace: true }],
  delete: ['', { delete: true }],
  up: ['', { upArrow: true }],
  down: ['', { downArrow: true }],
  left: ['', { leftArrow: true }],
  right: ['', { rightArrow: true }],
  pgup: ['', { pageUp: true }],
  pgdn: ['', { pageDown: true }],
  home: ['', { home: true }],
  end: ['', { end: true }],
};

/** What a terminal tells of a key: `enter`, `ctrl-u`, or whatever was typed or pasted at once. */
export function keyOf(name: string): readonly [typed: string, key: NamedKeys] {
  const named = Object.hasOwn(NAMED, name) ? NAMED[name] : undefined;
  const [typed, key] = named ?? (/^ctrl-.$/.test(name) ? [name.slice(5), { ctrl: true }] : [name, {}]);
  return [typed, { ...NO_KEY, ...key }];
}

/** Presses keys of the keyboard, one after the other. */
export async function hit(hand: Hand, ...names: readonly string[]): Promise<void> {
  for (const name of names) {
    onKeyboard(hand.phone, ...keyOf(name));
    await settle(hand);
  }
}

export const rowsText = (window: Pick<Window, 'rows'>, width = 76, height = 16): string =>
  window
    .rows(width, height)
    .map((row) => textOf(row).trimEnd())
    .join('\n');

/** What stands in the window that is open; nothing when none is. */
export const windowText = ({ phone }: Hand, width?: number, height?: number): string => {
  const { window } = phone.get();
  return window ? rowsText(window, width, height) : '';
};

export const noteText = ({ phone }: Hand): string => phone.get().note?.text ?? '';
