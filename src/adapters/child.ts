import { spawn } from 'node:child_process';

export type ChildOptions = { cwd: string; env: NodeJS.ProcessEnv };
/** `missing`: there is no such program. */
export type ChildEnd = { code: number } | { signal: NodeJS.Signals } | { missing: true } | { says: string };

/** Keys of the terminal that end a program: for the one in front. Ctrl-Z stops both, and the shell wakes both. */
const KEYS = { SIGINT: () => {}, SIGQUIT: () => {}, SIGTSTP: undefined };

/**
 * Runs a program on the terminal of this process and resolves when it has ended. No shell is asked: arguments are what they
 * are. Ctrl-C is for the program meanwhile.
 */
export async function runChild(command: string, args: readonly string[], { cwd, env }: ChildOptions): Promise<ChildEnd> {
  const takeBack = leaveKeysTo();
  try {
    return await new Promise((done) => {
      const child = spawn(command, [...args], { cwd, env, stdio: 'inherit' });
      child.on('error', (error: NodeJS.ErrnoException) =>
        done(error.code === 'ENOENT' ? { missing: true } : { says: error.message }),
      );
      child.on('close', (code, signal) => done(signal ? { signal } : { code: code ?? 0 }));
    });
  } finally {
    takeBack();
  }
}

/** Sets aside whoever listens to the keys of the terminal. */
function leaveKeysTo(): () => void {
  const aside = Object.entries(KEYS).map(([name, instead]) => {
    const key = name as keyof typeof KEYS;
    const listeners = process.listeners(key);
    for (const listener of listeners) process.off(key, listener);
    if (instead) process.on(key, instead);
    return { key, listeners, instead };
  });
  return () => {
    for (const { key, listeners, instead } of aside) {
      if (instead) process.off(key, instead);
      for (const listener of listeners) process.on(key, listener);
    }
  };
}
