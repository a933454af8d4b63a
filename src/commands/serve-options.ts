import { Command, InvalidArgumentError, Option } from 'commander';
import type { Ms } from '../core/ids.ts';
import { parseDuration, parseInstant } from '../core/time.ts';
import { profileOption } from './setting-options.ts';

export type ServeOptions = {
  port: number;
  host: string;
  token?: string;
  allowHost?: readonly string[];
  route?: readonly string[];
  flows?: string;
  store?: string;
  tls?: boolean;
  tlsPort: number;
  seed?: string;
  clock: 'real' | 'virtual';
  at?: Ms;
  speed: number;
  enforce?: boolean;
  json?: boolean;
  callbackRetries?: readonly Ms[];
  callbackProfile: 'documented' | 'automated-calls';
  company?: string;
  country: string;
  quiet?: boolean;
};

const collect = (text: string, before: readonly string[] = []): readonly string[] => [...before, text];

const refuse = (says: string): never => {
  throw new InvalidArgumentError(says);
};

function port(text: string): number {
  return /^\d{1,5}$/.test(text) && Number(text) < 65_536
    ? Number(text)
    : refuse('Use a number from 0 to 65535; 0 takes any port that is free.');
}

function speed(text: string): number {
  const read = Number(text);
  return read > 0 && read <= 1000 ? read : refuse('Use a number above 0, 1000 at most.');
}

const waits = (text: string): Ms[] =>
  text.split(',').map((one) => parseDuration(one.trim()) ?? refuse('Use durations such as 5m,15m.'));

const HELP = `
Without any option it serves the flows in ./flows, or press9's own examples, and prints what an application needs: address, sid, key,
token and flow URLs. An application only has to change its base URL. docs/emulator.md is the guide.

What Exotel accepts is accepted, and what it refuses is refused: 403 for a DND number that is not whitelisted. What only your own rules
stop (your do-not-call list, hours, frequency, consent) goes out as it would at Exotel, and is told loudly as a violation.

Without --host only this machine can reach it. With --json one line of JSON is printed when it is ready: {"url", "tlsUrl", "sid", "key",
"token", "control", "exophone", "flows": [{"app", "name", "url"}], "clock", "store", "pid"}; the log goes to standard error.
Exit codes: 0 stopped with Ctrl-C and nothing was violated; 1 there were violations; 2 usage.`;

export function describeServe(): Command {
  return new Command('serve')
    .name('press9 serve')
    .description("Emulate Exotel's REST API on localhost: your application asks for calls here, and no phone rings.")
    .option('--port <number>', 'where to listen; 0 takes any port that is free', port, 4010)
    .option('--flows <folder>', "the flows (default: ./flows, else press9's examples)")
    .option('--store <path>', 'the store: a file, or memory:; calls and callbacks are kept beside it')
    .option(
      '--route <from=to>',
      'what goes to a server goes to another: https://clinic.example=http://localhost:3000; repeatable',
      collect,
    )
    .option('--seed <file>', 'people, agents, ExoPhones and lists: a YAML file')
    .addOption(
      new Option('--clock <kind>', 'virtual stands still until the control plane moves it')
        .choices(['real', 'virtual'])
        .default('real'),
    )
    .option(
      '--at <instant>',
      'when the virtual clock begins, Indian time unless it has a zone (default: now)',
      (text) => parseInstant(text) ?? refuse('Use an instant such as 2026-11-22T10:00.'),
    )
    .option('--speed <n>', 'the real clock runs so many times as fast', speed, 1)
    .option('--enforce', 'refuse what your own rules stop, with 403')
    .option('--no-enforce', 'only tell it as a violation, whatever the settings say')
    .option('--tls', 'listen with TLS as well, with a certificate that signs itself')
    .option('--tls-port <number>', 'where', port, 4011)
    .option('--host <address>', 'listen on this address of the machine; needs --token', '127.0.0.1')
    .option('--token <text>', 'what the control plane and the page want as bearer')
    .option('--allow-host <name>', 'answer requests that name this host; repeatable', collect)
    .option('--callback-retries <waits>', 'waits before further attempts, such as 5m,15m (default: none)', waits)
    .addOption(
      new Option('--callback-profile <profile>', 'which fields a callback has')
        .choices(['automated-calls', 'documented'])
        .default('automated-calls'),
    )
    .option('--company <name>', 'the name in whitelist messages')
    .option('--country <code>', 'country of numbers without a +', (code) => code.toUpperCase(), 'IN')
    .addOption(profileOption())
    .option('--json', 'print one line of JSON when ready, for programs')
    .option('--quiet', 'only trouble and violations in the log')
    .addHelpText('after', HELP);
}
