import type { Fact, FactSource } from '../../core/facts.ts';
import { ms } from '../../core/ids.ts';
import { byTime } from '../known.ts';
import { ownLeaveAfter } from '../leave.ts';
import { MINUTE } from '../local-time.ts';
import { mayAskSince } from '../resolicit.ts';
import { block, type Finding, type Situation, warn } from '../situation.ts';
import { tellOptOut, tellSince } from '../tell.ts';
import type { MakeJudge } from './rule.ts';

/** What people do themselves: no one of the company stands between. */
const OWN_ACTS: readonly FactSource[] = ['key-press', 'sms-stop', 'missed-call'];
const isOwn = ({ source }: Fact): boolean => OWN_ACTS.includes(source);

const CODES = { all: 'DNC_TENANT', campaign: 'DNC_CAMPAIGN', voice: 'DNC_CHANNEL', sms: 'DNC_CHANNEL' } as const;
const codeOf = (fact: Fact): string => (isOwn(fact) ? 'OPTED_OUT' : (CODES[fact.scope] ?? CODES.all));
const ORDER = ['OPTED_OUT', 'DNC_TENANT', 'DNC_CAMPAIGN', 'DNC_CHANNEL'];

/** The company's list. Each code is one finding: a block by the opt-outs that stop, else a warning by those that do not. */
export const list: MakeJudge<'list'> = ({ own, minutes, leave }, { zone }) => {
  const passes = (fact: Fact, situation: Situation): string | undefined => {
    const byClass = passesByClass(situation, minutes);
    if (byClass !== undefined) return byClass;
    const consent = ownLeaveAfter(fact, situation, leave, zone);
    if (consent) return `it gave leave itself on ${tellSince(consent)}, later than that`;
    const since = isOwn(fact) ? mayAskSince(fact, situation, zone) : undefined;
    return since === undefined ? undefined : 'it may be asked for leave again by now';
  };
  return (situation) => {
    if (situation.optOuts.length === 0) return undefined;
    const facts = byTime(situation.optOuts.filter((fact) => isOwn(fact) === own));
    return ORDER.flatMap((code) =>
      finding(
        code,
        facts.filter((fact) => codeOf(fact) === code),
        (fact) => passes(fact, situation),
      ),
    );
  };
};

function finding(code: string, facts: readonly Fact[], passes: (fact: Fact) => string | undefined): readonly Finding[] {
  if (facts.length === 0) return [];
  const stopping = facts.filter((fact) => passes(fact) === undefined);
  if (stopping.length === 0) {
    const why = [...new Set(facts.map(passes))].join('; ');
    return [warn(code, `${facts.map(tellOptOut).join('; ')}; all the same, ${why}`, facts)];
  }
  const ends = stopping.map(({ expiresAt }) => expiresAt ?? Number.POSITIVE_INFINITY);
  const until = Math.max(...ends);
  return [block(code, stopping.map(tellOptOut).join('; '), stopping, Number.isFinite(until) ? ms(until) : undefined)];
}

function passesByClass({ class: kind, contact, at }: Situation, minutes: number): string | undefined {
  if (kind === 'G') return 'a message of the government is not stopped by it';
  if (kind !== 'T' || contact.transactionAt === undefined) return undefined;
  const since = at - contact.transactionAt;
  return since >= 0 && since <= minutes * MINUTE ? "it answers the customer's own transaction of just now" : undefined;
}
