import type { Handset } from './handset.ts';
import type { PhoneState } from './phone-state.ts';

/** Something the phone can do for a person. Keyboard, last line, help, palette and plain mode are made from these. */
export type PhoneCommand = {
  readonly id: string;
  /** Names of keys, as `keyboard.ts` gives them; the first is shown. Of none it is reached from the palette only. */
  readonly keys: readonly string[];
  /** A word or two, for the last line. */
  readonly short: string;
  /** What it does, for help and the palette. */
  readonly about: string;
  /** Where it is of use; everywhere unless told. */
  readonly when?: (state: PhoneState) => boolean;
  /** How long it keeps its words in the last line as that gets narrow, 1 to 9; not in it at all without. */
  readonly rank?: number;
  run(phone: Handset): void;
};
