import type { Cancel } from '../core/ports.ts';

/** What a command may use of the process. Commands never exit: they set `exitCode` or throw. */
export type Io = {
  /** Standard output; a line break is the caller's. */
  out(text: string): void;
  err(text: string): void;
  cwd: string;
  env: Readonly<Record<string, string | undefined>>;
  /** Standard input and output are both a terminal. */
  isTTY: boolean;
  /** Terminal escapes for colour are welcome on standard output. */
  colour: boolean;
  exitCode: number;
  /** The next Ctrl-C calls `stop` in place of ending the process at once; the one after that ends it. */
  onInterrupt?(stop: () => void): Cancel;
};
