import type { Fact } from '../core/facts.ts';
import { type E164, type Ms, ms } from '../core/ids.ts';
import { isAbout } from '../core/in-force.ts';
import { DAY, HOUR } from './local-time.ts';
import type { Asking, NumberEvent, NumberSnapshot } from './whitelist.ts';
import { endOfTerm } from './whitelist-months.ts';
import type { WhitelistSwitches } from './whitelist-switches.ts';

const AGENTS = ['agent-added', 'agent-removed'];

/**
 * Does a fact bear on the vendor's whitelist of a number? The vendor knows no prefixes; only agents may be told by one,
 * such as all lines of an office.
 */
export function concernsWhitelist(fact: Fact, number: E164): boolean {
  if (fact.number !== number)
    return fact.kind === 'whitelist' && AGENTS.includes(fact.whitelist.event) && isAbout(fact.number, number);
  switch (fact.kind) {
    case 'whitelist':
    case 'inbound':
      return true;
    case 'opt-out':
      return fact.source === 'sms-stop';
    case 'opt-in':
      return fact.source === 'sms-start' || (fact.supersedes ?? []).length > 0;
    default:
      return false;
  }
}

/** At the same instant a yes comes before a no, and a message before its answer. */
const TURNS = ['unblock', 'agent-added', 'post', 'inbound', 'agent-removed', 'delete', 'missed-call', 'opt-out'];
const turnOf = (fact: Fact): number =>
  TURNS.indexOf(fact.kind === 'whitelist' ? fact.whitelist.event : fact.kind === 'opt-in' ? 'unblock' : fact.kind);

/** By the time of what happened, whatever the order of recording. */
export const inTurn = (a: Fact, b: Fact): number =>
  a.at - b.at || turnOf(a) - turnOf(b) || (a.id < b.id ? -1 : Number(a.id > b.id));

/**
 * What a fact is to the number's machine.
 * @param no the fact by which the person said no, where they did.
 */
export function eventOf(fact: Fact, before: NumberSnapshot, no: Fact | undefined, s: WhitelistSwitches): NumberEvent | undefined {
  const months = (count: number) => endOfTerm(fact.at, count, s.monthDays);
  if (fact.kind === 'inbound') return { type: 'INBOUND', until: months(s.inboundMonths) };
  if (fact.kind === 'opt-out') return { type: 'STOP' };
  if (fact.kind === 'opt-in') return takesBack(fact, no) ? { type: 'UNBLOCK' } : undefined;
  if (fact.kind !== 'whitelist') return undefined;
  switch (fact.whitelist.event) {
    case 'post':
      return postEvent(before, fact.whitelist.asks, fact.at, s);
    case 'missed-call':
      return fact.whitelist.answered && !s.answeredCounts ? undefined : missedCall(before, months(s.apiMonths), s);
    case 'delete':
      return deleteEvent(s);
    case 'agent-added':
      return { type: 'AGENT_ADDED' };
    case 'agent-removed':
      return { type: 'AGENT_REMOVED' };
    case 'unblock':
      return { type: 'UNBLOCK' };
    case 'reset':
      return undefined;
  }
}

/** START takes every no back; another opt-in the ones it names. */
const takesBack = ({ source, supersedes = [] }: Fact, no: Fact | undefined): boolean =>
  source === 'sms-start' || (no !== undefined && supersedes.includes(no.id));

/** The company adds a number, at this instant, under an account that lets people unsubscribe or asks them to subscribe. */
export function postEvent({ context }: NumberSnapshot, asks: Asking, at: Ms, s: WhitelistSwitches): NumberEvent {
  const { asked, askedAt = 0, grounds } = context;
  const lifts = s.postLiftsUnsubscription;
  if (asks === 'subscribe')
    return { type: 'POST_ASKING', at, lifts, quiet: asked === 'subscribe' && at - askedAt < s.quietHours * HOUR };
  const renews = grounds.api !== undefined && grounds.api - at <= s.renewDays * DAY;
  return { type: 'POST', at, lifts, renews, until: endOfTerm(at, s.apiMonths, s.monthDays) };
}

export const deleteEvent = (s: WhitelistSwitches): NumberEvent => ({ type: 'DELETE', keepsInbound: !s.deleteEndsInbound });

function missedCall({ context: { asked } }: NumberSnapshot, until: Ms, s: WhitelistSwitches): NumberEvent | undefined {
  if (asked === 'subscribe') return { type: 'SAID_YES', until };
  return asked === 'unsubscribe' || s.strangersMissedCall === 'unsubscribes' ? { type: 'SAID_NO' } : undefined;
}

/** When somebody who was asked has had their time to answer. */
export const answerBy = (askedAt: number, s: WhitelistSwitches): Ms => endOfTerm(ms(askedAt), s.apiMonths, s.monthDays);
