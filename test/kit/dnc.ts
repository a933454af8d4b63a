import { dncCommand } from '../../src/commands/dnc.ts';
import type { Io } from '../../src/commands/io.ts';

export type Ran = { out: string; err: string; exitCode: number; error: Error | undefined };

/** Runs `press9 dnc …` in a folder, as a person called asha would; a refusal is part of the result. */
export async function runDnc(cwd: string, args: readonly string[], io: Partial<Io> = {}): Promise<Ran> {
  const ran: Ran = { out: '', err: '', exitCode: 0, error: undefined };
  const whole: Io = {
    out: (text) => {
      ran.out += text;
    },
    err: (text) => {
      ran.err += text;
    },
    cwd,
    env: { USER: 'asha' },
    isTTY: false,
    colour: false,
    exitCode: 0,
    ...io,
  };
  try {
    await dncCommand(whole).parseAsync(args, { from: 'user' });
  } catch (error) {
    ran.error = error as Error;
  }
  return { ...ran, exitCode: (ran.error as { exitCode?: number } | undefined)?.exitCode ?? whole.exitCode };
}
