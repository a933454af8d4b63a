import type { Store } from '../adapters/store.ts';
import { type Account, accountStory, maySayNo } from '../compliance/whitelist-account.ts';
import { readSwitches, type WhitelistSwitches } from '../compliance/whitelist-switches.ts';
import type { Fact } from '../core/facts.ts';
import type { E164, Ms } from '../core/ids.ts';
import { isCountry } from '../core/phone.ts';
import type { Facts } from '../core/ports.ts';
import { UserError } from '../core/problem.ts';
import { parseInstant } from '../core/time.ts';
import { withList } from './dnc-list.ts';
import type { Io } from './io.ts';
import type { DeskOptions } from './whitelist-options.ts';

/** The open store, how the vendor is read, and who does something when. */
export type Desk = { store: Store; at: Ms; actor: string; switches: WhitelistSwitches };

/** Mistakes in the options come before the store is opened. */
export async function withDesk(io: Io, options: DeskOptions, work: (desk: Desk) => Promise<void>): Promise<void> {
  const at = readAt(options);
  const switches = readSwitchOptions(options);
  await withList(io, options, ({ store, now, actor }) => work({ store, at: at ?? now(), actor, switches }));
}

function readAt({ at }: DeskOptions): Ms | undefined {
  const read = at === undefined ? undefined : parseInstant(at);
  if (at !== undefined && read === undefined) {
    throw new UserError(`--at "${at}" is no instant.`, { advice: 'Write it as 2026-11-22 or 2026-11-22T10:00; Indian time.' });
  }
  return read;
}

export function checkCountry({ country }: DeskOptions): void {
  if (isCountry(country)) return;
  throw new UserError(`--country ${country} is no country code.`, { advice: 'Use two capital letters, such as IN.' });
}

function readSwitchOptions({ switch: given = [] }: DeskOptions): WhitelistSwitches {
  const pairs = given.map((text) => {
    const [name = '', ...value] = text.split('=');
    if (value.length === 0) throw new UserError(`--switch "${text}" has no value.`, { advice: 'Write it as inboundMonths=6.' });
    return [name.trim(), value.join('=').trim()] as const;
  });
  const read = readSwitches(Object.fromEntries(pairs));
  if (read.ok) return read.switches;
  throw new UserError(read.says, { advice: 'docs/whitelist.md tells of every switch.' });
}

/** The account at the desk's instant, or one line of it. */
export const accountAt = async ({ store, at, switches }: Desk, exophone?: E164): Promise<Account> =>
  accountStory(await accountFacts(store.facts), at, switches, exophone);

/** Only with switch A1 does a number's standing rest on the account. */
export const flipsAt = async (desk: Desk): Promise<Account['flips']> =>
  desk.switches.flipEndsStanding ? (await accountAt(desk)).flips : [];

/**
 * What {@link accountStory} needs, each fact once. Somebody who was erased and came back is one person: what their number
 * is known by now has the erased facts too, so those that only a hash is known of come last.
 */
async function accountFacts(facts: Facts): Promise<readonly Fact[]> {
  const listed = [...(await facts.list({ kind: 'whitelist' })), ...(await facts.list({ kind: 'opt-out', source: 'sms-stop' }))];
  const numbers = [...new Set(listed.filter(maySayNo).map(({ number }) => number))];
  const found = new Map(listed.filter(isReset).map((fact) => [fact.id, fact]));
  for (const number of numbers.toSorted((a, b) => Number(isErased(a)) - Number(isErased(b)))) {
    for (const fact of await facts.about(number)) if (!found.has(fact.id)) found.set(fact.id, fact);
  }
  return [...found.values()];
}

const isReset = (fact: Fact): boolean => fact.kind === 'whitelist' && fact.whitelist.event === 'reset';
export const isErased = (number: string): boolean => number.startsWith('erased:');
