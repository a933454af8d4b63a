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
};
