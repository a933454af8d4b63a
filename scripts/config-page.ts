import { SETTING_NAMES, type SettingName, settingOf, variableOf } from '../src/commands/config-table.ts';

const cell = (text: string): string => text.replaceAll('|', '\\|');
const code = (text: string): string => `\`${text}\``;

const FLAGS: Partial<Record<SettingName, string>> = {
  store: '--store',
  country: '--country',
  profile: '--profile',
  strict: '--strict',
  enforce: '--enforce',
  company: '--company',
  'callback.url': '--callback-url',
  'callback.profile': '--callback-profile',
  'callback.format': '--callback-format',
  'callback.events': '--callback-events',
  'callback.retries': '--callback-retries',
};

function row(name: SettingName): string {
  const { about, is, between, preset } = settingOf(name);
  const kind = between === undefined ? is : `a list; each is ${is}`;
  return `| ${[code(name), about, kind, preset === undefined ? '' : code(preset), FLAGS[name] === undefined ? '' : code(FLAGS[name])].map(cell).join(' | ')} |`;
}

/** The text of docs/config.md. */
export const configPage =
  (): string => `<!-- Written by scripts/generate.ts from the settings. Do not edit: change src/commands/config-table.ts, then npm run generate. -->

# Settings

press9 needs none. What is the same for every command of a company stands in a file, \`press9.yaml\`:

\`\`\`yaml
# yaml-language-server: $schema=./node_modules/press9/schema/press9.schema.json
company: Sunrise Clinic
exophones: ["02240000001"]
profile: IN-EXOTEL
hours: [mon-fri 09:30-18:00, sat 10:00-13:00]
holidays: [2026-12-25, 2027-01-26]
store: data/dnc.db
whitelist: { inboundMonths: 6 }
callback: { url: "https://clinic.example/status", retries: [5m, 15m] }
\`\`\`

The nearest \`press9.yaml\` from the working folder upwards counts, unless \`--config FILE\` or \`PRESS9_CONFIG\` names another. Every setting may
also be a variable of the environment: ${code(variableOf('company'))}, ${code(variableOf('caps.gapMinutes'))}; lists with commas, \`hours\` with semicolons. An empty
variable says nothing. A path of a store in the file is taken from the folder of the file.

**A flag goes before the environment, that before the file, that before the default.** \`press9 config\` prints every setting, its value, and
which of the four it comes from; \`press9 config check\` only says whether all is right. A mistake is told with file, line and column, and
no command works with a file that has one. \`run\`, \`serve\`, \`may\`, \`dnc\`, \`whitelist\`, \`consent\`, \`dnd\` and \`sms-in\` go by the settings;
scenarios do not, they mean the same everywhere.

| Setting | What it is | It is | Unless told | Flag |
|---|---|---|---|---|
${SETTING_NAMES.map(row).join('\n')}

[The rule book](compliance.md#switches) tells what the switches of the rules do, [whitelist.md](whitelist.md) those of the whitelist, [may.md](may.md)
what \`enforce\` changes, [emulator.md](emulator.md#switches) where the emulator's come from.
`;
