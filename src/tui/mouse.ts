/** Presses and the wheel are reported, with numbers of any size for column and row. */
export const MOUSE_ON = '\u001b[?1000h\u001b[?1006h';
export const MOUSE_OFF = '\u001b[?1006l\u001b[?1000l';

/** What was done with the mouse, in cells from 0. */
export type MouseAct = { readonly type: 'press' | 'wheel-up' | 'wheel-down'; readonly x: number; readonly y: number };

const REPORT = /^\[<(\d+);(\d+);(\d+)M$/;
/** Shift, Alt and Ctrl held down. */
const MODIFIERS = 4 | 8 | 16;
const ACTS: Readonly<Record<number, MouseAct['type']>> = { 0: 'press', 64: 'wheel-up', 65: 'wheel-down' };

/** Reads a report, without the escape it begins with. Undefined for what the phone has no use for, such as a release. */
export function readMouse(report: string): MouseAct | undefined {
  const [, button, column, row] = REPORT.exec(report) ?? [];
  const type = button === undefined ? undefined : ACTS[Number(button) & ~MODIFIERS];
  return type && { type, x: Number(column) - 1, y: Number(row) - 1 };
}
