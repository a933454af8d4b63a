import { createSystemClock } from '../adapters/clock-system.ts';
import { createSystemIds } from '../adapters/ids.ts';
import { openStore, type Store } from '../adapters/store.ts';
import { StoreError } from '../adapters/store-shape.ts';
import type { Fact, NewFact, Subject } from '../core/facts.ts';
import type { E164, Ms } from '../core/ids.ts';
import { inForce } from '../core/in-force.ts';
import { isCountry, maskNumber, maskText, normalise } from '../core/phone.ts';
import { UserError } from '../core/problem.ts';
import type { Io } from './io.ts';

/** Options of every `press9 dnc` command. */
export type DncOptions = { json?: boolean; store?: string; country: string };

/** The open list, and who works on it when. */
export type List = { store: Store; now: () => Ms; actor: string };

/** Opens the store, says on standard error which one and what is wrong with it, and closes it whatever happens. */
export async function withList(io: Io, options: DncOptions, work: (list: List) => Promise<void>): Promise<void> {
  const { now } = createSystemClock();
  const store = await openStore({ store: options.store, env: io.env, cwd: io.cwd, ids: createSystemIds(), now });
  io.err(`store: ${store.describe}\n`);
  if (store.health !== 'ok') io.err(`warning: ${store.health.problem}\n`);
  for (const note of store.notes) io.err(`note: ${note}\n`);
  try {
    await work({ store, now, actor: io.env['USER'] || io.env['LOGNAME'] || io.env['USERNAME'] || 'user' });
  } catch (error) {
    throw error instanceof StoreError ? new UserError(sentence(error), { exitCode: 1 }) : error;
  } finally {
    await store.close();
  }
}

export function readNumber(text: string, { country }: DncOptions): E164 {
  if (!isCountry(country))
    throw new UserError(`--country ${country} is no country code.`, { advice: 'Use two capital letters, such as IN.' });
  const read = normalise(text, country);
  if (read.ok) return read.number;
  throw new UserError(`"${maskText(text)}" is no phone number: ${read.why}.`, {
    advice:
      country === 'IN'
        ? 'Write it as 9876543210, or with its country as +14155552671.'
        : 'Write it with its country, as +14155552671.',
  });
}

/** A number, or a prefix such as `+9198765*` for every number that begins so. */
export function readSubject(text: string, options: DncOptions): Subject {
  const bare = text.replace(/[\s()-]/g, '');
  return /^\+[1-9]\d{3,13}\*$/.test(bare) ? (bare as `+${string}*`) : readNumber(text, options);
}

/** For errors: a prefix is nobody's number. */
export const maskSubject = (subject: Subject): string => (subject.endsWith('*') ? subject : maskNumber(subject));

/** The opt-outs that stop a number today, those of its prefixes included. */
export async function standing({ store, now }: List, subject: Subject): Promise<readonly Fact[]> {
  return inForce(await store.facts.about(subject), { number: subject as E164, at: now() });
}

/** Texts without space around them; an empty one was not given. */
export function trimmed<T extends object>(options: T): T {
  const entries = Object.entries(options).map(([name, value]) => [name, typeof value === 'string' ? value.trim() : value]);
  return Object.fromEntries(entries.filter(([, value]) => value !== '')) as T;
}

function sentence(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`;
}

export const printJson = (io: Io, value: unknown): void => io.out(`${JSON.stringify(value)}\n`);

/** An opt-out is never lost: what the store refuses goes to the journal, and the command fails all the same. */
export async function recordSurely(store: Store, fact: NewFact): Promise<readonly Fact[]> {
  try {
    return await store.facts.record([fact]);
  } catch (error) {
    const path = await store.journal(fact);
    throw new UserError(`${sentence(error)} The opt-out is kept in ${path} and counts.`, {
      advice: 'It is taken over when the store can be written again.',
      exitCode: 1,
    });
  }
}
