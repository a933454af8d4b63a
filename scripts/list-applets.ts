import { readdirSync, writeFileSync } from 'node:fs';

const folder = new URL('../src/applets/', import.meta.url);

/** The text of `src/applets/index.ts`, from the names of the folders beside it. */
export function appletList(): string {
  const names = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('_'))
    .map((entry) => entry.name)
    .sort();
  return `// Written by scripts/list-applets.ts from the folder names. Do not edit.
import type { Applet } from '../core/applet.ts';
${names.map((name) => `import ${name} from './${name}/index.ts';`).join('\n')}

export const applets = { ${names.join(', ')} } as const;

export type AppletKind = keyof typeof applets;
export type SettingsOf<Kind extends AppletKind> = (typeof applets)[Kind] extends Applet<Kind, infer Settings> ? Settings : never;

/** An applet whose settings are not known by type: hosts hand back what the flow holds. */
export type AnyApplet = Applet<string, unknown>;
const byKind: Readonly<Record<string, AnyApplet>> = applets;

export const allApplets: readonly AnyApplet[] = Object.values(byKind);
export const appletOf = (kind: AppletKind): AnyApplet => byKind[kind] as AnyApplet;
`;
}

if (process.argv[1] === import.meta.filename) writeFileSync(new URL('index.ts', folder), appletList());
