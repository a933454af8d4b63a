import type { Fact, FactSource, NewFact } from '../core/facts.ts';
import type { E164, Ms } from '../core/ids.ts';
import { inForce } from '../core/in-force.ts';
import type { Facts } from '../core/ports.ts';
import { type Keyword, recogniseKeyword } from './keywords.ts';
import { tellScope } from './tell.ts';

/** What somebody wrote to us. */
export type SmsIn = { number: E164; text: string; at: Ms; exophone?: E164 };

export type SmsInOptions = {
  /** What STOP stops; all calls and SMS unless told. */
  scope?: 'all' | 'sms';
  /** Any clear wish to be left alone is a STOP, as in the United States. */
  anyWish?: boolean;
};

/** What is done about an SMS. */
export type Heard = {
  keyword: Keyword | undefined;
  /** To be recorded, all or none; an opt-out comes alone and must not be lost. */
  facts: readonly NewFact[];
  /** A sentence that follows the number and a colon. */
  says: string;
  /** What START takes back, and what it leaves. */
  lifted: readonly Fact[];
  left: readonly Fact[];
};

/** What START takes back. */
const THEIR_OWN: readonly FactSource[] = ['key-press', 'sms-stop', 'missed-call'];

/** What an incoming SMS means. Nothing is written: the facts are for the caller to record. */
export async function hearSms(facts: Pick<Facts, 'about'>, sms: SmsIn, options: SmsInOptions = {}): Promise<Heard> {
  const { scope = 'all', anyWish = false } = options;
  const { number, at, exophone } = sms;
  const keyword = recogniseKeyword(sms.text, { anyWish });
  const base = { number, source: 'call', actor: 'caller', at } as const;
  const inbound: NewFact = { ...base, kind: 'inbound', scope: 'sms', channel: 'sms', ...(exophone && { exophone }) };
  const listed = async () => inForce(await facts.about(number), { number });
  const heard = { keyword, lifted: [], left: [] };
  switch (keyword) {
    case 'stop':
      return { ...heard, ...stopped(base, scope, await listed()) };
    case 'start':
      return { ...heard, ...reopened(base, inbound, await listed()) };
    case 'help':
      return { ...heard, facts: [inbound], says: 'it asks for help; the list is as it was.' };
    case 'review':
      return { ...heard, facts: [], says: 'nothing was recorded.' };
    case undefined:
      return { ...heard, facts: [inbound], says: 'an inbound contact, which whitelists it.' };
  }
}

type Base = Pick<NewFact, 'number' | 'actor' | 'at'>;

function stopped(base: Base, scope: 'all' | 'sms', listed: readonly Fact[]): Pick<Heard, 'facts' | 'says'> {
  const fact = { ...base, kind: 'opt-out', scope, source: 'sms-stop' } as const;
  const before = listed.find((one) => THEIR_OWN.includes(one.source) && (one.scope === 'all' || one.scope === scope));
  if (before) return { facts: [], says: `it is on the list already, for ${tellScope(before)}.` };
  return { facts: [fact], says: `it is on the list now, for ${tellScope(fact)}.` };
}

function reopened(base: Base, inbound: NewFact, listed: readonly Fact[]): Omit<Heard, 'keyword'> {
  const lifted = listed.filter(({ source, number }) => number === base.number && THEIR_OWN.includes(source));
  const left = listed.filter((one) => !lifted.includes(one));
  const still = left.length > 0 ? ` Still listed, for it did not do that itself: ${left.map(tellScope).join(', ')}.` : '';
  const [first] = lifted;
  const fact: NewFact = {
    ...base,
    kind: 'opt-in',
    scope: first && lifted.every((one) => one.scope === first.scope) ? first.scope : 'all',
    source: 'sms-start',
    evidence: 'the person wrote START',
    ...(first && { supersedes: lifted.map(({ id }) => id) }),
  };
  const says = first ? 'it is off the list again.' : 'there is nothing of its own to lift.';
  return { facts: [fact, inbound], says: `${says}${still}`, lifted, left };
}
