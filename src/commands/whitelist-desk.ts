import type { Store } from '../adapters/store.ts';
import type { WhitelistBooks } from '../compliance/whitelist-books.ts';
import { readSwitches, type WhitelistSwitches } from '../compliance/whitelist-switches.ts';
import type { Ms } from '../core/ids.ts';
import { isCountry } from '../core/phone.ts';
import { UserError } from '../core/problem.ts';
import { parseInstant } from '../core/time.ts';
import { withList } from './dnc-list.ts';
import type { Io } from './io.ts';
import type { DeskOptions } from './whitelist-options.ts';

/** The open store, how the vendor is read, and who does something when. */
export type Desk = WhitelistBooks & { store: Store; actor: string };

/** Mistakes in the options come before the store is opened. */
export async function withDesk(io: Io, options: DeskOptions, work: (desk: Desk) => Promise<void>): Promise<void> {
  const at = readAt(options);
  const switches = readSwitchOptions(options);
  await withList(io, options, ({ store, now, actor }) => work({ store, facts: store.facts, at: at ?? now(), actor, switches }));
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
