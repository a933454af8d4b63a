import type { Look } from './phone-state.ts';

export type Size = { readonly columns: number; readonly rows: number };

/** How the screen is shared out; rows and columns of each part, 0 where it is left out. */
export type Layout = {
  /** Of the call, without header and banner. */
  readonly body: number;
  /** The keypad's column. */
  readonly keypad: number;
  /** The open tab's own column, on wide terminals. */
  readonly tabColumn: number;
  /** Rows of the open tab below the call. */
  readonly tab: number;
  /** Is there a line between call and tabs? */
  readonly ruled: boolean;
};

/** Smaller than this, nothing can be shown. */
export const LEAST: Size = { columns: 24, rows: 8 };
/** From this width on the keypad has its own column, and from this on the open tab too. */
const TWO_COLUMNS = 60;
const THREE_COLUMNS = 120;
/** From this height on there is room for a line above the tabs, and for tabs that are always open. */
const RULED = 16;
const HEADER = 2;
const FOOTER = 1;

const between = (least: number, wanted: number, most: number): number => Math.max(least, Math.min(most, Math.round(wanted)));

/** @param over The call is over: what came of it needs more room than the keypad. */
export function layoutOf(look: Pick<Look, 'tab' | 'zoomed' | 'compare'>, { columns, rows }: Size, over: boolean): Layout {
  const { tab, zoomed, compare } = look;
  const rest = rows - HEADER - FOOTER;
  const ruled = rows >= RULED;
  const strip = ruled ? 2 : 1;
  const wide = columns >= THREE_COLUMNS && ruled && !compare;
  if (zoomed || (!wide && !ruled && tab !== 'log')) return { body: 0, keypad: 0, tabColumn: 0, tab: rest - strip, ruled };
  if (wide) {
    const keypad = over ? between(38, columns * 0.28, 60) : between(33, columns * 0.24, 45);
    return { body: rest, keypad, tabColumn: between(40, columns * 0.35, 100), tab: 0, ruled };
  }
  const keypad = columns < TWO_COLUMNS ? 0 : over ? between(26, columns * 0.45, 52) : between(24, columns * 0.375, 42);
  const below = tab === 'log' ? between(0, (rows - 12) / 4, 12) : Math.floor((rest - strip) / 2);
  return { body: rest - strip - below, keypad, tabColumn: 0, tab: below, ruled };
}
