import { relative } from 'node:path';
import { Command, Option } from 'commander';
import { findStore } from '../adapters/store-path.ts';
import { UserError } from '../core/problem.ts';
import { SETTING_NAMES, type SettingName } from './config-table.ts';
import { table } from './dnc-show.ts';
import type { Io } from './io.ts';
import { profileOption } from './setting-options.ts';
import { type Settings, settingsOf, withSettings } from './settings.ts';

const HELP = `
A flag goes before the environment (PRESS9_…), that before the file, that before the default. The file is --config, else
PRESS9_CONFIG, else the nearest press9.yaml from the working folder upwards.
With --json: {"file", "settings": [{"name", "value": text or list, "by": flag, environment, file or default, "says"}], "notes"}.
Exit codes: 0 all is right; 2 usage, or a mistake in the file or the environment.
docs/config.md tells every setting; schema/press9.schema.json serves editors.`;

type ConfigOptions = { json?: boolean };

/** `press9 config`: every setting, its value, and who said so. */
export function configCommand(io: Io): Command {
  const config = new Command('press9 config')
    .description('every setting, its value, and whether a flag, the environment, the file or the default says so')
    .argument('[verb]', 'check: are the file and the environment right?')
    .option('--json', 'print one JSON object')
    .option('--store <path>', 'as other commands take it')
    .option('--country <code>', 'as other commands take it')
    .addOption(profileOption())
    .addOption(new Option('--strict', 'as other commands take it'))
    .addOption(new Option('--enforce', 'as press9 run takes it'))
    .addHelpText('after', HELP);
  return withSettings(config, io).action((verb: string | undefined, options: ConfigOptions, command: Command) => {
    const settings = settingsOf(command);
    if (verb !== undefined && verb !== 'check')
      throw new UserError(`press9 config has no verb "${verb}".`, { advice: 'It has check.' });
    if (verb === 'check') io.out(`${settings.file ?? 'no press9.yaml'}: no mistakes\n`);
    else if (options.json) io.out(`${JSON.stringify(toJson(io, settings))}\n`);
    else io.out(`${settings.file === undefined ? 'no press9.yaml' : `file ${settings.file}`}\n\n${table(rowsOf(io, settings))}`);
    for (const note of settings.unknown) io.err(`note: ${note}\n`);
  });
}

type Row = { name: SettingName; value: string | readonly string[] | null; by: string; says: string };

function told(io: Io, settings: Settings): readonly Row[] {
  return SETTING_NAMES.map((name) => {
    const found = settings.told.get(name);
    if (!found) return name === 'store' ? storeFound(io) : { name, value: null, by: 'default', says: 'not set' };
    const { texts, origin } = found;
    const [first = ''] = texts;
    return { name, value: texts.length === 1 ? first : texts, by: origin.by, says: origin.says };
  });
}

/** Where no one says where the store is, the working folder and those above it are looked through. */
function storeFound(io: Io): Row {
  const place = findStore({ env: {}, cwd: io.cwd });
  const value = place.kind === 'memory' ? 'memory:' : relative(io.cwd, place.path);
  return { name: 'store', value, by: 'default', says: 'default' };
}

const rowsOf = (io: Io, settings: Settings): readonly (readonly string[])[] =>
  told(io, settings).map(({ name, value, by, says }) => {
    const origin = by === 'flag' || by === 'environment' ? `${by} ${says}` : says;
    return [name, [value ?? '-'].flat().join(', '), origin];
  });

const toJson = (io: Io, settings: Settings): Record<string, unknown> => ({
  file: settings.file ?? null,
  settings: told(io, settings),
  notes: settings.unknown,
});
