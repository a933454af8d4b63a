import type { Fact, WhitelistEvent } from '../core/facts.ts';
import { type E164, type Ms, ms } from '../core/ids.ts';
import { plainIst } from '../core/time.ts';
import { HOUR } from './local-time.ts';
import type { Standing, StandingOf } from './policy.ts';
import { concernsWhitelist, inTurn } from './whitelist-event.ts';
import { type Flip, type NumberStory, numberStory } from './whitelist-story.ts';
import type { WhitelistSwitches } from './whitelist-switches.ts';

const ALWAYS = ms(Number.POSITIVE_INFINITY);

/**
 * Where a number stands: of several grounds the one that lasts longest. For {@link Policy.whitelist}. A no counts at any
 * instant, as every block does: a run in the past is refused too.
 * @param flips of the account; they matter with switch A1 alone.
 */
export function standingIn(s: WhitelistSwitches, flips: readonly Flip[] = []): StandingOf {
  return (number, facts, at) => {
    const own = facts.filter((fact) => concernsWhitelist(fact, number));
    const story = numberStory(own, at, s, { flips });
    if (story.snapshot.value === 'blacklist') return callBack(story, facts, number, at, s) ?? blacklisted(story);
    if (own.some((fact) => fact.at > at)) {
      const later = numberStory(own, ALWAYS, s, { flips });
      if (later.snapshot.value === 'blacklist') return blacklisted(later);
    }
    return story.snapshot.value === 'whitelist' ? whitelisted(story, at, s) : { type: '', ...unlisted(story) };
  };
}

const blacklisted = ({ because: { no } }: NumberStory): Standing => ({ status: 'blacklist', type: '', ...on(no) });

function unlisted({ snapshot, because: { state }, endedAt }: NumberStory): Pick<Standing, 'status' | 'ground' | 'facts'> {
  const asked = state?.kind === 'whitelist' && state.whitelist.event === 'post' && state.whitelist.asks === 'subscribe';
  const { ground, facts } = on(state, asked ? 'it was asked to subscribe' : undefined);
  const known = facts && { facts };
  if (snapshot.value === 'pending') return { status: 'pending', ground: `${ground}, and has not done so`, ...known };
  if (endedAt === undefined) return { status: 'neutral', ground, ...known };
  const end = `${asked ? 'and did not by' : 'which ended on'} ${dayOf(endedAt)}`;
  return { status: 'neutral', ground: `${ground}, ${end}`, ...known };
}

/** A6: whoever the company added has some hours to say no; until then their own call still counts. */
function whitelisted({ snapshot, because, addedAt }: NumberStory, at: Ms, s: WhitelistSwitches): Standing {
  const { agent, api = 0, customer = 0 } = snapshot.context.grounds;
  if (agent) return { status: 'whitelist', type: 'agent', ...on(because.agent) };
  const from = ms((addedAt ?? Number.NEGATIVE_INFINITY) + s.graceHours * HOUR);
  const waits = from > at;
  if (waits && customer === 0) {
    const { ground, facts } = on(because.api);
    return {
      status: 'pending',
      type: '',
      ground: `${ground}, and may be called from ${plainIst(from)} IST`,
      ...(facts && { facts }),
    };
  }
  return api >= customer && !waits
    ? { status: 'whitelist', type: 'api', expiresAt: ms(api), ...on(because.api) }
    : { status: 'whitelist', type: 'customer', expiresAt: ms(customer), ...on(because.customer) };
}

/** A3: whoever unsubscribed and called after that may be called back once, for a while, if the company says so. */
function callBack(
  { because: { no } }: NumberStory,
  facts: readonly Fact[],
  number: E164,
  at: Ms,
  { callBackHours }: WhitelistSwitches,
): Standing | undefined {
  if (callBackHours === 0 || !no) return undefined;
  const since = facts.filter((fact) => fact.number === number && fact.at <= at && inTurn(fact, no) > 0).toSorted(inTurn);
  const call = since.findLast((fact) => fact.kind === 'inbound' && fact.channel === 'voice');
  const until = ms((call?.at ?? Number.NEGATIVE_INFINITY) + callBackHours * HOUR);
  if (!call || until <= at) return undefined;
  if (since.some((fact) => fact.kind === 'contacted' && fact.channel === 'voice' && fact.at >= call.at)) return undefined;
  return { status: 'whitelist', type: 'customer', expiresAt: until, ground: 'it called and may be called back', facts: [call] };
}

/** What the vendor answers about a number. `Expiry` counts the seconds left; -1 is for good. */
export type VendorStatus = {
  Status: 'Whitelist' | 'Blacklist' | 'Neutral';
  Type: 'Customer' | 'Agent' | 'API' | '';
  Expiry: number;
};

/** Whoever has yet to subscribe is neutral to the vendor, and whoever may be called back still blacklisted. */
export function vendorStatus({ snapshot }: NumberStory, at: Ms): VendorStatus {
  const forGood = { Type: '', Expiry: -1 } as const;
  if (snapshot.value === 'blacklist') return { Status: 'Blacklist', ...forGood };
  if (snapshot.value !== 'whitelist') return { Status: 'Neutral', ...forGood };
  const { agent, api = 0, customer = 0 } = snapshot.context.grounds;
  if (agent) return { Status: 'Whitelist', Type: 'Agent', Expiry: -1 };
  const Expiry = Math.ceil((Math.max(api, customer) - at) / 1000);
  return { Status: 'Whitelist', Type: api >= customer ? 'API' : 'Customer', Expiry };
}

const EVENTS = {
  post: 'the company added it to the whitelist',
  'missed-call': 'it gave a missed call to the whitelist line',
  delete: 'the company took it off the whitelist',
  'agent-added': 'it became an agent of the company',
  'agent-removed': 'it stopped being an agent of the company',
  unblock: 'an administrator unblocked it',
  reset: 'an administrator set the account back',
} as const;

const KINDS: Partial<Record<Fact['kind'], string>> = {
  inbound: 'it called or wrote to the company',
  'opt-out': 'it answered STOP',
  'opt-in': 'it asked for contact again',
};

/** What happened, as a clause. */
export const tellWhitelist = ({ event }: WhitelistEvent): string => EVENTS[event] ?? event;

const dayOf = (at: Ms): string => plainIst(at).slice(0, 10);

/** A fact as a ground: what happened, when, and the fact itself. */
function on(fact: Fact | undefined, says?: string): Pick<Standing, 'ground' | 'facts'> {
  if (!fact) return { ground: 'the whitelist does not know it' };
  const how = fact.kind === 'whitelist' ? tellWhitelist(fact.whitelist) : (KINDS[fact.kind] ?? '');
  return { ground: `${says ?? how} on ${dayOf(fact.at)}`, facts: [fact] };
}
