import { ms } from '../core/ids.ts';
import type { Cancel } from '../core/ports.ts';
import type { DemoStep } from './demo-story.ts';
import type { Guide } from './guide.ts';
import { onKeyboard } from './keyboard.ts';
import { NO_KEY } from './named-keys.ts';
import type { PhoneStore } from './phone-store.ts';
import type { Typed } from './typed.ts';

/** Whoever shows the phone looks at it so often. */
export const BEAT = ms(50);
const KEY_PACE = ms(100);

export type DemoOptions = {
  /** How a key is pressed; on the keyboard unless told. */
  press?(phone: PhoneStore, key: string): void;
  /** Hears of each step when it was seen long enough. */
  seen?(step: DemoStep): void;
};

/** Plays a story on the phone, key by key, until the person presses a key of their own. */
export class Demo implements Guide {
  readonly #steps: DemoStep[];
  readonly #press: (phone: PhoneStore, key: string) => void;
  readonly #seen: (step: DemoStep) => void;
  #phone: PhoneStore | undefined;
  #stop: Cancel = () => {};
  #keys: string[] = [];
  #begun = false;
  #caption = '';
  /** Since a key was pressed, or a step begun. */
  #passed = 0;

  constructor(steps: readonly DemoStep[], { press = onKeys, seen = () => {} }: DemoOptions = {}) {
    this.#steps = [...steps];
    this.#press = press;
    this.#seen = seen;
  }

  /** The step it is at, while it plays. */
  get step(): DemoStep | undefined {
    return this.#phone && this.#steps[0];
  }

  follow(phone: PhoneStore): void {
    this.#phone = phone;
    this.#stop = phone.session.every(BEAT, () => this.#beat(phone));
    const stop = () => this.stop();
    phone.ended.then(stop, stop);
  }

  takes(typed: Typed): boolean {
    const phone = this.#phone;
    if (!phone) return false;
    this.stop();
    if ('keys' in typed && LEAVES.has(typed.keys)) return false;
    phone.say('You have the phone now: ? tells what every key does, q quits.', 'good');
    return true;
  }

  stop(): void {
    this.#stop();
    this.#phone = undefined;
  }

  #beat(phone: PhoneStore): void {
    const [step] = this.#steps;
    this.#passed += BEAT;
    if (!step) this.stop();
    else if (!this.#begun) this.#begin(phone, step);
    else if (this.#keys.length > 0) this.#type(phone);
    else if (this.#passed >= step.seen) {
      this.#seen(step);
      this.#steps.shift();
      this.#begun = false;
    }
  }

  #begin(phone: PhoneStore, step: DemoStep): void {
    if (step.when?.(phone.get()) === false) return;
    this.#begun = true;
    this.#passed = KEY_PACE;
    this.#keys = [...(step.keys ?? [])];
    if (step.caption !== undefined) {
      this.#caption = step.caption;
      phone.say(step.caption);
    }
    step.does?.(phone);
    if (this.#keys.length > 0) this.#type(phone);
  }

  /** The last line forgets with every key what it said. */
  #type(phone: PhoneStore): void {
    if (this.#passed < KEY_PACE) return;
    this.#passed = 0;
    this.#press(phone, this.#keys.shift() ?? '');
    if (!phone.get().note) phone.say(this.#caption);
  }
}

/** Keys that do what they always do: quit, Ctrl-C, Ctrl-Z. */
const LEAVES = new Set(['q', 'Q', '\u0003', '\u001a']);

const NAMED: Readonly<Record<string, readonly [typed: string, key: Partial<typeof NO_KEY>]>> = {
  tab: ['', { tab: true }],
  'shift-tab': ['', { tab: true, shift: true }],
  enter: ['\r', { return: true }],
  pgdn: ['', { pageDown: true }],
};

/** A key of the keyboard, by its name. */
function onKeys(phone: PhoneStore, name: string): void {
  const [typed, key] = NAMED[name] ?? [name, {}];
  onKeyboard(phone, typed, { ...NO_KEY, ...key });
}
