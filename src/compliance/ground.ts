import type { Fact, Reason } from '../core/facts.ts';
import { plainIst } from '../core/time.ts';
import { type ConsentFact, leaveFor } from './leave.ts';
import { isRegistered } from './registration.ts';
import type { Ruled } from './ruled.ts';
import type { Situation } from './situation.ts';
import { isWhitelisted } from './standing.ts';
import { tellSince } from './tell.ts';
import type { Weighed } from './weigh.ts';

const ground = (code: string, says: string, ruled: Ruled | undefined, facts: readonly Fact[] = []): Reason => ({
  code,
  says,
  facts,
  ...(ruled && { rule: ruled.cited }),
});

/** On which ground something goes out that nothing stops. */
export function groundOf({ page, situation }: Weighed): Reason {
  const { class: kind, optOuts, registration } = situation;
  if (kind === 'G')
    return ground('OK_G', 'it is a message of the government, which nobody can block', page.find('list', kind), optOuts);
  if (kind === 'SE' || kind === 'P') return leaveGround(page, situation) ?? openGround(page, situation);
  const transaction = page.find('transaction', kind);
  const whitelist = page.find('whitelist', kind);
  if (whitelist && isRegistered(registration) && isWhitelisted(situation.standing, situation.at))
    return whitelistGround(whitelist, situation);
  if (kind === 'T' && (transaction || optOuts.length > 0)) {
    const when = situation.contact.transactionAt === undefined ? '; when that was is not told' : '';
    return ground('OK_T', `it answers a transaction of the customer${when}`, transaction ?? page.find('list', kind), optOuts);
  }
  const inferred = page.find('consent', kind);
  if (kind === 'SI' && inferred) {
    return ground('OK_SI', 'it serves a customer in what they already have, which no preference blocks', inferred);
  }
  return openGround(page, situation);
}

function whitelistGround(ruled: Ruled, { standing, registration }: Situation): Reason {
  const until = standing?.expiresAt === undefined ? 'for good' : `until ${plainIst(standing.expiresAt)} IST`;
  const says = `the number is on the register, and whitelisted ${until}: ${standing?.ground}`;
  return ground('OK_WHITELIST', says, ruled, [...(registration?.facts ?? []), ...(standing?.facts ?? [])]);
}

/** Leave by the rule that needs it, else by the one that lets it pass the register. */
function leaveGround(page: Weighed['page'], situation: Situation): Reason | undefined {
  const needed = page.find('consent', situation.class);
  const register = page.find('register', situation.class);
  if (needed) {
    const leave = leaveFor(situation, needed.data.check.lasts, needed.zone);
    if (leave.ok) return consentGround(leave.fact, needed);
  }
  if (!register) return undefined;
  const leave = leaveFor(situation, { explicit: register.data.check.leave }, register.zone);
  return leave.ok ? consentGround(leave.fact, register) : undefined;
}

const consentGround = (fact: ConsentFact, ruled: Ruled): Reason =>
  ground('OK_CONSENT', `explicit leave was given on ${tellSince(fact)}`, ruled, [fact]);

/** Nothing speaks against it. */
function openGround(page: Weighed['page'], { class: kind, registration, optOuts }: Situation): Reason {
  const register = page.find('register', kind);
  const list = page.find('list', kind);
  if (kind === 'P' && register) {
    const says = isRegistered(registration)
      ? 'the preference register does not block this category'
      : 'the number is not on the preference register';
    return ground('OK_NOT_DND', says, register, registration?.facts);
  }
  if (optOuts.length > 0) return ground('OK_CONSENT', 'what the person did later than their opt-out allows it', list, optOuts);
  return ground('NOT_LISTED', 'the number is not on the do-not-call list', list);
}
