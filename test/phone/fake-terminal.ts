import { EventEmitter } from 'node:events';
import { PassThrough } from 'node:stream';
import type { PhoneTerminal } from '../../src/tui/session.ts';

/** A terminal of 80x24 that keeps what is written to it, and on which keys can be typed. */
export type FakeTerminal = {
  terminal: PhoneTerminal;
  written(): string;
  /** How often something was written. */
  writes(): number;
  raw(): boolean;
  type(keys: string): void;
  events: EventEmitter;
};

export function createFakeTerminal(options: { colour?: boolean; closed?: boolean } = {}): FakeTerminal {
  const pieces: string[] = [];
  const events = new EventEmitter();
  let raw = false;
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
  const on = (name: string) => (listener: () => void) => {
    events.on(name, listener);
    return () => void events.off(name, listener);
  };
  const terminal = {
    stdin,
    stdout,
    stderr: new PassThrough(),
    colour: options.colour ?? true,
    onInterrupt: on('interrupt'),
    onGone: on('gone'),
    onCrash: on('crash'),
  } as unknown as PhoneTerminal;
  return {
    terminal,
    written: () => pieces.join(''),
    writes: () => pieces.length,
    raw: () => raw,
    type: (keys) => void stdin.write(keys),
    events,
  };
}
