import { type Ms, ms } from '../../src/core/ids.ts';
import { isDigit } from '../../src/core/input.ts';
import { PhoneStore } from '../../src/tui/phone-store.ts';
import { textOf } from '../../src/tui/rows.ts';
import { type Size, screen } from '../../src/tui/screen.ts';
import { type PhoneStage, type StageOptions, setStage } from './stage.ts';

/** A phone held in the hand: what it shows as text, and what can be done with it. */
export type Hand = PhoneStage & {
  phone: PhoneStore;
  /** Rows without trailing spaces. */
  sees(size?: Partial<Size>): string[];
  text(size?: Partial<Size>): string;
  wait(seconds: number): Promise<void>;
  press(keys: string): Promise<void>;
};

/** Lets everything that was promised come to pass; time stands still. */
export async function settle({ clock }: Pick<PhoneStage, 'clock'>): Promise<void> {
  for (let i = 0; i < 5; i++) {
    await clock.advance(ms(0));
    await new Promise((soon) => setImmediate(soon));
  }
}

/** Dials and, unless told otherwise, answers. */
export async function pickUp(flow: string, options: StageOptions & { ringing?: true } = {}): Promise<Hand> {
  const stage = await setStage(flow, options);
  const phone = new PhoneStore(stage.session);
  const sees = (size: Partial<Size> = {}) =>
    screen(phone.get(), { columns: 80, rows: 24, ...size }).map((row) => textOf(row).trimEnd());
  const hand: Hand = {
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
  };
  await phone.dial();
  await settle(stage);
  if (!options.ringing) phone.answer();
  await settle(stage);
  return hand;
}
