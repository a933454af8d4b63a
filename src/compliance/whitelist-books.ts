import { type Fact, isErased, type NewFact, type Subject, type WhitelistEvent } from '../core/facts.ts';
import type { E164, Ms } from '../core/ids.ts';
import { normalise } from '../core/phone.ts';
import type { Facts } from '../core/ports.ts';
import type { Standing } from './policy.ts';
import { type Account, accountStory, maySayNo } from './whitelist-account.ts';
import { concernsWhitelist } from './whitelist-event.ts';
import { standingIn, type VendorStatus, vendorStatus } from './whitelist-number.ts';
import { type Answered, type Books, deleteNumbers, type PostRequest, postNumbers, type Refused } from './whitelist-post.ts';
import { numberStory } from './whitelist-story.ts';
import type { WhitelistSwitches } from './whitelist-switches.ts';

/** The whitelist as a store has it, at an instant, and how the vendor is read. */
export type WhitelistBooks = { facts: Pick<Facts, 'about' | 'list'>; at: Ms; switches: WhitelistSwitches };

/** Of the account. `exophones` may be named in a request; any when there are none. */
export type WhitelistHolder = { company: string; exophones?: readonly E164[]; country: string };

/** Adds numbers. Nothing is written: the facts of the answer are for the caller to record, the messages to send. */
export async function postToWhitelist(
  books: WhitelistBooks,
  request: PostRequest,
  { company, exophones = [], country }: WhitelistHolder,
): Promise<Answered | Refused> {
  const line = normalise(request.exophone, country);
  const { mode, flips } = await accountAt(books, line.ok ? line.number : undefined);
  const about = await knownOf(request.numbers, country, books.facts);
  return postNumbers(request, { account: { mode, flips }, company, exophones, country, about }, books.at, books.switches);
}

/** Takes numbers off. Nothing is written, as with {@link postToWhitelist}. */
export async function deleteFromWhitelist(
  books: WhitelistBooks,
  request: Pick<PostRequest, 'numbers' | 'actor'>,
  country: string,
): Promise<Answered> {
  const about = await knownOf(request.numbers, country, books.facts);
  const account = { mode: 'opt-out', flips: await flipsAt(books) } as const;
  return deleteNumbers(request, { account, company: '', exophones: [], country, about }, books.at, books.switches);
}

/** Where a number stands, by press9 and by the vendor. */
export type Stood = { number: E164; standing: Standing; vendor: VendorStatus };

export async function standingAt(books: WhitelistBooks, number: E164): Promise<Stood> {
  const { facts, at, switches } = books;
  const flips = await flipsAt(books);
  const known = await facts.about(number);
  const own = known.filter((fact) => concernsWhitelist(fact, number));
  const vendor = vendorStatus(numberStory(own, at, switches, { flips }), at);
  return { number, standing: standingIn(switches, flips)(number, known, at), vendor };
}

/** The account at the books' instant, or one line of it. */
export const accountAt = async ({ facts, at, switches }: WhitelistBooks, exophone?: E164): Promise<Account> =>
  accountStory(await accountFacts(facts), at, switches, exophone);

/** Only with switch A1 does a number's standing rest on the account. */
export const flipsAt = async (books: WhitelistBooks): Promise<Account['flips']> =>
  books.switches.flipEndsStanding ? (await accountAt(books)).flips : [];

/** Something that happened to a number on the whitelist, to be recorded. */
export const whitelistFact = (
  number: Subject,
  whitelist: WhitelistEvent,
  { at, actor, source = 'manual' }: { at: Ms; actor: string; source?: 'manual' | 'missed-call' },
): NewFact => ({ kind: 'whitelist', number, scope: 'all', source, at, actor, whitelist });

/** A call to the line that the whitelist's message named; `answered` when somebody picked up. */
export const missedCallFact = (number: E164, at: Ms, line: { exophone?: E164; answered?: boolean } = {}): NewFact => {
  const { exophone, answered } = line;
  const event: WhitelistEvent = { event: 'missed-call', ...(exophone && { exophone }), ...(answered && { answered: true }) };
  return whitelistFact(number, event, { at, actor: 'caller', source: 'missed-call' });
};

/** The person called the company, or wrote to it, which whitelists them. */
export const inboundFact = (
  number: E164,
  at: Ms,
  { channel, exophone }: { channel: 'voice' | 'sms'; exophone?: E164 },
): NewFact => ({
  kind: 'inbound',
  channel,
  number,
  scope: 'all',
  source: 'call',
  at,
  actor: 'caller',
  ...(exophone && { exophone }),
});

/**
 * What {@link accountStory} needs, each fact once. Somebody who was erased and came back is one person: what their number
 * is known by now has the erased facts too, so those that only a hash is known of come last.
 */
async function accountFacts(facts: WhitelistBooks['facts']): Promise<readonly Fact[]> {
  const listed = [...(await facts.list({ kind: 'whitelist' })), ...(await facts.list({ kind: 'opt-out', source: 'sms-stop' }))];
  const numbers = [...new Set(listed.filter(maySayNo).map(({ number }) => number))];
  const found = new Map(listed.filter(isReset).map((fact) => [fact.id, fact]));
  for (const number of numbers.toSorted((a, b) => Number(isErased(a)) - Number(isErased(b)))) {
    for (const fact of await facts.about(number)) if (!found.has(fact.id)) found.set(fact.id, fact);
  }
  return [...found.values()];
}

const isReset = (fact: Fact): boolean => fact.kind === 'whitelist' && fact.whitelist.event === 'reset';

/** Looks numbers up before they are asked about. */
async function knownOf(numbers: readonly string[], country: string, facts: WhitelistBooks['facts']): Promise<Books['about']> {
  const known = new Map<E164, readonly Fact[]>();
  for (const text of numbers) {
    const read = normalise(text, country);
    if (read.ok && !known.has(read.number)) known.set(read.number, await facts.about(read.number));
  }
  return (number) => known.get(number) ?? [];
}
