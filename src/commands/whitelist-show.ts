import type { Standing } from '../compliance/policy.ts';
import type { Account } from '../compliance/whitelist-account.ts';
import type { Stood } from '../compliance/whitelist-books.ts';
import type { Unsubscription } from '../compliance/whitelist-line.ts';
import type { Answered } from '../compliance/whitelist-post.ts';
import type { WhitelistSwitches } from '../compliance/whitelist-switches.ts';
import type { Fact } from '../core/facts.ts';
import { isErased } from '../core/facts.ts';
import type { Ms } from '../core/ids.ts';
import { maskNumber } from '../core/phone.ts';
import { plainText } from '../core/plain-text.ts';
import { isoIst, plainIst } from '../core/time.ts';
import { table } from './dnc-show.ts';

export const factJson = (fact: Fact): Record<string, unknown> => ({
  ...fact,
  at: isoIst(fact.at),
  recordedAt: isoIst(fact.recordedAt),
});

export const answerJson = ({ counters, message, results, sms }: Answered, facts: readonly Fact[]): Record<string, unknown> => ({
  result: { ...counters, Message: message },
  numbers: results,
  sms,
  facts: facts.map(factJson),
});

export function answerText({ counters, message, results, sms }: Answered): string {
  const { Total, Duplicate, Processed, Succeeded, Redundant, Failed } = counters;
  const counted = `Total ${Total}, Duplicate ${Duplicate}, Processed ${Processed}: Succeeded ${Succeeded}, Redundant ${Redundant}, Failed ${Failed}`;
  const rows = results.map(({ given, number, became, why }) => ['', number ?? given, why ? `${became}: ${why}` : became]);
  const [first] = sms;
  const to = sms.length === 1 ? '1 number' : `${sms.length} numbers`;
  const text = first ? `SMS to ${to}, not sent: ${plainText(first.text)}\n` : '';
  return `${message}\n${counted}\n${table(rows)}${text}`;
}

export const standingJson = ({ number, standing, vendor }: Stood): Record<string, unknown> => {
  const { status, type, expiresAt, ground, facts = [] } = standing;
  const until = expiresAt !== undefined && { expiresAt: isoIst(expiresAt) };
  return { number, status, type, ...until, ground, vendor, facts: facts.map(factJson) };
};

export function standingText({ number, standing, vendor }: Stood): string {
  const { Status, Type, Expiry } = vendor;
  const answer = [`Status ${Status}`, Type && `Type ${Type}`, `Expiry ${Expiry}`].filter(Boolean).join(', ');
  return `${number} ${sayStatus(standing)}: ${standing.ground}.\nExotel would answer: ${answer}\n`;
}

function sayStatus({ status, expiresAt }: Standing): string {
  if (status === 'blacklist') return 'is on the blacklist';
  if (status !== 'whitelist') return status === 'pending' ? 'is not whitelisted yet' : 'is not whitelisted';
  return `is whitelisted ${expiresAt === undefined ? 'for good' : `until ${ist(expiresAt)}`}`;
}

export const accountJson = (account: Account, { flipAfter, agreementSigned }: WhitelistSwitches): Record<string, unknown> => {
  const { mode, counted, flippedAt, unsubscribed, resets } = account;
  return {
    mode,
    counted,
    flipAfter,
    ...(flippedAt !== undefined && { flippedAt: isoIst(flippedAt) }),
    unsubscribed: unsubscribed.map((one) => ({ ...one, number: masked(one), at: isoIst(one.at) })),
    resets: resets.map(({ at, actor, reason }) => ({ at: isoIst(at), actor, note: reason })),
    agreementSigned,
  };
};

export function accountText(account: Account, { flipAfter, agreementSigned }: WhitelistSwitches): string {
  const { mode, counted, flippedAt, unsubscribed, resets } = account;
  const people = `${counted} ${counted === 1 ? 'person counts' : 'people count'} as unsubscribed`;
  const rows = [
    ...unsubscribed.map((one) => ['', masked(one), `unsubscribed ${ist(one.at)}`]),
    ...resets.map(({ at, actor, reason }) => ['', actor, `set the account back ${ist(at)}: ${reason ?? ''}`]),
  ];
  return [
    mode === 'opt-out'
      ? `Mode opt-out: whoever is added is whitelisted at once, and may unsubscribe. ${people}; more than ${flipAfter} change that.\n`
      : `Mode opt-in${flippedAt === undefined ? '' : ` since ${ist(flippedAt)}`}: whoever is added must subscribe. ${people}.\n`,
    table(rows),
    `The agreement about calling registered numbers is ${agreementSigned ? '' : 'not '}signed.\n`,
  ].join('');
}

const masked = ({ number }: Unsubscription): string => (isErased(number) ? '(erased)' : maskNumber(number));
const ist = (at: Ms): string => `${plainIst(at)} IST`;
