import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { ROOT } from '../source-files.ts';
import { BIN } from './cli.ts';

/** The built `press9 serve` in a process of its own. */
export type ServeProcess = {
  url: string;
  /** What it has written to standard error: its log. */
  log(): string;
  /** Resolves to how it ended. */
  kill(signal: NodeJS.Signals): Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  /** Of the control plane, behind `/_press9/`. */
  control(path: string): Promise<unknown>;
};

const started = new Set<ChildProcess>();

/** For `afterEach`: what a test left running is killed. */
export async function killAll(): Promise<void> {
  for (const child of started) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
  started.clear();
}

/** Resolves when it listens, on a free port and without a limit of calls. @throws Error with what it said, when it does not. */
export async function serveProcess(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<ServeProcess> {
  const child = spawn(process.execPath, [BIN, 'serve', '--json', '--port', '0', ...args], {
    cwd: ROOT,
    env: { ...process.env, NO_COLOR: '1', PRESS9_STORE: '', PRESS9_EMULATOR_RATE_LIMIT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  started.add(child);
  let log = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    log += text;
  });
  const ended = once(child, 'close') as Promise<[number | null, NodeJS.Signals | null]>;
  const url = await firstUrl(child);
  if (url === undefined) {
    const [code] = await ended;
    throw new Error(`press9 serve ended with ${code}: ${log}`);
  }
  return {
    url,
    log: () => log,
    async kill(signal) {
      child.kill(signal);
      const [code, by] = await ended;
      return { code, signal: by };
    },
    control: async (path) => (await fetch(`${url}/_press9/${path}`)).json(),
  };
}

async function firstUrl({ stdout }: ChildProcess): Promise<string | undefined> {
  if (!stdout) return undefined;
  for await (const line of createInterface(stdout)) {
    stdout.resume();
    return (JSON.parse(line) as { url: string }).url;
  }
  return undefined;
}

/** Asks again and again until it is so. The test's own time-out is the only limit. */
export async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((next) => setTimeout(next, 20));
}
