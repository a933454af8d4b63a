import { ms } from '../../core/ids.ts';
import { maskNumber } from '../../core/phone.ts';
import { plainIst } from '../../core/time.ts';
import { MINUTE } from '../local-time.ts';
import { block } from '../situation.ts';
import type { MakeJudge } from './rule.ts';

export const registered: MakeJudge<'registered'> = (_, { rule, policy }) => {
  const stop = policy.registered === false ? block('SENDER_UNREGISTERED', rule.says) : undefined;
  return () => stop;
};

export const declared: MakeJudge<'declared'> = (_, { rule, policy }) => {
  const stop = policy.declared === false ? block('A2P_UNDECLARED', rule.says) : undefined;
  return () => stop;
};

export const exophone: MakeJudge<'exophone'> = (_, { rule, policy }) => {
  const own = policy.exophones && new Set(policy.exophones);
  return ({ contact }) =>
    own === undefined || contact.exophone === undefined || own.has(contact.exophone)
      ? undefined
      : block('CLI_UNREGISTERED', `${rule.says}; ${maskNumber(contact.exophone)} is none of them`);
};

export const series: MakeJudge<'series'> = ({ must, never = [] }, { rule, pack }) => {
  const begins = (number: string, prefixes: readonly string[]) =>
    pack.numbers.some((code) => prefixes.some((prefix) => number.startsWith(code + prefix)));
  return ({ contact: { exophone: shown } }) =>
    shown !== undefined && ((must && !begins(shown, must)) || begins(shown, never))
      ? block('CLI_WRONG_SERIES', `${rule.says}; this one shows ${maskNumber(shown)}`)
      : undefined;
};

export const scrub: MakeJudge<'scrub'> = ({ hours }, { rule, policy }) => {
  const { registryAt } = policy;
  return ({ at }) =>
    registryAt !== undefined && at - registryAt > hours * 60 * MINUTE
      ? block('REGISTRY_STALE', `${rule.says}; the last time was ${plainIst(ms(registryAt))} IST`)
      : undefined;
};

export const barred: MakeJudge<'barred'> = (_, { rule, policy }) => {
  const { barredUntil } = policy;
  return ({ at }) =>
    barredUntil !== undefined && at < barredUntil
      ? block('SENDER_BARRED', `${rule.says}; this one until ${plainIst(barredUntil)} IST`, [], barredUntil)
      : undefined;
};
