import type { PhoneStore } from './phone-store.ts';
import type { Typed } from './typed.ts';

/** Somebody who shows the phone to a person, until that person takes it. */
export interface Guide {
  /** The phone is open, and about to dial. */
  follow(phone: PhoneStore): void;
  /** The person did something. True when it only meant that they want the phone. */
  takes(typed: Typed): boolean;
}
