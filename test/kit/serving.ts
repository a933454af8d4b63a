import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Io } from '../../src/commands/io.ts';
import { serveCommand } from '../../src/commands/serve.ts';

/** `press9 serve` in this process, in a folder of its own. */
export type Serving = {
  out(): string;
  err(): string;
  /** As Ctrl-C does. Resolves to the exit code. */
  stop(): Promise<number>;
};

export type ServeFolder = {
  cwd: string;
  write(path: string, text: string): void;
  /** Resolves when it is ready; rejects with what was wrong. The port is free and the store in memory unless told. */
  serve(args?: readonly string[], more?: Partial<Io>): Promise<Serving>;
  /** Stops what still runs. */
  remove(): Promise<void>;
};

export function serveFolder(): ServeFolder {
  const cwd = mkdtempSync(join(tmpdir(), 'press9-serve-'));
  const running: Serving[] = [];
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(cwd, path)), { recursive: true });
    writeFileSync(join(cwd, path), text);
  };
  return {
    cwd,
    write,
    async serve(args = [], more = {}) {
      const one = await start(cwd, [...defaults(args), ...args], more);
      running.push(one);
      return one;
    },
    async remove() {
      for (const one of running) await one.stop();
      rmSync(cwd, { recursive: true, force: true });
    },
  };
}

const defaults = (args: readonly string[]): readonly string[] => [
  ...(args.includes('--port') ? [] : ['--port', '0']),
  ...(args.includes('--store') ? [] : ['--store', 'memory:']),
];

async function start(cwd: string, args: readonly string[], more: Partial<Io>): Promise<Serving> {
  let [out, err] = ['', ''];
  let interrupt = () => {};
  const ready = Promise.withResolvers<void>();
  const io: Io = {
    out: (text) => {
      out += text;
      // The log may speak before the emulator is ready.
      if (/^\{"press9"|^press9 emulates/m.test(out)) ready.resolve();
    },
    err: (text) => {
      err += text;
    },
    cwd,
    env: { USER: 'asha' },
    isTTY: false,
    colour: false,
    exitCode: 0,
    onInterrupt: (stop) => {
      interrupt = stop;
      return () => {};
    },
    ...more,
  };
  const command = serveCommand(io).exitOverride().configureOutput({ writeOut: io.out, writeErr: io.err });
  const ended = command.parseAsync(args, { from: 'user' });
  await Promise.race([ready.promise, ended]);
  return {
    out: () => out,
    err: () => err,
    async stop() {
      interrupt();
      await ended;
      return io.exitCode;
    },
  };
}
