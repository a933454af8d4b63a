import type { Fact } from '../core/facts.ts';
import { type E164, type Ms, ms } from '../core/ids.ts';
import { type Grounds, type NumberEvent, type NumberOutcome, type NumberSnapshot, newNumber, numberAfter } from './whitelist.ts';
import { answerBy, eventOf, inTurn } from './whitelist-event.ts';
import type { WhitelistSwitches } from './whitelist-switches.ts';

/** When the account, or one of its lines, began to ask people to subscribe. */
export type Flip = { at: Ms; exophone?: E164 };

/** The facts that made it so. */
export type Because = { -readonly [Ground in keyof Grounds]: Fact } & {
  /** By which the person said no. */
  no?: Fact;
  /** By which the state was last changed. */
  state?: Fact;
};

export type NumberStory = {
  snapshot: NumberSnapshot;
  because: Because;
  /** When the whitelisting, or the time to answer, ran out; absent when a fact ended it. */
  endedAt?: Ms;
  /** Since when the company's word whitelists it, where the person has not said yes. */
  addedAt?: Ms;
  /** The line that the last message named. */
  exophone?: E164;
};

const NOTHING: NumberStory = { snapshot: newNumber(), because: {} };

type Hear = (fact: Fact, outcomes: readonly NumberOutcome[], story: NumberStory) => void;
export type Telling = {
  /** Only with switch A1. */
  flips?: readonly Flip[];
  /** Is told what came of each fact. */
  hear?: Hear;
};

/**
 * A number's whitelisting at an instant, from the facts that {@link concernsWhitelist}, in whatever order they were
 * recorded.
 */
export function numberStory(
  facts: readonly Fact[],
  at: Ms,
  s: WhitelistSwitches,
  { flips = [], hear = () => {} }: Telling = {},
): NumberStory {
  if (facts.length === 0) return NOTHING;
  const ahead = liftedAhead(facts);
  const due = s.flipEndsStanding ? [...flips] : [];
  let story = NOTHING;
  for (const fact of facts.toSorted(inTurn)) {
    if (fact.at > at) break;
    if (ahead.has(fact.id)) continue;
    story = passTime(flipped(story, due, fact.at - 1), fact.at, s);
    const event = eventOf(fact, story.snapshot, story.because.no, s);
    if (!event) continue;
    const { to, outcomes } = numberAfter(story.snapshot, event);
    story = told(story, to, fact);
    hear(fact, outcomes, story);
  }
  return passTime(flipped(story, due, at), at, s);
}

/** What an opt-in takes back that bears a later date, or the same: by a clock that was set back, or a simulated one. */
function liftedAhead(facts: readonly Fact[]): ReadonlySet<string> {
  const lifts = facts.filter(({ kind, supersedes }) => kind === 'opt-in' && supersedes);
  if (lifts.length === 0) return new Set();
  const byId = new Map(facts.map((fact) => [fact.id, fact]));
  return new Set(lifts.flatMap((lift) => (lift.supersedes ?? []).filter((id) => (byId.get(id)?.at ?? 0) >= lift.at)));
}

/** The story after a fact. */
function told(before: NumberStory, snapshot: NumberSnapshot, fact: Fact): NumberStory {
  const { endedAt: _, addedAt, exophone, ...rest } = before;
  const post = fact.kind === 'whitelist' && fact.whitelist.event === 'post' ? fact.whitelist : undefined;
  const line = post?.exophone ?? exophone;
  const isNew = snapshot.context.grounds.api !== before.snapshot.context.grounds.api;
  const added = !isNew ? addedAt : post === undefined ? undefined : (addedAt ?? fact.at);
  return {
    ...rest,
    snapshot,
    because: becauseOf(before, snapshot, fact),
    ...(line && { exophone: line }),
    ...(added !== undefined && { addedAt: added }),
  };
}

function becauseOf({ snapshot: before, because: known }: NumberStory, { context, value }: NumberSnapshot, fact: Fact): Because {
  const because: Because = { ...known };
  for (const ground of ['api', 'customer', 'agent'] as const) {
    if (context.grounds[ground] === undefined) delete because[ground];
    else if (context.grounds[ground] !== before.context.grounds[ground]) because[ground] = fact;
  }
  if (!context.refused) delete because.no;
  else if (!before.context.refused) because.no = fact;
  if (value !== before.value) because.state = fact;
  return because;
}

/** Lets time pass: what has ended is dropped. */
function passTime(story: NumberStory, at: Ms, s: WhitelistSwitches): NumberStory {
  const { grounds, askedAt } = story.snapshot.context;
  const { value } = story.snapshot;
  const { api = Number.POSITIVE_INFINITY, customer = Number.POSITIVE_INFINITY } = grounds;
  const answer = value === 'pending' && askedAt !== undefined ? answerBy(askedAt, s) : Number.POSITIVE_INFINITY;
  if (Math.min(api, customer, answer) > at) return story;
  const to = after(story, { type: 'TIME', at, unanswered: answer <= at });
  if (to.snapshot.value === value) return to;
  return { ...to, endedAt: ms(value === 'pending' ? answer : Math.max(grounds.api ?? 0, grounds.customer ?? 0)) };
}

/** Ends what the account's flips up to an instant end, each once. */
function flipped(story: NumberStory, due: Flip[], until: number): NumberStory {
  let now = story;
  for (let next = due[0]; next !== undefined && next.at <= until; next = due[0]) {
    due.shift();
    if (next.exophone !== undefined && next.exophone !== now.exophone) continue;
    const to = after(now, { type: 'FLIPPED' });
    now = to.snapshot.value === now.snapshot.value ? to : { ...to, endedAt: next.at };
  }
  return now;
}

function after(story: NumberStory, event: NumberEvent): NumberStory {
  const snapshot = numberAfter(story.snapshot, event).to;
  const { addedAt, ...rest } = story;
  return { ...rest, snapshot, ...(snapshot.context.grounds.api !== undefined && addedAt !== undefined && { addedAt }) };
}
