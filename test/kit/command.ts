import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import type { Io } from '../../src/commands/io.ts';

export type Ran = { out: string; err: string; exitCode: number; error: (Error & { advice?: string }) | undefined };

export type WorkFolder = {
  cwd: string;
  /** Runs a command as a person called asha would; a refusal is part of the result. */
  run(make: (io: Io) => Command, args: readonly string[], env?: Readonly<Record<string, string>>): Promise<Ran>;
  write(path: string, text: string): void;
  remove(): void;
};

/** A folder of its own, and commands that run in it. */
export function workFolder(): WorkFolder {
  const cwd = mkdtempSync(join(tmpdir(), 'press9-command-'));
  return {
    cwd,
    async run(make, args, env = {}) {
      const ran: Ran = { out: '', err: '', exitCode: 0, error: undefined };
      const io: Io = {
        out(text) {
          ran.out += text;
        },
        err(text) {
          ran.err += text;
        },
        cwd,
        env: { USER: 'asha', ...env },
        isTTY: false,
        colour: false,
        exitCode: 0,
      };
      try {
        const command = make(io).exitOverride().configureOutput({ writeOut: io.out, writeErr: io.err });
        for (const sub of command.commands) sub.exitOverride().copyInheritedSettings(command);
        await command.parseAsync(args, { from: 'user' });
      } catch (error) {
        ran.error = error as Error;
      }
      return { ...ran, exitCode: (ran.error as { exitCode?: number } | undefined)?.exitCode ?? io.exitCode };
    },
    write: (path, text) => writeFileSync(join(cwd, path), text),
    remove: () => rmSync(cwd, { recursive: true, force: true }),
  };
}
