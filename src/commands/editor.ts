import { accessSync, constants } from 'node:fs';
import { basename, delimiter, join, resolve } from 'node:path';
import { runChild } from '../adapters/child.ts';
import type { Place } from '../core/problem.ts';
import type { Io } from './io.ts';

type Editor = { command: string; args: readonly string[]; from: string };

/** How editors are told of a place. The path is absolute, so it never looks like an option. */
type Spelling = (path: string, line: number, column: number) => readonly string[];

const plusLine: Spelling = (path, line) => [`+${line}`, path];
const colons: Spelling = (path, line, column) => [`${path}:${line}:${column}`];
const goTo: Spelling = (path, line, column) => ['--goto', `${path}:${line}:${column}`];
const option: Spelling = (path, line) => ['--line', String(line), path];

type Known = { names: RegExp; spelling: Spelling /** Keeps it in front until the file is closed. */; wait?: readonly string[] };

const EDITORS: readonly Known[] = [
  { names: /^(?:gvim|mvim)$/, spelling: plusLine, wait: ['-f', '--nofork'] },
  { names: /^(?:vi|vim|nvim|view|nano|pico|emacs|emacsclient|micro|kak|joe|jmacs|ne|mg|jed|mcedit|ee)$/, spelling: plusLine },
  { names: /^(?:code|code-insiders|codium|vscodium|cursor|windsurf)$/, spelling: goTo, wait: ['--wait', '-w'] },
  { names: /^(?:subl|sublime_text|zed|zeditor)$/, spelling: colons, wait: ['--wait', '-w'] },
  { names: /^(?:hx|helix)$/, spelling: colons },
  { names: /^(?:mate|xed)$/, spelling: option, wait: ['--wait', '-w'] },
  { names: /^(?:gedit|gnome-text-editor)$/, spelling: plusLine, wait: ['--wait', '-w', '--standalone', '-s'] },
  { names: /^(?:kate|kwrite)$/, spelling: option, wait: ['--block', '-b'] },
];

const USUAL = ['vi', 'vim', 'nano'];
const ADVICE = 'Set EDITOR, for example: export EDITOR=nano, or export EDITOR="code --wait"';

/**
 * Opens the person's editor at a place: what $VISUAL or $EDITOR says, else a usual one. Resolves when it is closed, with what
 * went wrong if something did. The terminal must be free.
 */
export async function editAt({ cwd, env }: Pick<Io, 'cwd' | 'env'>, place: Place): Promise<string | undefined> {
  const editor = editorOf(env);
  if (typeof editor === 'string') return editor;
  const { command, args, from } = editor;
  const end = await runChild(command, [...args, ...placeFor(editor, resolve(cwd, place.file), place)], { cwd, env });
  if ('missing' in end) return `The editor "${command}" of ${from} cannot be started: there is no such program. ${ADVICE}`;
  if ('says' in end) return `The editor "${command}" of ${from} cannot be started: ${end.says}. ${ADVICE}`;
  if ('signal' in end) return `The editor ${command} was ended by ${end.signal}.`;
  return end.code === 0 ? undefined : `The editor ${command} ended with exit code ${end.code}.`;
}

function placeFor({ command, args }: Editor, path: string, { line, column }: Place): readonly string[] {
  const name = basename(command)
    .replace(/\.(?:exe|cmd)$/i, '')
    .toLowerCase();
  const known = EDITORS.find(({ names }) => names.test(name));
  if (!known) return [path];
  const { spelling, wait = [] } = known;
  const waits = wait.length === 0 || wait.some((flag) => args.includes(flag));
  return [...(waits ? [] : wait.slice(0, 1)), ...spelling(path, line, column)];
}

/** What the environment says, or one that is there, or what to do. */
function editorOf(env: Io['env']): Editor | string {
  for (const name of ['VISUAL', 'EDITOR']) {
    const text = env[name]?.trim();
    if (!text) continue;
    const [command, ...args] = wordsOf(text);
    if (command) return { command, args, from: `$${name}` };
  }
  const found = USUAL.find((name) => isThere(name, env['PATH']));
  if (found) return { command: found, args: [], from: '$PATH' };
  return `There is no editor to open: neither VISUAL nor EDITOR is set, and ${USUAL.join(', ')} are not installed. ${ADVICE}`;
}

/** The words of a command line. Quotes keep spaces together; nothing else has a meaning. */
const wordsOf = (text: string): readonly string[] =>
  [...text.matchAll(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g)].map(([word]) => word.replace(/"([^"]*)"|'([^']*)'/g, '$1$2'));

function isThere(command: string, path = ''): boolean {
  return path.split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, command), constants.X_OK);
      return folder !== '';
    } catch {
      return false;
    }
  });
}
