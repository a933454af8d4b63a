import { EventEmitter } from 'node:events';
import { PassThrough } from 'node:stream';
import { expect } from 'vitest';
import type { PhoneTerminal } from '../../src/tui/session.ts';

/** A terminal of 80x24 that keeps what is written to it, and on which keys can be typed. */
export type FakeTerminal = {
  terminal: PhoneTerminal;
  written(): string;
  /** How often something was written. */
  writes(): number;
  raw(): boolean;
  type(keys: string): void;
  resize(columns: number, rows: number): void;
  /** `interrupt`, `gone`, `crash`, `suspend`, `resume`; and `continue`, which brings a stopped process back. */
  events: EventEmitter;
  /** How often the process was stopped. */
  stops(): number;
};

export function createFakeTerminal(
  options: { colour?: boolean; closed?: boolean; background?: 'dark' | 'light' } = {},
): FakeTerminal {
  const pieces: string[] = [];
  const events = new EventEmitter();
  let raw = false;
  let stops = 0;
  const stdout = Object.assign(new PassThrough(), { columns: 80, rows: 24, isTTY: true });
  stdout.on('data', (piece: Buffer) => pieces.push(piece.toString()));
  const stdin = Object.assign(new PassThrough(), {
    isTTY: true,
    ref() {},
    unref() {},
    setRawMode(wanted: boolean) {
      if (options.closed && !wanted) throw new Error('setRawMode EIO');
      raw = wanted;
      return stdin;
    },
  });
  const on = (name: string) => (listener: (...args: unknown[]) => void) => {
    events.on(name, listener);
    return () => void events.off(name, listener);
  };
  const terminal = {
    stdin,
    stdout,
    stderr: new PassThrough(),
    colour: options.colour ?? true,
    background: options.background ?? 'dark',
    onInterrupt: on('interrupt'),
    onGone: on('gone'),
    onCrash: on('crash'),
    onSuspend: on('suspend'),
    onResume: on('resume'),
    suspend() {
      stops++;
      return new Promise<void>((resolve) => events.once('continue', resolve));
    },
  } as unknown as PhoneTerminal;
  return {
    terminal,
    written: () => pieces.join(''),
    writes: () => pieces.length,
    raw: () => raw,
    type: (keys) => void stdin.write(keys),
    resize(columns, rows) {
      Object.assign(stdout, { columns, rows });
      stdout.emit('resize');
    },
    events,
    stops: () => stops,
  };
}

const MODES = ['?1049', '?1000', '?1006', '?2004'];

/** Is the terminal as it was: its own screen, its cursor, no mouse, no marks around pasted text, no raw mode? */
export function expectRestored({ written, raw }: Pick<FakeTerminal, 'written' | 'raw'>): void {
  const text = written();
  const last = (sequence: string) => text.lastIndexOf(`\u001b[${sequence}`);
  expect(last('?1049h'), 'the other screen was entered').toBeGreaterThanOrEqual(0);
  for (const mode of MODES) expect(last(`${mode}l`), `${mode} is off`).toBeGreaterThanOrEqual(last(`${mode}h`));
  expect(last('?25h'), 'the cursor is shown').toBeGreaterThan(last('?25l'));
  expect(raw(), 'raw mode').toBe(false);
}
