import { tellHow, tellScope, tellSince } from '../compliance/tell.ts';
import type { Fact, FactSource, NewFact } from '../core/facts.ts';
import { inForce } from '../core/in-force.ts';
import { maskNumber, normalise } from '../core/phone.ts';
import type { Facts } from '../core/ports.ts';
import { UserError } from '../core/problem.ts';
import { type DncOptions, printJson, readNumber, recordSurely, trimmed, withList } from './dnc-list.ts';
import { factJson, historyRow, optOutRow, table } from './dnc-show.ts';
import type { Io } from './io.ts';

export type AddOptions = DncOptions & {
  scope?: 'all' | 'campaign' | 'voice' | 'sms';
  campaign?: string;
  reason?: string;
  source: 'manual' | 'agent' | 'complaint' | 'api';
};
export type RemoveOptions = DncOptions & { reason?: string; evidence?: string };
export type ListOptions = DncOptions & { limit?: number; history?: boolean };

/** What only the person may take back: their own act, or their complaint. */
const THEIR_OWN: readonly FactSource[] = ['key-press', 'sms-stop', 'missed-call', 'complaint'];

export async function add(io: Io, text: string, options: AddOptions): Promise<void> {
  const number = readNumber(text, options);
  const { source, campaign, reason } = trimmed(options);
  const scope = options.scope ?? (campaign === undefined ? 'all' : 'campaign');
  if ((scope === 'campaign') !== (campaign !== undefined)) {
    throw new UserError(
      campaign === undefined ? '--scope campaign needs --campaign NAME.' : `--campaign does not go with --scope ${scope}.`,
    );
  }
  await withList(io, options, async ({ store, now, actor }) => {
    const fact: NewFact = {
      kind: 'opt-out',
      number,
      scope,
      source,
      at: now(),
      actor,
      ...(campaign && { campaign }),
      ...(reason && { reason }),
    };
    const before = inForce(await store.facts.about(number));
    const covering = before.find((known) => covers(known, fact));
    const recorded = covering ? [] : await recordSurely(store, fact);
    if (options.json) {
      const facts = [...before, ...recorded].map((one) => factJson(one, true));
      printJson(io, { number, added: covering === undefined, facts });
    } else if (covering) {
      io.out(`${number} is already listed since ${tellSince(covering)}, for ${tellScope(covering)}: it ${tellHow(covering)}.\n`);
    } else io.out(`${number} is on the list now, for ${tellScope(fact)}.\n`);
  });
}

/** A complaint weighs more than an entry by hand: it is recorded even when the number is listed. */
function covers(known: Fact, fact: NewFact): boolean {
  if (fact.source === 'complaint' && !THEIR_OWN.includes(known.source)) return false;
  return known.scope === 'all' || (known.scope === fact.scope && known.campaign === fact.campaign);
}

export async function remove(io: Io, text: string, options: RemoveOptions): Promise<void> {
  const number = readNumber(text, options);
  const { reason, evidence } = trimmed(options);
  await withList(io, options, async ({ store, now, actor }) => {
    const lifted = inForce(await store.facts.about(number));
    if (lifted.length === 0) throw new UserError(`${maskNumber(number)} is not on the list.`, { exitCode: 1 });
    const own = lifted.find(({ source }) => THEIR_OWN.includes(source));
    if (own && !(reason && evidence)) {
      throw new UserError(
        `${maskNumber(number)} opted out themselves (it ${tellHow(own)}, ${tellSince(own)}): only they can take it back.`,
        { advice: 'When they did, say so: --reason "asked again" --evidence "ticket 4711".' },
      );
    }
    const [first] = lifted;
    const scope = first && lifted.every((one) => one.scope === first.scope) ? first.scope : 'all';
    const [fact] = await store.facts.record([
      {
        kind: 'opt-in',
        number,
        scope,
        source: 'manual',
        at: now(),
        actor,
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

export async function check(io: Io, texts: readonly string[], options: DncOptions): Promise<void> {
  const numbers = texts.map((text) => readNumber(text, options));
  await withList(io, options, async ({ store }) => {
    const found = await Promise.all(numbers.map(async (number) => ({ number, facts: inForce(await store.facts.about(number)) })));
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
  await withList(io, options, async ({ store }) => {
    const limit = options.limit !== undefined && { limit: options.limit };
    if (options.history) return printHistory(io, store, await store.facts.list({ ...limit }), options);
    const facts = await store.facts.list({ inForce: true, ...limit });
    if (options.json) printJson(io, { facts: facts.map((fact) => factJson(fact, true)) });
    else io.out(facts.length === 0 ? 'Nobody is on the list.\n' : table(facts.map(optOutRow)));
  });
}

export async function search(io: Io, text: string, options: ListOptions): Promise<void> {
  await withList(io, options, async ({ store }) => {
    const number = normalise(text, options.country);
    const found = [
      ...(number.ok ? await store.facts.list({ number: number.number }) : []),
      ...(await store.facts.list({ text })),
    ];
    const once = [...new Map(found.map((fact) => [fact.id, fact])).values()].toSorted((a, b) => b.recordedAt - a.recordedAt);
    await printHistory(io, store, once.slice(0, options.limit), options);
  });
}

async function printHistory(io: Io, store: { facts: Facts }, facts: readonly Fact[], options: DncOptions): Promise<void> {
  const numbers = [...new Set(facts.map(({ number }) => number))];
  const standing = await Promise.all(numbers.map(async (number) => inForce(await store.facts.about(number))));
  const ids = new Set(standing.flat().map(({ id }) => id));
  if (options.json) printJson(io, { facts: facts.map((fact) => factJson(fact, ids.has(fact.id))) });
  else io.out(facts.length === 0 ? 'Nothing found.\n' : table(facts.map((fact) => historyRow(fact, ids.has(fact.id)))));
}
