import { ms } from '../core/ids.ts';
import type { Cancel } from '../core/ports.ts';
import type { DemoStep } from './demo-story.ts';
import { NO_KEY } from './gesture.ts';
import type { Guide } from './guide.ts';
import { onKeyboard } from './keyboard.ts';
import type { NamedKeys } from './named-keys.ts';
import type { PhoneStore } from './phone-store.ts';
import type { Typed } from './typed.ts';

/** The person who shows it looks so often, and types a key. */
export const BEAT = ms(50);
const BEATS_A_KEY = 2;

/** How the one who shows the phone reaches it. */
export type DemoHands = {
  /** A key, by its name. */
  press(phone: PhoneStore, key: string): void;
  /** Says what is shown: with every key, as the last line forgets it. */
  say(phone: PhoneStore, caption: string): void;
};

export type DemoOptions = {
  hands?: DemoHands;
  /** Hears of the end of each step: the next one begins. */
  done?(step: DemoStep): void;
  /** Every step was done, and nobody has taken the phone. */
  finished?(phone: PhoneStore): void;
};

/** Somebody who plays a story on the phone, key by key. Any key of the person hands the phone over. */
export class Demo implements Guide {
  readonly #steps: DemoStep[];
  readonly #options: DemoOptions;
  readonly #hands: DemoHands;
  #phone: PhoneStore | undefined;
  #stop: Cancel = () => {};
  #keys: string[] = [];
  #beats = 0;
  #caption = '';

  constructor(steps: readonly DemoStep[], options: DemoOptions = {}) {
    this.#steps = [...steps];
    this.#options = options;
    this.#hands = options.hands ?? ON_SCREEN;
  }

  /** Is it still playing? */
  get playing(): boolean {
    return this.#phone !== undefined;
  }

  /** Where it is, for when it does not go on. */
  get step(): DemoStep | undefined {
    return this.#steps[0];
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
    if ('keys' in typed && LEAVES.test(typed.keys)) return false;
    phone.say('You have the phone now: ? tells what every key does, q quits.', 'good');
    return true;
  }

  stop(): void {
    this.#stop();
    this.#phone = undefined;
  }

  #beat(phone: PhoneStore): void {
    this.#beats++;
    if (this.#keys.length > 0) this.#type(phone);
    else this.#look(phone);
  }

  #type(phone: PhoneStore): void {
    if (this.#beats < BEATS_A_KEY) return;
    this.#beats = 0;
    this.#hands.press(phone, this.#keys.shift() ?? '');
    this.#hands.say(phone, this.#caption);
  }

  /** The next step, once it may begin and what was before has been seen long enough. */
  #look(phone: PhoneStore): void {
    const [step] = this.#steps;
    if (!step) return;
    if (step.when?.(phone.get()) === false) this.#beats = 0;
    if (this.#beats * BEAT < step.after) return;
    this.#steps.shift();
    this.#beats = 0;
    if (step.caption !== undefined) this.#caption = step.caption;
    this.#hands.say(phone, this.#caption);
    step.does?.(phone);
    this.#keys = [...(step.keys ?? [])];
    if (this.#keys.length > 0) this.#type(phone);
  }
}
