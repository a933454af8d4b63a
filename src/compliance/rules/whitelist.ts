import { isRegistered } from '../registration.ts';
import { block, warn } from '../situation.ts';
import { isWhitelisted } from '../standing.ts';
import type { MakeJudge } from './rule.ts';

export const whitelist: MakeJudge<'whitelist'> = (_, { rule }) => {
  return ({ registration, standing, at }) => {
    if (!isRegistered(registration) || isWhitelisted(standing, at)) return undefined;
    const now = standing ? `; ${standing.ground}` : '; nothing is known that whitelists it';
    return block('DND_NOT_WHITELISTED', `${rule.says}${now}`, [...(registration?.facts ?? []), ...(standing?.facts ?? [])]);
  };
};

export const blacklist: MakeJudge<'blacklist'> = (_, { rule }) => {
  return ({ standing, class: kind }) => {
    if (standing?.status !== 'blacklist') return undefined;
    const says = `${rule.says}; ${standing.ground}`;
    if (kind === 'G') return warn('WL_BLACKLIST', `${says}; a message of the government is not stopped by it`, standing.facts);
    return block('WL_BLACKLIST', says, standing.facts);
  };
};
