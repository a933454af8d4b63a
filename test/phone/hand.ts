import type { Ms } from '../../src/core/ids.ts';
import { isDigit } from '../../src/core/input.ts';
import type { Branch, Shown } from '../../src/tui/phone-state.ts';
import { PhoneStore } from '../../src/tui/phone-store.ts';
import { textOf } from '../../src/tui/rows.ts';
import { type Size, screen } from '../../src/tui/screen.ts';
import { type PhoneStage, type StageOptions, setStage, settle } from './stage.ts';

export { settle } from './stage.ts';

/** A phone held in the hand: what it shows as text, and what can be done with it. */
export type Hand = PhoneStage & {
  phone: PhoneStore;
  /** Rows without trailing spaces. */
  sees(size?: Partial<Size>): string[];
  text(size?: Partial<Size>): string;
  wait(seconds: number): Promise<void>;
  /** In the past, the first key begins another branch. */
  press(keys: string): Promise<void>;
  back(steps?: number): Promise<void>;
  forward(steps?: number): Promise<void>;
  /** The branch that is shown. */
  branch(): Branch;
  /** What is shown of it. */
  shown(): Shown;
};

/** Dials and, unless told otherwise, answers. */
export async function pickUp(flow: string, options: StageOptions & { ringing?: true } = {}): Promise<Hand> {
  const stage = await setStage(flow, options);
  const phone = new PhoneStore(stage.session);
  const hand = handOf(stage, phone);
  await phone.dial();
  await settle(stage);
  if (!options.ringing) phone.answer();
  await settle(stage);
  return hand;
}

function handOf(stage: PhoneStage, phone: PhoneStore): Hand {
  const sees = (size: Partial<Size> = {}) =>
    screen(phone.get(), { columns: 80, rows: 24, ...size }).map((row) => textOf(row).trimEnd());
  const step = async (by: number) => {
    phone.step(by);
    await settle(stage);
  };
  return {
    ...stage,
    phone,
    sees,
    text: (size) => sees(size).join('\n'),
    async wait(seconds) {
      await stage.clock.advance((seconds * 1000) as Ms);
      await settle(stage);
    },
    async press(keys) {
      for (const key of keys) if (isDigit(key)) phone.press(key);
      await settle(stage);
    },
    back: (steps = 1) => step(-steps),
    forward: (steps = 1) => step(steps),
    branch() {
      const branch = phone.current();
      if (!branch) throw new Error('no call');
      return branch;
    },
    shown() {
      const { at } = phone.get();
      if (at.page !== 'call') throw new Error(`no call is shown, but "${at.page}"`);
      return at.shown;
    },
  };
}
