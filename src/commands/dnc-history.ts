import { CLASS_NAMES, tellHow, tellScope, tellSince } from '../compliance/tell.ts';
import { tellPreference } from '../compliance/tell-preference.ts';
import { tellWhitelist } from '../compliance/whitelist-number.ts';
import type { Consent, Fact } from '../core/facts.ts';
import type { Ms } from '../core/ids.ts';
import { hasExpired } from '../core/in-force.ts';
import { story } from './dnc-show.ts';

/** Number, when, what it is and where it stands today, what it is about, how it came to be. */
export function historyRow(fact: Fact, inForce: boolean, now: Ms): readonly string[] {
  const [state, about, how] = wordsOf(fact, inForce, now);
  return [fact.number, tellSince(fact), state, about, story(how, fact)];
}

function wordsOf(fact: Fact, inForce: boolean, now: Ms): readonly [state: string, about: string, how: string] {
  switch (fact.kind) {
    case 'opt-out':
      return [inForce ? 'in force' : hasExpired(fact, now) ? 'ended' : 'lifted', tellScope(fact), tellHow(fact)];
    case 'opt-in':
      return ['opt-in', '', `was taken off by ${fact.actor}`];
    case 'revocation':
      return ['leave taken back', tellScope(fact), tellHow(fact)];
    case 'complaint':
      return ['complaint', '', tellHow(fact)];
    case 'listing':
      return ['register', tellPreference(fact.preference), tellHow(fact)];
    case 'consent':
      return ['leave', [tellConsent(fact.consent), tellScope(fact)].join(', '), tellHow(fact)];
    case 'whitelist':
      return ['whitelist', '', tellWhitelist(fact.whitelist)];
    case 'inbound':
      return ['inbound', '', fact.channel === 'sms' ? 'wrote to the company' : 'called the company'];
    case 'contacted':
      return ['contacted', CLASS_NAMES[fact.class], fact.channel === 'sms' ? 'got an SMS' : 'was called'];
  }
}

const tellConsent = ({ basis, purpose, category }: Consent): string =>
  [basis, purpose && `for ${purpose}`, category !== undefined && `category ${category}`].filter(Boolean).join(' ');
