import { readFile } from 'node:fs/promises';
import { relative, resolve } from 'node:path';
import { LineCounter, parseDocument } from 'yaml';
import { UserError } from '../core/problem.ts';
import { exophoneOf, SEED, type Seed } from './emulator-seed.ts';

/** Reads a seed file, YAML or JSON. @throws UserError that names the place of the first mistake. */
export async function readSeedFile(cwd: string, named: string, country: string): Promise<Seed> {
  const path = resolve(cwd, named);
  const shown = relative(cwd, path) || path;
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    const why = error.code === 'ENOENT' ? 'there is no such file' : error.code === 'EISDIR' ? 'it is a folder' : error.message;
    throw new UserError(`The seed ${shown} cannot be read: ${why}.`);
  });
  return parseSeed(text, shown, country);
}

export function parseSeed(text: string, file: string, country: string): Seed {
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter, prettyErrors: false });
  const placeOf = (offset: number): string => {
    const { line, col } = counter.linePos(offset);
    return `${file}:${Math.max(1, line)}:${Math.max(1, col)}`;
  };
  const [broken] = document.errors;
  if (broken) throw new UserError(`${placeOf(broken.pos[0])}: the seed is no YAML: ${broken.message}`);
  const place = (at: string) => placeOf(offsetAt(document, at.split('.')));
  const read = SEED.safeParse(contentOf(document, file) ?? {});
  if (!read.success) {
    const says = read.error.issues.map(
      ({ path, message }) => `${place(path.join('.'))}: ${path.join('.') || 'the seed'}: ${message}`,
    );
    throw new UserError(says.join('\n'), { advice: 'docs/emulator.md tells what a seed says.' });
  }
  const { account, senders, exophones: named, ...world } = read.data;
  const exophones = named.map((one, i) => exophoneOf(one, country, `${place(`exophones.${i}`)}: exophones.${i}`));
  return { account, senders, exophones, world, place };
}

type Document = ReturnType<typeof parseDocument>;

/** Aliases that would unfold without end are refused. */
function contentOf(document: Document, file: string): unknown {
  try {
    return document.toJS();
  } catch (error) {
    throw new UserError(`${file}:1:1: the seed is no YAML: ${error instanceof Error ? error.message : error}`);
  }
}

/** Of the nearest part of the path that stands in the file. */
function offsetAt(document: Document, path: readonly string[]): number {
  for (let length = path.length; length > 0; length--) {
    const node = document.getIn(path.slice(0, length), true) as { range?: readonly number[] } | undefined;
    if (node?.range) return node.range[0] ?? 0;
  }
  return 0;
}
