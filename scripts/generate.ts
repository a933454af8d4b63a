import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { languagePage } from './language-page.ts';
import { languageSchema } from './language-schema.ts';
import { scenarioSchema } from './scenario-schema.ts';

/** What is written from the applets and from the scenario's schema: path and text. Tests compare these with the files. */
export const generated = (): readonly { path: string; text: string }[] => [
  { path: 'docs/language.md', text: languagePage() },
  { path: 'schema/press9.xsd', text: languageSchema() },
  { path: 'schema/scenario.schema.json', text: scenarioSchema() },
];

if (process.argv[1] === import.meta.filename) {
  for (const { path, text } of generated()) {
    const file = join(import.meta.dirname, '..', path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}
