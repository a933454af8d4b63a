import type { Fact } from '../core/facts.ts';
import type { E164, Ms } from '../core/ids.ts';
import { DAY } from './local-time.ts';
import { type AccountSnapshot, accountAfter, newAccount } from './whitelist.ts';
import { concernsWhitelist } from './whitelist-event.ts';
import { type Flip, numberStory } from './whitelist-story.ts';
import type { WhitelistSwitches } from './whitelist-switches.ts';

/** `number` is `erased:…` for somebody who was erased; `exophone` the line they called, or that the last message named. */
export type Unsubscription = { number: E164; at: Ms; exophone?: E164 };

/** One line of the account; the whole account where it is not divided. */
export type Line = {
  exophone?: E164;
  mode: 'opt-out' | 'opt-in';
  /** Every unsubscription, several of a number too. */
  unsubscribed: readonly Unsubscription[];
  /** How many people count towards the next flip. */
  counted: number;
  flips: readonly Flip[];
};

/** Every unsubscription up to an instant, by its time. */
export function unsubscriptions(
  facts: readonly Fact[],
  at: Ms,
  s: WhitelistSwitches,
  flips: readonly Flip[],
): readonly Unsubscription[] {
  const found: Unsubscription[] = [];
  const ranges = facts.filter(({ number }) => number.endsWith('*'));
  for (const [subject, own] of Map.groupBy(facts, (fact) => fact.number)) {
    if (subject.endsWith('*')) continue;
    const number = subject as E164;
    const concerned = [...own, ...ranges].filter((fact) => concernsWhitelist(fact, number));
    numberStory(concerned, at, s, {
      flips,
      hear(fact, outcomes, story) {
        if (!outcomes.some(({ type }) => type === 'unsubscribed')) return;
        const called = fact.kind === 'whitelist' && fact.whitelist.event === 'missed-call' ? fact.whitelist.exophone : undefined;
        const exophone = called ?? story.exophone;
        found.push({ number, at: fact.at, ...(exophone && { exophone }) });
      },
    });
  }
  return found.toSorted((a, b) => a.at - b.at || (a.number < b.number ? -1 : 1));
}

/** How a line came to ask people to subscribe, and was set back. */
export function lineStory(
  exophone: E164 | undefined,
  unsubscribed: readonly Unsubscription[],
  resets: readonly Fact[],
  at: Ms,
  { countDays, flipAfter }: WhitelistSwitches,
): Line {
  const line = exophone && { exophone };
  const counted = new Map<E164, Ms>();
  const flips: Flip[] = [];
  let snapshot: AccountSnapshot = newAccount();
  const recent = (now: Ms) => [...counted.values()].filter((when) => countDays === 0 || when > now - countDays * DAY).length;
  const turns = [...resets.map((fact) => ({ at: fact.at, number: undefined })), ...unsubscribed];
  for (const { at: when, number } of turns.toSorted((a, b) => a.at - b.at)) {
    const before = snapshot.value;
    if (number === undefined) {
      counted.clear();
      snapshot = accountAfter(snapshot, { type: 'RESET' });
    } else {
      counted.set(number, when);
      snapshot = accountAfter(snapshot, { type: 'UNSUBSCRIBED', more: recent(when), flipAfter });
      if (snapshot.value !== before) flips.push({ at: when, ...line });
    }
  }
  const mode = snapshot.value === 'optIn' ? 'opt-in' : 'opt-out';
  return { mode, unsubscribed, counted: recent(at), flips, ...line };
}
