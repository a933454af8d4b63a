import { tellHow, tellScope, tellSince } from '../compliance/tell.ts';
import type { Fact, FactSource, NewFact, Subject } from '../core/facts.ts';
import { type Ms, ms } from '../core/ids.ts';
import { normalise } from '../core/phone.ts';
import { UserError } from '../core/problem.ts';
import { parseInstant, plainIst } from '../core/time.ts';
import { historyRow } from './dnc-history.ts';
import {
  type DncOptions,
  type List,
  maskSubject,
  printJson,
  readNumber,
  readSubject,
  recordSurely,
  standing,
  trimmed,
  withList,
} from './dnc-list.ts';
import { factJson, optOutRow, table } from './dnc-show.ts';
import type { Io } from './io.ts';

export type AddOptions = DncOptions & {
  scope?: 'all' | 'campaign' | 'voice' | 'sms';
  campaign?: string;
  reason?: string;
  /** An instant. */
  until?: string;
  source: 'manual' | 'agent' | 'complaint' | 'api';
};
export type RemoveOptions = DncOptions & { reason?: string; evidence?: string };
export type ListOptions = DncOptions & { limit?: number; history?: boolean };

/** What only the person may take back: their own act, or their complaint. */
const THEIR_OWN: readonly FactSource[] = ['key-press', 'sms-stop', 'missed-call', 'complaint'];

export async function add(io: Io, text: string, options: AddOptions): Promise<void> {
  const number = readSubject(text, options);
  const { source, campaign, reason } = trimmed(options);
  const scope = readScope(options.scope, campaign);
  const end = readEnd(options);
  await withList(io, options, async (list) => {
    const at = list.now();
    if (end !== undefined && end <= at) throw new UserError(`--until ${plainIst(end)} IST is over already.`);
    const fact: NewFact = {
      kind: 'opt-out',
      number,
      scope,
      source,
      at,
      actor: list.actor,
      ...(campaign && { campaign }),
      ...(reason && { reason }),
      ...(end !== undefined && { expiresAt: end }),
    };
    const before = await standing(list, number);
    const covering = before.find((known) => covers(known, fact));
    const recorded = covering ? [] : await recordSurely(list.store, fact);
    if (options.json) {
      const facts = [...before, ...recorded].map((one) => factJson(one, true));
      printJson(io, { number, added: covering === undefined, facts });
    } else if (covering) {
      io.out(`${number} is already listed since ${tellSince(covering)}, for ${tellScope(covering)}: it ${tellHow(covering)}.\n`);
    } else io.out(`${tellSubject(number)} on the list now, for ${tellScope(fact)}${tellEnd(end)}.\n`);
  });
}

function readScope(given: AddOptions['scope'], campaign: string | undefined): Fact['scope'] {
  const scope = given ?? (campaign === undefined ? 'all' : 'campaign');
  if ((scope === 'campaign') === (campaign !== undefined)) return scope;
  throw new UserError(
    campaign === undefined ? '--scope campaign needs --campaign NAME.' : `--campaign does not go with --scope ${scope}.`,
  );
}

function readEnd({ until, source }: AddOptions): Ms | undefined {
  const at = until === undefined ? undefined : parseInstant(until);
  if (until !== undefined && at === undefined)
    throw new UserError(`--until "${until}" is no instant.`, {
      advice: 'Write it as 2026-12-31 or 2026-12-31T18:00; Indian time.',
    });
  if (at !== undefined && source === 'complaint') throw new UserError('--until does not go with a complaint, which has no end.');
  return at;
}

const tellSubject = (subject: Subject): string =>
  subject.endsWith('*') ? `Every number that begins with ${subject.slice(0, -1)} is` : `${subject} is`;
const tellEnd = (end: Ms | undefined): string => (end === undefined ? '' : `, until ${plainIst(end)} IST`);

/**
 * A complaint weighs more than an entry by hand: it is recorded even when the number is listed. An entry for a prefix may be
 * lifted without its numbers, so it covers none of them.
 */
function covers(known: Fact, fact: NewFact): boolean {
  if (fact.source === 'complaint' && !THEIR_OWN.includes(known.source)) return false;
  if (known.number !== fact.number || endOf(known) < endOf(fact)) return false;
  return known.scope === 'all' || (known.scope === fact.scope && known.campaign === fact.campaign);
}

const endOf = ({ expiresAt = ms(Number.POSITIVE_INFINITY) }: Pick<Fact, 'expiresAt'>): Ms => expiresAt;

export async function remove(io: Io, text: string, options: RemoveOptions): Promise<void> {
  const number = readSubject(text, options);
  const { reason, evidence } = trimmed(options);
  await withList(io, options, async (list) => {
    const lifted = (await standing(list, number)).filter((one) => !isWider(one, number));
    if (lifted.length === 0) throw new UserError(`${maskSubject(number)} is not on the list.`, { exitCode: 1 });
    if (!(reason && evidence)) refuseToLift(lifted, number);
    const [first] = lifted;
    const scope = first && lifted.every((one) => one.scope === first.scope) ? first.scope : 'all';
    const [fact] = await list.store.facts.record([
      {
        kind: 'opt-in',
        number,
        scope,
        source: 'manual',
        at: list.now(),
        actor: list.actor,
        ...(reason && { reason }),
        ...(evidence && { evidence }),
        supersedes: lifted.map(({ id }) => id),
      },
    ]);
    if (options.json) {
      printJson(io, { number, lifted: lifted.map((one) => factJson(one, false)), fact: fact && factJson(fact, false) });
    } else io.out(`${number} is off the list. Lifted:\n${table(lifted.map((one) => ['', ...optOutRow(one)]))}`);
  });
}

/** A prefix is lifted as it was listed, and not from within a wider one. */
const isWider = (fact: Fact, subject: Subject): boolean => subject.endsWith('*') && fact.number !== subject;

/** What needs a reason and evidence: the person's own word, and one number out of a prefix. */
function refuseToLift(lifted: readonly Fact[], number: Subject): void {
  const own = lifted.find(({ source }) => THEIR_OWN.includes(source));
  if (own) {
    throw new UserError(
      `${maskSubject(number)} opted out themselves (it ${tellHow(own)}, ${tellSince(own)}): only they can take it back.`,
      { advice: 'When they did, say so: --reason "asked again" --evidence "ticket 4711".' },
    );
  }
  const range = lifted.find((one) => one.number !== number);
  if (!range) return;
  throw new UserError(`${maskSubject(number)} is listed with every number that begins with ${range.number.slice(0, -1)}.`, {
    advice: 'To take this one out, say why: --reason "asked for calls" --evidence "ticket 4711".',
  });
}

export async function check(io: Io, texts: readonly string[], options: DncOptions): Promise<void> {
  const numbers = texts.map((text) => readNumber(text, options));
  await withList(io, options, async (list) => {
    const found = await Promise.all(numbers.map(async (number) => ({ number, facts: await standing(list, number) })));
    if (found.some(({ facts }) => facts.length > 0)) io.exitCode = 3;
    if (options.json) {
      const about = found.map(({ number, facts }) => {
        return { number, listed: facts.length > 0, facts: facts.map((fact) => factJson(fact, true)) };
      });
      printJson(io, { numbers: about });
    } else
      io.out(table(found.flatMap(({ number, facts }) => (facts.length > 0 ? facts.map(checkRow) : [[number, 'not listed']]))));
  });
}

const checkRow = (fact: Fact): readonly string[] => {
  const [number = '', since = '', ...rest] = optOutRow(fact);
  return [number, `listed ${since}`, ...rest];
};

export async function list(io: Io, options: ListOptions): Promise<void> {
  await withList(io, options, async (list) => {
    const limit = options.limit !== undefined && { limit: options.limit };
    if (options.history) return printHistory(io, list, await list.store.facts.list({ ...limit }), options);
    const facts = await list.store.facts.list({ inForce: true, ...limit });
    if (options.json) printJson(io, { facts: facts.map((fact) => factJson(fact, true)) });
    else io.out(facts.length === 0 ? 'Nobody is on the list.\n' : table(facts.map(optOutRow)));
  });
}

export async function search(io: Io, text: string, options: ListOptions): Promise<void> {
  await withList(io, options, async (list) => {
    const { facts } = list.store;
    const number = normalise(text, options.country);
    const found = [...(number.ok ? await facts.list({ number: number.number }) : []), ...(await facts.list({ text }))];
    const once = [...new Map(found.map((fact) => [fact.id, fact])).values()].toSorted((a, b) => b.recordedAt - a.recordedAt);
    await printHistory(io, list, once.slice(0, options.limit), options);
  });
}

async function printHistory(io: Io, list: List, facts: readonly Fact[], options: DncOptions): Promise<void> {
  const subjects = [...new Set(facts.map(({ number }) => number))];
  const found = await Promise.all(
    subjects.map(async (one) => (await standing(list, one)).filter(({ number }) => number === one)),
  );
  const ids = new Set(found.flat().map(({ id }) => id));
  if (options.json) printJson(io, { facts: facts.map((fact) => factJson(fact, ids.has(fact.id))) });
  else
    io.out(facts.length === 0 ? 'Nothing found.\n' : table(facts.map((fact) => historyRow(fact, ids.has(fact.id), list.now()))));
}
