import type { Fact } from '../core/facts.ts';
import type { E164, Ms } from '../core/ids.ts';
import type { Asking } from './whitelist.ts';
import { inTurn } from './whitelist-event.ts';
import { type Line, lineStory, type Unsubscription, unsubscriptions } from './whitelist-line.ts';
import type { Flip } from './whitelist-story.ts';
import type { WhitelistSwitches } from './whitelist-switches.ts';

/** The account at an instant, or one line of it with switch A11. */
export type Account = {
  mode: 'opt-out' | 'opt-in';
  /** Everybody who unsubscribed, once, by the time of the first. */
  unsubscribed: readonly Unsubscription[];
  /** How many of them count towards the next flip. */
  counted: number;
  /** When it began to ask people to subscribe. */
  flippedAt?: Ms;
  /** Every time that any line of it began to; for {@link standingIn}. */
  flips: readonly Flip[];
  /** Every time that an administrator set it back. */
  resets: readonly Fact[];
};

/** Which message people get who are added now. */
export const askingOf = ({ mode }: Pick<Account, 'mode'>): Asking => (mode === 'opt-out' ? 'unsubscribe' : 'subscribe');

/** By such a fact somebody may have unsubscribed: of numbers without one, the account needs no facts. */
export const maySayNo = (fact: Fact): boolean =>
  fact.kind === 'whitelist' ? fact.whitelist.event === 'missed-call' : fact.kind === 'opt-out' && fact.source === 'sms-stop';

/**
 * The account, in whatever order its facts were recorded.
 * @param facts everything known of the numbers that {@link maySayNo}, of prefixes of theirs, and of the account itself.
 * @param exophone of which line; it matters with switch A11 alone.
 */
export function accountStory(facts: readonly Fact[], at: Ms, s: WhitelistSwitches, exophone?: E164): Account {
  const resets = s.resettable ? resetsIn(facts, at) : [];
  const lines = linesWith([], facts, resets, at, s);
  const own = lines.filter((line) => exophone === undefined || line.exophone === undefined || line.exophone === exophone);
  const asking = own.filter(({ mode }) => mode === 'opt-in');
  const [flippedAt] = asking.flatMap(({ flips }) => flips.at(-1)?.at ?? []).toSorted((a, b) => a - b);
  return {
    mode: asking.length > 0 ? 'opt-in' : 'opt-out',
    unsubscribed: firstOfEach(own.flatMap(({ unsubscribed }) => unsubscribed)),
    counted: Math.max(0, ...own.map(({ counted }) => counted)),
    ...(flippedAt !== undefined && { flippedAt }),
    flips: flipsOf(lines),
    resets,
  };
}

/** With A1, a flip changes who can unsubscribe after it, and so every later flip: they are found one by one. */
function linesWith(
  flips: readonly Flip[],
  facts: readonly Fact[],
  resets: readonly Fact[],
  at: Ms,
  s: WhitelistSwitches,
): readonly Line[] {
  const all = unsubscriptions(facts, at, s, flips);
  const divided = Map.groupBy(all, ({ exophone }) => (s.scope === 'exophone' ? exophone : undefined));
  const lines = [...divided].map(([exophone, own]) => lineStory(exophone, own, resets, at, s));
  const found = flipsOf(lines);
  if (!s.flipEndsStanding || found.length <= flips.length) return lines;
  return linesWith(found.slice(0, flips.length + 1), facts, resets, at, s);
}

const flipsOf = (lines: readonly Line[]): readonly Flip[] => lines.flatMap(({ flips }) => flips).toSorted((a, b) => a.at - b.at);

const resetsIn = (facts: readonly Fact[], at: Ms): readonly Fact[] =>
  facts.filter((fact) => fact.kind === 'whitelist' && fact.whitelist.event === 'reset' && fact.at <= at).toSorted(inTurn);

const firstOfEach = (all: readonly Unsubscription[]): readonly Unsubscription[] => {
  const first = new Map<E164, Unsubscription>();
  for (const one of all.toSorted((a, b) => a.at - b.at)) if (!first.has(one.number)) first.set(one.number, one);
  return [...first.values()];
};
