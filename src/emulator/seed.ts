import * as z from 'zod';
import { knownOf } from '../compliance/known.ts';
import { NO_PREFERENCE, parsePreference } from '../compliance/preference.ts';
import { registrationOf } from '../compliance/registration.ts';
import { inboundFact, whitelistFact } from '../compliance/whitelist-books.ts';
import { type NewFact, WHOLE_ACCOUNT } from '../core/facts.ts';
import type { E164 } from '../core/ids.ts';
import { inForce } from '../core/in-force.ts';
import { maskText, normalise } from '../core/phone.ts';
import { SMS_CODES } from '../exotel/sms-codes.ts';
import type { Parts } from './parts.ts';
import { type People, type Person, readPattern } from './people.ts';

const NUMBER = z.union([z.string(), z.number()]).transform(String);

const PERSON = z.strictObject({
  number: NUMBER.describe('a number, or the beginning of one with a *'),
  does: z
    .string()
    .optional()
    .describe('answer:4s, answer:4s,hangup:20s, busy, no-answer, failed, machine:4s or manual; an agent talks 30 s unless told'),
  keys: z.string().optional().describe('"1, wait 6s, 9, hangup 2s": pressed once they are asked'),
  sms: z
    .union([z.string(), z.number()])
    .optional()
    .describe("sent, failed_dnd, failed, or the vendor's detail code such as 23035"),
  dnd: z
    .union([z.boolean(), z.string()])
    .optional()
    .describe('what they registered at 1909: "FULLY BLOCK", "BLOCK 1,4"; true is FULLY BLOCK'),
  circle: z.string().optional().describe('of the number metadata: KA'),
  operator: z.string().optional().describe('of the number metadata: A'),
});

/** The people, and what is known of them: may be said again at any time. */
export const WORLD = z.strictObject({
  people: z.array(PERSON).default([]),
  dnc: z.array(NUMBER).default([]).describe('on the own do-not-call list'),
  whitelist: z.array(NUMBER).default([]).describe('added to the whitelist over the API'),
  called: z.array(NUMBER).default([]).describe('called us just now, which whitelists them'),
});
export type World = z.infer<typeof WORLD>;

/** `at` is where it stands: `people.0.does`. */
export type SeedMistake = { at: string; says: string };

/** What cannot be understood of a seed. */
export class BadSeed extends Error {
  override name = 'BadSeed' as const;
  readonly mistakes: readonly SeedMistake[];
  constructor(mistakes: readonly SeedMistake[]) {
    super(mistakes.map(({ at, says }) => `${at}: ${says}`).join('; '));
    this.mistakes = mistakes;
  }
}

export type SeedParts = Pick<Parts, 'clock' | 'facts' | 'country' | 'readPhone' | 'readKeys' | 'exophones'> & { people: People };

/**
 * Makes people do, and facts be, as a seed says. Saying it twice changes nothing more, but that `called` is a call each time.
 * All or nothing.
 * @throws BadSeed with every mistake.
 */
export async function plantSeed(parts: SeedParts, world: World): Promise<void> {
  const mistakes: SeedMistake[] = [];
  const numbers = (texts: readonly string[], name: string): readonly E164[] => {
    const read = texts.map((text, i) => readNumber(parts, text, `${name}.${i}`, mistakes));
    return [...new Set(read)].filter((one) => one !== undefined);
  };
  const people = world.people.map((one, i) => readPerson(parts, one, `people.${i}`, mistakes));
  const facts: NewFact[] = [];
  for (const [i, one] of world.people.entries())
    if (one.dnd !== undefined) facts.push(...(await registered(parts, one, people[i], `people.${i}`, mistakes)));
  for (const number of numbers(world.dnc, 'dnc')) facts.push(...(await listed(parts, number)));
  for (const number of numbers(world.whitelist, 'whitelist')) facts.push(...(await added(parts, number)));
  for (const number of numbers(world.called, 'called')) facts.push(inboundFact(number, parts.clock.now(), { channel: 'voice' }));
  if (mistakes.length > 0) throw new BadSeed(mistakes);
  if (facts.length > 0) await parts.facts.record(facts);
  for (const person of people) if (person) parts.people.put(person);
}

function readNumber({ country }: SeedParts, text: string, at: string, mistakes: SeedMistake[]): E164 | undefined {
  const read = normalise(text, country);
  if (read.ok) return read.number;
  mistakes.push({ at, says: `"${maskText(text)}" is no phone number: ${read.why}` });
  return undefined;
}

function readPerson(parts: SeedParts, given: World['people'][number], at: string, mistakes: SeedMistake[]): Person | undefined {
  const pattern = readPattern(given.number, (text) => {
    const read = normalise(text, parts.country);
    return read.ok ? read.number : undefined;
  });
  const phone = given.does === undefined ? undefined : parts.readPhone(given.does);
  const keys = given.keys === undefined ? undefined : parts.readKeys(given.keys);
  const smsCode = given.sms === undefined ? undefined : codeOf(String(given.sms));
  if (pattern === undefined)
    mistakes.push({
      at: `${at}.number`,
      says: `"${maskText(given.number)}" is no phone number, nor the beginning of one with a *`,
    });
  if (phone?.ok === false) mistakes.push({ at: `${at}.does`, says: phone.problem });
  if (keys?.ok === false) mistakes.push({ at: `${at}.keys`, says: keys.problem });
  if (given.sms !== undefined && smsCode === undefined)
    mistakes.push({
      at: `${at}.sms`,
      says: `"${given.sms}" is none of sent, failed_dnd, failed, nor a final detail code such as 23035`,
    });
  if (pattern === undefined || phone?.ok === false || keys?.ok === false) return undefined;
  return {
    number: pattern,
    ...(phone && { phone: phone.phone }),
    ...(keys && { keys: keys.keys }),
    ...(smsCode !== undefined && { smsCode }),
    ...(given.circle !== undefined && { circle: given.circle }),
    ...(given.operator !== undefined && { operator: given.operator }),
  };
}

const WORDS: Readonly<Record<string, number>> = { sent: 20005, failed_dnd: 23005, failed: 24990 };

function codeOf(text: string): number | undefined {
  const code = WORDS[text] ?? Number(text);
  const status = SMS_CODES[code]?.status;
  return status === 'sent' || status === 'failed' || status === 'failed_dnd' ? code : undefined;
}

async function registered(
  { clock, facts }: SeedParts,
  { dnd }: World['people'][number],
  person: Person | undefined,
  at: string,
  mistakes: SeedMistake[],
): Promise<readonly NewFact[]> {
  const command = dnd === true ? 'FULLY BLOCK' : dnd === false ? 'UNBLOCK ALL' : String(dnd);
  const read = parsePreference(command);
  if (!read.ok) {
    mistakes.push({ at: `${at}.dnd`, says: `"${String(dnd).slice(0, 40)}" is no command to 1909: ${read.why}` });
    return [];
  }
  if (person?.number === WHOLE_ACCOUNT)
    mistakes.push({ at: `${at}.dnd`, says: 'not everybody can be registered at once: name a number, or the beginning of one' });
  if (!person || person.number === WHOLE_ACCOUNT) return [];
  const subject = person.number as E164;
  const known = await facts.about(subject);
  const standing = registrationOf(knownOf(known, subject), clock.now())?.preference ?? NO_PREFERENCE;
  if (JSON.stringify(standing) === JSON.stringify(read.preference)) return [];
  return [
    {
      kind: 'listing',
      number: subject,
      scope: 'all',
      source: 'registry',
      at: clock.now(),
      actor: 'seed',
      preference: read.preference,
    },
  ];
}

async function listed({ clock, facts }: SeedParts, number: E164): Promise<readonly NewFact[]> {
  if (inForce(await facts.about(number), { number }).length > 0) return [];
  return [{ kind: 'opt-out', number, scope: 'all', source: 'manual', at: clock.now(), actor: 'seed' }];
}

async function added({ clock, facts, exophones }: SeedParts, number: E164): Promise<readonly NewFact[]> {
  const [line] = exophones;
  if (!line) return [];
  const before = await facts.about(number);
  if (before.some((fact) => fact.kind === 'whitelist' && fact.whitelist.event === 'post' && fact.actor === 'seed')) return [];
  const event = { event: 'post', exophone: line.number, language: 'en', asks: 'unsubscribe' } as const;
  return [whitelistFact(number, event, { at: clock.now(), actor: 'seed' })];
}
