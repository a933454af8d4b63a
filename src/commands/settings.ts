import { dirname, relative, resolve } from 'node:path';
import type { Command } from 'commander';
import { type E164, e164 } from '../core/ids.ts';
import { normalise } from '../core/phone.ts';
import { showPlace, UserError } from '../core/problem.ts';
import { didYouMean } from '../core/suggest.ts';
import { findConfig } from './config-find.ts';
import type { ConfigFile } from './config-read.ts';
import { readTexts, SETTING_NAMES, type SettingName, type SettingValues, settingOf, variableOf } from './config-table.ts';
import type { Io } from './io.ts';

/** Who said so: the highest that says anything wins. */
export type Origin =
  | { by: 'flag'; says: string }
  | { by: 'environment'; says: string }
  | { by: 'file'; says: string }
  | { by: 'default'; says: 'default' };

export type Told = { texts: readonly string[]; origin: Origin };

/** Every setting as it counts: flag before environment before file before default. */
export type Settings = {
  values: SettingValues;
  /** Those that have a value. */
  told: ReadonlyMap<SettingName, Told>;
  exophones: readonly E164[];
  /** The file, from the working folder. */
  file?: string;
  /** Variables of the environment that look like settings and are none, each with a hint. */
  unknown: readonly string[];
};

/** Options by the names commander gives them, and the settings they stand before. */
const FLAGS: Readonly<Record<string, SettingName>> = {
  store: 'store',
  country: 'country',
  profile: 'profile',
  strict: 'strict',
  enforce: 'enforce',
  company: 'company',
  callbackUrl: 'callback.url',
  callbackProfile: 'callback.profile',
  callbackFormat: 'callback.format',
  callbackEvents: 'callback.events',
  callbackRetries: 'callback.retries',
};

const settled = new WeakMap<Command, Settings>();

/** Adds `--config`; what is not given on the command line is filled in from the settings before a command acts. */
export function withSettings(command: Command, io: Io): Command {
  return command
    .option('--config <file>', 'the settings (default: press9.yaml, here or in a folder above)')
    .hook('preAction', async (_, acting) => {
      const settings = await readSettings(io, flagsOf(acting), acting.optsWithGlobals<{ config?: string }>().config);
      settled.set(acting, settings);
      fillIn(acting, settings);
    });
}

/** The settings of a command that acts. */
export function settingsOf(command: Command): Settings {
  const settings = settled.get(command);
  if (!settings) throw new Error(`${command.name()} has no settings`);
  return settings;
}

type Flag = { value: unknown; says: string };

/** What was given on the command line. */
function flagsOf(command: Command): ReadonlyMap<SettingName, Flag> {
  return new Map(
    command.options.flatMap((option) => {
      const attribute = option.attributeName();
      const name = FLAGS[attribute];
      const value: unknown = command.getOptionValue(attribute);
      if (name === undefined || command.getOptionValueSource(attribute) !== 'cli') return [];
      if (option.negate !== (value === false)) return [];
      return [[name, { value, says: option.long ?? option.flags }] as const];
    }),
  );
}

function fillIn(command: Command, settings: Settings): void {
  const { values, told } = settings;
  for (const option of command.options) {
    const attribute = option.attributeName();
    if (attribute === 'switch') giveSwitches(command, settings);
    const name = FLAGS[attribute];
    const by = name && told.get(name)?.origin.by;
    if (name === undefined || (by !== 'environment' && by !== 'file')) continue;
    // Who opens a store looks into the environment too, and says so when what stands there is no place.
    if (name === 'store' && by === 'environment') continue;
    command.setOptionValueWithSource(attribute, values[name], 'config');
  }
}

/** The vendor's switches, before those of the command line, which win. */
function giveSwitches(command: Command, { told }: Settings): void {
  const given = [...told].flatMap(([name, { texts, origin }]) =>
    name.startsWith('whitelist.') && origin.by !== 'default' ? [`${name.slice('whitelist.'.length)}=${texts[0]}`] : [],
  );
  const own = command.getOptionValue('switch') as readonly string[] | undefined;
  if (given.length > 0) command.setOptionValueWithSource('switch', [...given, ...(own ?? [])], 'config');
}

/**
 * Every setting, and who said so.
 * @throws UserError for a file or a variable that is wrong; of a file every mistake is on standard error.
 */
export async function readSettings(io: Io, flags: ReadonlyMap<SettingName, Flag> = new Map(), named?: string): Promise<Settings> {
  const { cwd, env } = io;
  const path = findConfig(cwd, named ?? (env['PRESS9_CONFIG'] || undefined));
  // The YAML reader takes its time to load, and most have no file.
  const file = path === undefined ? undefined : rightFile(io, (await import('./config-read.ts')).readConfig(path, cwd));
  const told = new Map<SettingName, Told>();
  const values: Partial<Record<SettingName, unknown>> = {};
  for (const name of SETTING_NAMES) {
    const found = flagged(flags.get(name)) ?? inEnvironment(name, env) ?? inFile(name, file) ?? preset(name);
    if (!found) continue;
    values[name] = found.value;
    told.set(name, { texts: found.texts, origin: found.origin });
  }
  const settings = values as SettingValues;
  return {
    values: settings,
    told,
    exophones: numbersOf(settings, told.get('exophones')),
    ...(path !== undefined && { file: relative(cwd, path) || path }),
    unknown: unknownIn(env),
  };
}

type Found = Told & { value: unknown };

const flagged = (flag: Flag | undefined): Found | undefined =>
  flag && { value: flag.value, texts: [flag.value].flat().map(String), origin: { by: 'flag', says: flag.says } };

/** An empty variable says nothing. */
function inEnvironment(name: SettingName, env: Io['env']): Found | undefined {
  const variable = variableOf(name);
  const text = env[variable];
  if (!text) return undefined;
  const { between } = settingOf(name);
  const texts = between === undefined ? [text] : text.split(between).filter((one) => one.trim() !== '');
  const read = readTexts(name, texts);
  if (!read.ok) throw new UserError(`${variable}: ${read.says}`, { ...(read.advice !== undefined && { advice: read.advice }) });
  return { value: read.value, texts, origin: { by: 'environment', says: variable } };
}

function inFile(name: SettingName, file: ConfigFile | undefined): Found | undefined {
  const given = file?.given.get(name);
  if (!file || !given) return undefined;
  const origin = { by: 'file', says: showPlace(given.at) } as const;
  if (name !== 'store') return { ...given, origin };
  const store = besideFile(file.path, String(given.value));
  return { value: store, texts: [store], origin };
}

/** A store is named from the folder of the file that names it. */
const besideFile = (path: string, store: string): string => (/^:?memory:$/.test(store) ? store : resolve(dirname(path), store));

function preset(name: SettingName): Found | undefined {
  const { preset: text } = settingOf(name);
  const read = text === undefined ? undefined : readTexts(name, [text]);
  return read?.ok ? { value: read.value, texts: [text ?? ''], origin: { by: 'default', says: 'default' } } : undefined;
}

function rightFile(io: Io, file: ConfigFile): ConfigFile {
  const { problems, path } = file;
  if (problems.length === 0) return file;
  for (const { at, code, says, try: advice } of problems)
    io.err(`${showPlace(at)}: ${code} ${says}${advice ? `\n    ${advice}` : ''}\n`);
  const many = `${problems.length} ${problems.length === 1 ? 'mistake' : 'mistakes'}`;
  throw new UserError(`The configuration ${relative(io.cwd, path)} has ${many}.`);
}

function numbersOf({ exophones = [], country = 'IN' }: SettingValues, told: Told | undefined): readonly E164[] {
  return exophones.map((text) => {
    const read = normalise(text, country.toUpperCase());
    if (read.ok) return e164(read.number);
    throw new UserError(`exophones: "${text}" is no phone number: ${read.why} (${told?.origin.says}).`);
  });
}

const OTHER_VARIABLES = ['PRESS9_CONFIG'];

function unknownIn(env: Io['env']): readonly string[] {
  const known = [...SETTING_NAMES.map(variableOf), ...OTHER_VARIABLES];
  return Object.keys(env)
    .filter((name) => name.startsWith('PRESS9_') && !known.includes(name))
    .map((name) => `${name} is no setting. ${didYouMean(name, known)}`);
}
