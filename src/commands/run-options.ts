import { Command, InvalidArgumentError, Option } from 'commander';
import { type AnswerRule, parseAnswerRule } from '../adapters/answer-rule.ts';
import { type PhoneScript, parseAgent, parseCallee } from '../adapters/phone-script.ts';
import type { E164, Ms } from '../core/ids.ts';
import { parseDuration, parseInstant } from '../core/time.ts';
import { type KeyItem, parseKeys } from '../scenario/keys.ts';
import type { Law } from './law.ts';
import { profileOption } from './setting-options.ts';

/** The options of `press9 run`, read. Durations in milliseconds. */
export type RunOptions = {
  to?: string;
  from?: string;
  exophone?: string;
  inbound?: boolean;
  contact?: string;
  set: Readonly<Record<string, string>>;
  customField?: string;
  campaign?: string;
  at?: Ms;
  callee?: PhoneScript;
  agent: readonly PhoneScript[];
  answer: readonly AnswerRule[];
  keys?: readonly KeyItem[];
  timeLimit?: Ms;
  ringFor: Ms;
  callbackUrl?: string;
  callbackProfile: 'documented' | 'automated-calls';
  callbackFormat: 'form' | 'json';
  callbackEvents: readonly ('terminal' | 'answered')[];
  callbackRetries: readonly Ms[];
  record?: string;
  seed?: number;
  json?: boolean;
  plain?: boolean;
  store?: string;
  country: string;
  profile?: string;
  strict?: boolean;
  enforce?: boolean;
  /** From the settings. The list alone when absent. */
  law?: Law;
  /** The company's own numbers, from the settings. */
  exophones?: readonly E164[];
};

const refuse = (says: string): never => {
  throw new InvalidArgumentError(says);
};

const reading =
  <T>(read: (text: string) => T | undefined, says: string) =>
  (text: string): T =>
    read(text) ?? refuse(says);

const duration = reading(parseDuration, 'Use a duration such as 30s or 2m.');

const phone =
  (read: typeof parseCallee) =>
  (text: string): PhoneScript => {
    const parsed = read(text);
    return parsed.ok ? parsed.phone : refuse(parsed.problem);
  };

const each =
  <T>(read: (text: string) => T) =>
  (text: string, before: readonly T[] = []): readonly T[] => [...before, read(text)];

function assignment(text: string, before: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> {
  const match = /^([A-Za-z_][\w.]{0,63})=(.*)$/s.exec(text);
  return match ? { ...before, [match[1] ?? '']: match[2] ?? '' } : refuse('Use name=value.');
}

const rule = (text: string): AnswerRule => {
  const parsed = parseAnswerRule(text);
  return parsed.ok ? parsed.rule : refuse(parsed.problem);
};
const keys = (text: string): readonly KeyItem[] => {
  const parsed = parseKeys(text);
  return parsed.ok ? parsed.items : refuse(parsed.problem);
};
const events = (text: string) => {
  const known = ['terminal', 'answered'] as const;
  return text
    .split(',')
    .map((name) => known.find((one) => one === name.trim()) ?? refuse('Use terminal, answered, or both: terminal,answered.'));
};
const seed = reading((text) => (/^\d{1,9}$/.test(text) ? Number(text) : undefined), 'Use a whole number.');
const address = reading(
  (text) => (/^https?:\/\//i.test(text) && URL.canParse(text) ? text : undefined),
  'Use an address that starts with http:// or https://.',
);
const waits = (text: string): Ms[] => text.split(',').map((one) => duration(one.trim()));

/** What repeatable options are when they were not given. */
export const withDefaults = (given: Partial<RunOptions>): RunOptions =>
  ({ set: {}, agent: [], answer: [], callbackEvents: [], callbackRetries: [], ...given }) as RunOptions;

export function describeRun(): Command {
  return new Command('run')
    .name('press9 run')
    .description(
      'Run a call flow. In a terminal the phone opens; with --keys or --json, or elsewhere, the call runs on virtual time and its transcript is printed.',
    )
    .argument('<flow>', 'the flow file, or a folder that holds flow.xml')
    .option('--to <number>', 'who is called (default: the contact, else a number made up)')
    .option('--from <number>', 'another word for --exophone; with --inbound, who calls')
    .option('--exophone <number>', 'the business number shown to the customer')
    .option('--inbound', 'the customer calls the ExoPhone')
    .option('--contact <file#row>', 'a CSV row whose columns fill {{variables}}')
    .option('--set <key=value>', 'a variable; repeatable', assignment)
    .option('--custom-field <text>', 'CustomField of the call')
    .option('--campaign <name>', 'the campaign this call belongs to')
    .option(
      '--at <instant>',
      'when the call starts, such as 2026-11-22T10:00 (Indian time unless it has a zone)',
      reading(parseInstant, 'Use an instant such as 2026-11-22T10:00.'),
    )
    .option(
      '--callee <behaviour>',
      'answer[:4s], machine, busy, no-answer, failed, hangup:12s; in the terminal phone you are the callee',
      phone(parseCallee),
    )
    .option(
      '--agent <behaviour>',
      'answer[:20s], busy, no-answer, failed; repeatable, one for each agent',
      each(phone(parseAgent)),
    )
    .option('--answer <rule>', 'answer a web request: "GET URL-PATTERN => 200 text"; repeatable; real HTTP otherwise', each(rule))
    .option('--keys <items>', 'a caller: "1, wait 6s, 9, hangup 12s"; !9 is pressed at once, into the prompt', keys)
    .option('--time-limit <duration>', 'end the call after this long', duration)
    .addOption(
      new Option('--ring-for <duration>', "how long the customer's phone rings").argParser(duration).default(30_000, '30s'),
    )
    .option('--callback-url <url>', 'post status callbacks here; printed otherwise', address)
    .addOption(
      new Option('--callback-profile <profile>', 'which fields a callback has')
        .choices(['automated-calls', 'documented'])
        .default('automated-calls'),
    )
    .addOption(new Option('--callback-format <format>', 'multipart/form-data or JSON').choices(['form', 'json']).default('form'))
    .option(
      '--callback-events <events>',
      'StatusCallbackEvents: terminal, answered (default: one short callback at the end)',
      events,
    )
    .option('--callback-retries <waits>', 'waits before further attempts, such as 5m,15m (default: none)', waits)
    .option('--record <file>', 'write the call here: a scenario that repeats it (.yaml), or its log (.ndjson)')
    .option('--seed <n>', 'make ids the same again', seed)
    .option('--json', 'print the log, one event a line')
    .option('--plain', 'the phone in lines of plain text, as for a screen reader; a transcript where there is no terminal')
    .option('--store <path>', 'the store: a file, or memory:')
    .option('--country <code>', 'country of numbers without a +', 'IN')
    .addOption(profileOption())
    .option('--strict', 'doubtful rules stop too')
    .option('--no-strict', 'doubtful rules warn')
    .option('--enforce', 'hold to every rule: hours, frequency, the number that is shown; otherwise they warn')
    .option('--no-enforce', 'only what people want stops the call, whatever the settings say');
}
