import type { Command } from 'commander';
import type { Io } from './commands/io.ts';
import { maskText } from './core/phone.ts';
import { BrokenInvariant, UserError } from './core/problem.ts';
import { didYouMean } from './core/suggest.ts';

type Verb = { name: string; about: string; load(io: Io): Promise<Command> };

const VERBS: readonly Verb[] = [
  {
    name: 'demo',
    about: 'watch the phone for a minute: a story that plays by itself',
    load: async (io) => (await import('./commands/demo.ts')).demoCommand(io),
  },
  {
    name: 'run',
    about: 'run a call flow: the phone in a terminal, a transcript elsewhere',
    load: async (io) => (await import('./commands/run.ts')).runCommand(io),
  },
  {
    name: 'serve',
    about: "Exotel's REST API on localhost: your application asks for calls here, with real callbacks",
    load: async (io) => (await import('./commands/serve.ts')).serveCommand(io),
  },
  {
    name: 'check',
    about: 'every problem of a flow, with its place and what to do',
    load: async (io) => (await import('./commands/check.ts')).checkCommand(io),
  },
  {
    name: 'test',
    about: 'run scenarios: scripted callers as regression tests',
    load: async (io) => (await import('./commands/test.ts')).testCommand(io),
  },
  {
    name: 'replay',
    about: 'run a recording again and name the first difference',
    load: async (io) => (await import('./commands/replay.ts')).replayCommand(io),
  },
  {
    name: 'may',
    about: 'may this number be called or written to? The verdict, and every reason for it',
    load: async (io) => (await import('./commands/may.ts')).mayCommand(io),
  },
  {
    name: 'dnc',
    about: 'the do-not-call list: add, remove, check, list, search, import, export, audit, erase',
    load: async (io) => (await import('./commands/dnc.ts')).dncCommand(io),
  },
  {
    name: 'whitelist',
    about: "Exotel's whitelist of registered (DND) numbers: post, delete, status, account",
    load: async (io) => (await import('./commands/whitelist.ts')).whitelistCommand(io),
  },
  {
    name: 'dnd',
    about: 'the preference register (DND): what a person registered, by their commands to 1909',
    load: async (io) => (await import('./commands/dnd.ts')).dndCommand(io),
  },
  {
    name: 'consent',
    about: 'leave that people gave: add, list, revoke',
    load: async (io) => (await import('./commands/consent.ts')).consentCommand(io),
  },
  {
    name: 'sms-in',
    about: 'an SMS came in: STOP and its sister words put a number on the list, START takes it off',
    load: async (io) => (await import('./commands/sms-in.ts')).smsInCommand(io),
  },
  {
    name: 'config',
    about: 'every setting, its value, and whether a flag, the environment, press9.yaml or the default says so',
    load: async (io) => (await import('./commands/config.ts')).configCommand(io),
  },
  {
    name: 'init',
    about: 'write a small flow, its scenarios and a CI snippet into a project',
    load: async (io) => (await import('./commands/init.ts')).initCommand(io),
  },
];

const HELP = `press9: run, test and prove phone call flows without a phone

  press9 <command> [options]

${VERBS.map(({ name, about }) => `  ${name.padEnd(9)} ${about}`).join('\n')}

  press9 <command> --help tells more. press9 --version tells the version.
  Exit codes: 0 fine, 1 problems, 2 usage, 3 refused by compliance, 70 our bug, 130 interrupted.
`;

/** argv to command to exit code. The only place that exits. */
export async function main(argv: readonly string[], version: string): Promise<void> {
  const io = processIo();
  process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(outputLost(io, error)));
  process.stderr.on('error', () => process.exit(io.exitCode));
  process.on('SIGINT', () => (interrupts.pop() ?? (() => process.exit(130)))());
  process.on('SIGTERM', () => (interrupts.pop() ?? (() => process.exit(143)))());
  process.on('SIGHUP', () => process.exit(129));
  process.on('unhandledRejection', (error) => process.exit(fail(io, error)));
  process.on('uncaughtException', (error) => process.exit(fail(io, error)));
  try {
    await dispatch(io, argv, version);
  } catch (error) {
    io.exitCode = fail(io, error);
  }
  process.exitCode = io.exitCode;
}

async function dispatch(io: Io, argv: readonly string[], version: string): Promise<void> {
  const [name, ...rest] = argv;
  if (name === undefined || name === '--help' || name === '-h' || (name === 'help' && rest.length === 0)) {
    io.out(HELP);
    return;
  }
  if (name === '--version' || name === '-V') {
    io.out(`${version}\n`);
    return;
  }
  const wanted = name === 'help' ? (rest[0] ?? '') : name;
  const verb = VERBS.find((one) => one.name === wanted);
  if (!verb)
    throw new UserError(`There is no command "${wanted}".`, {
      advice: didYouMean(
        wanted,
        VERBS.map((one) => one.name),
      ),
    });
  const command = await verb.load(io);
  command.exitOverride().configureOutput({ writeOut: (text) => io.out(text), writeErr: (text) => io.err(text) });
  for (const sub of command.commands) sub.exitOverride().copyInheritedSettings(command);
  await command.parseAsync(name === 'help' ? ['--help'] : rest, { from: 'user' });
}

/** A reader that went away (`press9 … | head`) and a closed terminal are no errors; a full disk is one. */
function outputLost(io: Io, error: NodeJS.ErrnoException): number {
  if (error.code === 'EPIPE' || error.code === 'EIO') return io.exitCode;
  io.err(`press9: standard output cannot be written: ${error.message}\n`);
  return 1;
}

/** Says what went wrong, without a stack unless it is our own fault. Returns the exit code. */
function fail(io: Io, error: unknown): number {
  if (error instanceof UserError) {
    io.err(`press9: ${error.message}\n${error.advice ? `        ${error.advice}\n` : ''}`);
    return error.exitCode;
  }
  if (isCommanderError(error)) return error.exitCode === 0 ? 0 : 2;
  const about =
    error instanceof BrokenInvariant ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error);
  io.err(`press9: this is a bug in press9, please report it:\n${maskText(about)}\n`);
  return 70;
}

const isCommanderError = (error: unknown): error is Error & { exitCode: number; code: string } =>
  error instanceof Error && 'code' in error && String(error.code).startsWith('commander.') && 'exitCode' in error;

/** What Ctrl-C does instead of ending the process, for as long as a command says so. */
const interrupts: (() => void)[] = [];

function onInterrupt(stop: () => void): () => void {
  interrupts.push(stop);
  return () => {
    const at = interrupts.indexOf(stop);
    if (at >= 0) interrupts.splice(at, 1);
  };
}

function processIo(): Io {
  return {
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    cwd: process.cwd(),
    env: process.env,
    isTTY: Boolean(process.stdin.isTTY && process.stdout.isTTY),
    colour: Boolean(process.stdout.isTTY) && !process.env['NO_COLOR'] && process.env['TERM'] !== 'dumb',
    exitCode: 0,
    onInterrupt,
  };
}
