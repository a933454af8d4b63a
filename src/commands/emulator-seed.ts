import { readFile } from 'node:fs/promises';
import { relative, resolve } from 'node:path';
import { LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import type { ExoPhone } from '../core/account.ts';
import { normalise } from '../core/phone.ts';
import { UserError } from '../core/problem.ts';
import { WORLD, type World } from '../emulator/seed.ts';

const NUMBER = z.union([z.string(), z.number()]).transform(String);

const ACCOUNT = z.strictObject({
  sid: z
    .string()
    .regex(/^[\w-]{1,100}$/, 'letters, digits, - and _')
    .optional()
    .describe("the account's sid; press9 unless told"),
  key: z.string().min(1).max(200).optional().describe('the API key; press9key unless told'),
  token: z.string().min(1).max(200).optional().describe('the API token; it is not shown then'),
  company: z.string().min(1).max(100).optional().describe('the name in whitelist messages'),
});

const SEED = WORLD.extend({
  account: ACCOUNT.default({}),
  senders: z
    .array(z.string().regex(/^[A-Za-z0-9-]{3,14}$/, 'three to fourteen letters and digits'))
    .default([])
    .describe('sender ids of SMS; once some are named, and ExoPhones too, no others are taken'),
  exophones: z
    .array(
      z.union([
        NUMBER,
        z.strictObject({
          number: NUMBER,
          name: z.string().optional().describe('as the list of ExoPhones has it'),
          flow: z
            .union([z.string(), z.number()])
            .transform(String)
            .optional()
            .describe('name or app id of the flow that takes its calls'),
        }),
      ]),
    )
    .default([])
    .describe('the numbers of the account; once some are named, CallerId must be one of them'),
});

export type Seed = {
  account: z.infer<typeof ACCOUNT>;
  exophones: readonly ExoPhone[];
  senders: readonly string[];
  world: World;
  /** Where `people.0.does` stands: file, line and column. */
  place(at: string): string;
};
export const NO_SEED: Seed = { account: {}, exophones: [], senders: [], world: WORLD.parse({}), place: (at) => at };

/** What a seed file may say, for editors. */
export const seedSchema = (): unknown => z.toJSONSchema(SEED, { io: 'input', target: 'draft-7' });

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

export function exophoneOf(
  given: string | { number: string; name?: string | undefined; flow?: string | undefined },
  country: string,
  at: string,
): ExoPhone {
  const { number, name, flow } = typeof given === 'string' ? { number: given } : given;
  const read = normalise(number, country);
  if (!read.ok) throw new UserError(`${at}: "${number}" is no phone number: ${read.why}.`);
  return { number: read.number, name: name ?? number, ...(flow !== undefined && { flow }) };
}
