import type { CallClass } from '../../core/event.ts';
import type { Fact } from '../../core/facts.ts';
import { tellOptOut } from '../tell.ts';
import type { Rule } from './rule.ts';

/** What people do themselves: no one of the company stands between. */
const OWN_ACTS: readonly Fact['source'][] = ['key-press', 'sms-stop', 'missed-call'];

/**
 * Messages of the government pass. Transactional ones will, within thirty minutes of the customer's own
 * transaction, once a contact tells of that transaction; until then they are stopped like any other.
 */
const PASSES: readonly CallClass[] = ['G'];

const rule =
  (code: string, applies: (fact: Fact) => boolean): Rule =>
  (contact, optOuts) => {
    if (PASSES.includes(contact.class)) return undefined;
    const facts = optOuts.filter(applies);
    return facts.length === 0 ? undefined : { code, says: facts.map(tellOptOut).join('; '), facts };
  };

const isOwn = (fact: Fact): boolean => OWN_ACTS.includes(fact.source);

/** The person said so: by key, by SMS or by a missed call. */
export const optedOut = rule('OPTED_OUT', isOwn);
/** On the company's list, for everything. */
export const dncTenant = rule('DNC_TENANT', (fact) => !isOwn(fact) && fact.scope === 'all');
/** On the list of this campaign. */
export const dncCampaign = rule('DNC_CAMPAIGN', (fact) => !isOwn(fact) && fact.scope === 'campaign');
/** On the list for calls, or for SMS. */
export const dncChannel = rule('DNC_CHANNEL', (fact) => !isOwn(fact) && (fact.scope === 'voice' || fact.scope === 'sms'));
