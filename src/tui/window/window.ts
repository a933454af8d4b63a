import type { NamedKeys } from '../named-keys.ts';
import type { Row } from '../rows.ts';

/** A key and what it does, for the last line of the screen. */
export type Hint = readonly [key: string, does: string, rank: number];

/** Something that stands over the call and has the keyboard: help, a list to choose from, a form. Esc closes it. */
export interface Window {
  readonly title: string;
  readonly hints: readonly Hint[];
  /** Its content, at most `height` rows of at most `width` columns. It scrolls itself. */
  rows(width: number, height: number): readonly Row[];
  /** Takes a key. What was typed together, or pasted, comes together. */
  key(typed: string, key: NamedKeys): void;
  /** Esc has closed it. */
  closed?(): void;
}
