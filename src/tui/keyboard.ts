import { isDigit } from '../core/input.ts';
import { runCommand } from './commands.ts';
import { type NamedKeys, NO_KEY } from './named-keys.ts';
import type { PhoneStore } from './phone-store.ts';

export type { NamedKeys } from './named-keys.ts';

const NAMES: readonly (readonly [keyof NamedKeys, string])[] = [
  ['return', 'enter'],
  ['escape', 'esc'],
  ['upArrow', 'up'],
  ['downArrow', 'down'],
  ['leftArrow', 'left'],
  ['rightArrow', 'right'],
  ['pageUp', 'pgup'],
  ['pageDown', 'pgdn'],
  ['home', 'home'],
  ['end', 'end'],
];

/** Some control characters arrive as such when others came with them. */
const CONTROLS: Readonly<Record<string, string>> = {
  '\t': 'tab',
  '\r': 'enter',
  '\u0003': 'ctrl-c',
  '\u0010': 'ctrl-p',
  '\u001a': 'ctrl-z',
};

/** The names of what was pressed, as commands know them: `9`, `tab`, `shift-tab`, `ctrl-z`. */
export function pressed(typed: string, key: NamedKeys): readonly string[] {
  if (key.tab) return [key.shift ? 'shift-tab' : 'tab'];
  const named = NAMES.find(([name]) => key[name]);
  if (named) return [named[1]];
  if (key.ctrl) return [`ctrl-${typed}`];
  return [...typed].map((char) => CONTROLS[char] ?? char);
}

/** Pressed while something stands over the call, these still mean the phone. */
const ALWAYS = new Set(['ctrl-c', 'ctrl-z']);

/**
 * What the keyboard does. `typed` may hold several characters when they came at once: each is a key of its own, for the window
 * that is open by then, if one is.
 */
export function onKeyboard(phone: PhoneStore, typed: string, key: NamedKeys): void {
  const chars = [...typed];
  if (looksPasted(chars)) {
    const { window } = phone.get();
    if (window) phone.toWindow(() => window.key(typed, key));
    else phone.say('That looks like pasted text: nothing was done.');
    return;
  }
  for (const [i, name] of pressed(typed, key).entries()) {
    const { window } = phone.get();
    if (!window || ALWAYS.has(name)) runCommand(phone, name);
    else if (name === 'esc') closeWindow(phone);
    else phone.toWindow(() => (chars.length > 1 ? window.key(...keyOf(chars[i] ?? '')) : window.key(typed, key)));
  }
}

/** A character as the terminal would have sent it by itself. */
function keyOf(char: string): [typed: string, key: NamedKeys] {
  if (char === '\r') return ['', { ...NO_KEY, return: true }];
  if (char === '\t') return ['', { ...NO_KEY, tab: true }];
  if (char === '\u007f' || char === '\b') return ['', { ...NO_KEY, backspace: true }];
  const code = char.charCodeAt(0);
  const control = code > 0 && code < 27 && char !== '\n';
  return control ? [String.fromCharCode(code + 96), { ...NO_KEY, ctrl: true }] : [char, NO_KEY];
}

const MOST_AT_ONCE = 10;
const FEW = 4;

/** More than a person types ahead, and neither a number nor a key that was held down. */
const looksPasted = (chars: readonly string[]): boolean =>
  chars.length > MOST_AT_ONCE && new Set(chars).size > FEW && !chars.every(isDigit);

function closeWindow(phone: PhoneStore): void {
  const { window } = phone.get();
  phone.look({ window: undefined, note: undefined });
  window?.closed?.();
}
