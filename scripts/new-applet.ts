import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Script } from 'node:vm';
import { allApplets } from '../src/applets/index.ts';
import { appletList } from './list-applets.ts';

const root = join(import.meta.dirname, '..');
const applets = join(root, 'src', 'applets');

/** Elements of the language that are no applets, and names that src/applets/index.ts uses itself. */
const TAKEN = ['flow', 'unanswered', 'say', 'play', 'pause', 'in', 'applets'];

/** Why an applet cannot have this name; undefined when it can. */
export function problemWith(name: string): string | undefined {
  if (!/^[a-z][a-z0-9]{1,29}$/.test(name)) {
    return `"${name}" cannot be a name: use 2 to 30 small letters and digits, the first a letter, such as "callback".`;
  }
  if (existsSync(join(applets, name))) return `There is an applet "${name}" already: src/applets/${name}.`;
  const owner = allApplets.find(({ element, xml }) =>
    [element, ...Object.keys(xml.children ?? {})].some((one) => one.toLowerCase() === name),
  );
  if (owner) return `"${name}" is an element already: the applet ${owner.title} (src/applets/${owner.kind}) has it.`;
  if (TAKEN.includes(name) || isReserved(name)) return `"${name}" is taken by the language or by TypeScript. Use another word.`;
  return undefined;
}

/** The name becomes that of an import. */
function isReserved(name: string): boolean {
  try {
    new Script(`'use strict'; let ${name};`);
    return name === 'await';
  } catch {
    return true;
  }
}

const element = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

/** Copies the template under its new name and lists it. */
function create(name: string): void {
  const folder = join(applets, name);
  cpSync(join(applets, '_template'), folder, { recursive: true, errorOnExist: true, force: false });
  for (const file of readdirSync(folder)) {
    const path = join(folder, file);
    const text = readFileSync(path, 'utf8')
      .replaceAll('Template', element(name))
      .replaceAll(/\btemplate\b/g, name);
    writeFileSync(path, text);
  }
  const index = join(applets, 'index.ts');
  writeFileSync(index, appletList());
  const biome = join(root, 'node_modules', '.bin', 'biome');
  const formatted = spawnSync(biome, ['check', '--write', index, folder], { cwd: root, encoding: 'utf8' });
  if (formatted.status !== 0) console.error(`new-applet: not formatted; run npm run format.\n${formatted.stderr ?? ''}`);
}

function main(name: string | undefined): number {
  if (name === undefined) {
    console.error('new-applet: which name? npm run new-applet NAME');
    return 2;
  }
  const problem = problemWith(name);
  if (problem !== undefined) {
    console.error(`new-applet: ${problem}`);
    return 2;
  }
  create(name);
  console.log(`src/applets/${name} is there, listed, and its test passes: npx vitest run src/applets/${name}
Next: settings.ts (attributes), machine.ts (behaviour), index.ts (what hosts may know), README.md (sources);
then npm run generate writes the language reference and the XSD anew.`);
  return 0;
}

if (process.argv[1] === import.meta.filename) process.exitCode = main(process.argv[2]);
