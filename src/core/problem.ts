/** Where in a file: line and column count from 1. */
export type Place = { file: string; line: number; column: number };

export type Severity = 'error' | 'warning' | 'info';

/** A user's mistake, as data: what is wrong, where, and what to do. */
export type Problem = {
  code: string;
  severity: Severity;
  at: Place;
  says: string;
  /** What to do about it. */
  try?: string;
};

export const showPlace = ({ file, line, column }: Place): string => `${file}:${line}:${column}`;

/** A mistake of the user's that ends a command: a sentence, where it helps the next step, and the exit code. */
export class UserError extends Error {
  override name = 'UserError' as const;
  readonly exitCode: number;
  readonly advice: string | undefined;
  constructor(message: string, options: { advice?: string; exitCode?: number } = {}) {
    super(message);
    this.advice = options.advice;
    this.exitCode = options.exitCode ?? 2;
  }
}

/** Our own bug. Names the applet and node where it showed; ends the process with exit code 70. */
export class BrokenInvariant extends Error {
  override name = 'BrokenInvariant' as const;
}
