import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  type Pair,
  parseDocument,
  type YAMLMap,
} from 'yaml';
import { type Place, type Problem, UserError } from '../core/problem.ts';
import { didYouMean } from '../core/suggest.ts';
import { readTexts, SETTING_NAMES, type SettingName, settingOf } from './config-table.ts';

/** What a file says of a setting. */
export type FromFile = { value: unknown; texts: readonly string[]; at: Place };
export type ConfigFile = {
  /** Absolute. */
  path: string;
  given: ReadonlyMap<SettingName, FromFile>;
  problems: readonly Problem[];
};

const MOST_BYTES = 1_000_000;

/** Reads a configuration file: every setting that is right, and every mistake at its place. @throws UserError when there is none. */
export function readConfig(path: string, cwd: string): ConfigFile {
  const file = relative(cwd, path) || path;
  const counter = new LineCounter();
  // All values stay texts: 02240000001 keeps its zero, and a file reads as the environment does.
  const document = parseDocument(readText(path, file), { lineCounter: counter, prettyErrors: false, schema: 'failsafe' });
  const placeAt = (offset: number): Place => {
    const { line, col } = counter.linePos(offset);
    return { file, line: Math.max(1, line), column: Math.max(1, col) };
  };
  return { path, ...new Reader(document, placeAt).read() };
}

function readText(path: string, file: string): string {
  try {
    const text = readFileSync(path, 'utf8');
    if (text.length > MOST_BYTES) throw new UserError(`The configuration ${file} is over 1 MB.`);
    return text;
  } catch (error) {
    if (error instanceof UserError) throw error;
    const { code, message } = error as NodeJS.ErrnoException;
    const why = code === 'ENOENT' ? 'there is no such file' : code === 'EISDIR' ? 'it is a folder' : message;
    throw new UserError(`The configuration ${file} cannot be read: ${why}.`);
  }
}

type Item = Pair<unknown, unknown>;

class Reader {
  readonly #document: Document.Parsed;
  readonly #placeAt: (offset: number) => Place;
  readonly #given = new Map<SettingName, FromFile>();
  readonly #problems: Problem[] = [];

  constructor(document: Document.Parsed, placeAt: (offset: number) => Place) {
    this.#document = document;
    this.#placeAt = placeAt;
  }

  read(): Pick<ConfigFile, 'given' | 'problems'> {
    const { contents, errors } = this.#document;
    const [broken] = errors;
    if (broken) this.#problem(broken.pos[0], 'CONFIG_YAML', `Not well-formed YAML: ${broken.message.replace(/\.?$/, '.')}`);
    else if (isMap(contents)) this.#section(contents, '');
    else if (contents !== null)
      this.#problem(0, 'CONFIG_NO_MAPPING', 'A configuration has keys such as company and profile; this file has none.');
    return { given: this.#given, problems: this.#problems };
  }

  #section(map: YAMLMap, prefix: string): void {
    const known = keysBelow(prefix);
    for (const item of map.items) {
      const key = String(isScalar(item.key) ? item.key.value : item.key);
      const name = `${prefix}${key}`;
      if (isSetting(name)) this.#setting(name, item);
      else if (keysBelow(`${name}.`).length > 0) this.#below(name, item);
      else this.#problem(offsetOf(item), 'CONFIG_UNKNOWN_KEY', `"${name}" is no setting.`, didYouMean(key, known));
    }
  }

  #below(name: string, item: Item): void {
    if (isMap(item.value)) {
      this.#section(item.value, `${name}.`);
      return;
    }
    const keys = keysBelow(`${name}.`).join(', ');
    this.#problem(offsetOf(item), 'CONFIG_BAD_VALUE', `${name}: it has keys of its own: ${keys}.`);
  }

  #setting(name: SettingName, item: Item): void {
    const nodes = this.#nodesOf(name, item);
    if (nodes === undefined) return;
    const texts = nodes.map(({ text }) => text);
    const read = readTexts(name, texts);
    if (read.ok) this.#given.set(name, { value: read.value, texts, at: this.#placeAt(offsetOf(item)) });
    else this.#problem(nodes[read.at]?.offset ?? offsetOf(item), 'CONFIG_BAD_VALUE', read.says, read.advice);
  }

  /** The texts of a setting: one, or those of a list; a single text is a list of one. */
  #nodesOf(name: SettingName, item: Item): readonly { text: string; offset: number }[] | undefined {
    const { is, between } = settingOf(name);
    const value = this.#resolved(item.value);
    const nodes = isSeq(value) && between !== undefined ? value.items.map((one) => this.#resolved(one)) : [value];
    const texts = nodes.map((node) =>
      isScalar(node) ? { text: String(node.value ?? ''), offset: offsetIn(node, item) } : undefined,
    );
    if (texts.every((one) => one !== undefined)) return texts;
    this.#problem(offsetOf(item), 'CONFIG_BAD_VALUE', `${name}: it is ${between === undefined ? '' : 'a list; each is '}${is}.`);
    return undefined;
  }

  #resolved(node: unknown): unknown {
    return isAlias(node) ? node.resolve(this.#document) : node;
  }

  #problem(offset: number, code: string, says: string, advice?: string): void {
    this.#problems.push({
      code,
      severity: 'error',
      at: this.#placeAt(offset),
      says,
      ...(advice !== undefined && { try: advice }),
    });
  }
}

const isSetting = (name: string): name is SettingName => (SETTING_NAMES as readonly string[]).includes(name);

/** The keys that may stand at a place: those of settings, and of sections. */
const keysBelow = (prefix: string): readonly string[] => [
  ...new Set(SETTING_NAMES.flatMap((name) => (name.startsWith(prefix) ? (name.slice(prefix.length).split('.')[0] ?? '') : []))),
];

const offsetIn = (node: unknown, item: Item): number => (isNode(node) ? node.range?.[0] : undefined) ?? offsetOf(item);
const offsetOf = ({ key }: Item): number => (isNode(key) ? key.range?.[0] : undefined) ?? 0;
