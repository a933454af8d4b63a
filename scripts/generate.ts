import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { configPage } from './config-page.ts';
import { configSchema } from './config-schema.ts';
import { demoFiles } from './demo-frames.ts';
import { languagePage } from './language-page.ts';
import { languageSchema } from './language-schema.ts';
import { mayTable } from './may-table.ts';
import { scenarioSchema } from './scenario-schema.ts';
import { seedFileSchema } from './seed-schema.ts';

/** What is written from the applets, the scenario's schema, the settings, the rules and the demo: path and text. Tests compare these with the files. */
export const generated = async (): Promise<readonly { path: string; text: string }[]> => [
  { path: 'docs/language.md', text: languagePage() },
  { path: 'schema/press9.xsd', text: languageSchema() },
  { path: 'schema/scenario.schema.json', text: scenarioSchema() },
  { path: 'schema/seed.schema.json', text: seedFileSchema() },
  { path: 'schema/press9.schema.json', text: configSchema() },
  { path: 'docs/config.md', text: configPage() },
  { path: 'docs/may-table.md', text: mayTable() },
  ...(await demoFiles()),
];

if (process.argv[1] === import.meta.filename) {
  for (const { path, text } of await generated()) {
    const file = join(import.meta.dirname, '..', path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}
