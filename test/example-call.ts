import { join } from 'node:path';
import { parseRecording } from '../src/adapters/call-log-ndjson.ts';
import { viewOf } from '../src/call/fold.ts';
import type { CallView } from '../src/call/view.ts';
import type { Io } from '../src/commands/io.ts';
import { runCommand } from '../src/commands/run.ts';
import type { Logged } from '../src/core/event.ts';

export const repository = join(import.meta.dirname, '..');

export type ExampleCall = { exitCode: number; said: string; log: readonly Logged[]; view: CallView };

/** `press9 run` in this process, with a store of its own and the log as its output. No request leaves the machine. */
export async function callExample(args: readonly string[], cwd = repository): Promise<ExampleCall> {
  let said = '';
  let lines = '';
  const io: Io = {
    out: (text) => {
      lines += text;
    },
    err: (text) => {
      said += text;
    },
    cwd,
    env: {},
    isTTY: false,
    colour: false,
    exitCode: 0,
  };
  const unless = (name: string, ...more: string[]) => (args.includes(name) ? [] : [name, ...more]);
  const safe = ['--json', '--seed', '1', ...unless('--store', 'memory:'), ...unless('--at', '2026-11-23T10:00')];
  await runCommand(io).parseAsync([...args, ...safe], { from: 'user' });
  const parsed = parseRecording(lines, 'standard output');
  if (!parsed.ok) throw new Error(`${parsed.problem.says}\n${said}${lines}`);
  return { exitCode: io.exitCode, said, log: parsed.log, view: viewOf(parsed.log) };
}

/** Everything the caller heard the beginning of, as text. */
export const heard = (view: CallView): string =>
  view.speeches
    .filter(({ leg }) => leg === 1)
    .flatMap(({ sounds }) => sounds)
    .map((sound) => (sound.type === 'speech' ? sound.text : sound.type === 'audio' ? `♪ ${sound.url}` : ''))
    .filter(Boolean)
    .join(' ');

/** The words of a command line, as a shell would split them. */
export const words = (line: string): string[] =>
  [...line.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(([, double, single, bare]) => double ?? single ?? bare ?? '');
