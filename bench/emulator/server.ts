import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { CannotMeasure } from '../benchmark.ts';
import { builtProgram } from '../built.ts';

export type Server = { url: string; pid: number; stop(): Promise<void> };

const childAt = (name: string): string => fileURLToPath(new URL(`../children/${name}.ts`, import.meta.url));

/** The baseline, in a process of its own. */
export const startPlain = (): Promise<Server> => start([childAt('plain-connect')], {});

/** Takes callbacks and counts them. */
export const startListener = (): Promise<Server> => start([childAt('callback-listener')], {});

/**
 * `press9 serve` as it is published, in a process of its own: no limit of calls a minute, else as it is. Its log is written,
 * and nobody reads it.
 */
export function startServe(store: string, args: readonly string[] = [], env: Record<string, string> = {}): Promise<Server> {
  const flows = fileURLToPath(new URL('../../flows', import.meta.url));
  const options = ['serve', '--json', '--port', '0', '--flows', flows, '--store', store, ...args];
  return start(['--import', childAt('ten-in-the-morning'), builtProgram(), ...options], {
    PRESS9_EMULATOR_RATE_LIMIT: '0',
    ...env,
  });
}

/** Resolves when the program has printed a line of JSON that tells where it listens. */
async function start(args: readonly string[], env: Record<string, string>): Promise<Server> {
  const child = spawn(process.execPath, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'ignore'] });
  const gone = once(child, 'exit');
  const stop = async () => {
    child.kill('SIGKILL');
    await gone;
  };
  for await (const line of createInterface(child.stdout)) {
    child.stdout.resume();
    return { ...(JSON.parse(line) as { url: string; pid: number }), stop };
  }
  throw new CannotMeasure(`"node ${args.join(' ')}" ended before it listened.`);
}
