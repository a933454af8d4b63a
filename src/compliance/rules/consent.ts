import { type Leave, leaveFor } from '../leave.ts';
import { block, type Situation } from '../situation.ts';
import { tellSince } from '../tell.ts';
import type { MakeJudge } from './rule.ts';

const WHY: Record<Extract<Leave, { ok: false }>['code'], string> = {
  CONSENT_MISSING: 'no leave is recorded for it',
  CONSENT_EXPIRED: 'leave that was given has ended',
  CONSENT_REVOKED: 'leave that was given was taken back',
  CONSENT_SCOPE: 'leave was given for something else; say category, purpose or campaign of this contact if it is covered',
};

export const consent: MakeJudge<'consent'> = ({ needed, lasts }, { rule, zone }) => {
  const bases = new Set<string>(Object.keys(lasts));
  const isPartOf = ({ known }: Situation) =>
    known.consents.some(({ consent: { basis } }) => basis !== 'explicit' && bases.has(basis));
  return (situation) => {
    if (!needed && !isPartOf(situation)) return undefined;
    const leave = leaveFor(situation, lasts, zone);
    if (leave.ok || (!needed && (leave.code === 'CONSENT_SCOPE' || leave.code === 'CONSENT_MISSING'))) return undefined;
    const last = leave.facts.at(-1);
    const given = last === undefined ? '' : `, the last on ${tellSince(last)}`;
    return block(leave.code, `${rule.says}; ${WHY[leave.code]}${given}`, leave.facts);
  };
};
