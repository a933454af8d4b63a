import { block } from '../situation.ts';
import type { MakeJudge } from './rule.ts';

export const forbidden: MakeJudge<'forbidden'> = ({ numbers }, { rule, pack }) => {
  const codes = pack.numbers.map((prefix) => prefix.replace('+', '\\+')).join('|');
  const patterns = numbers.map((text) => text.replaceAll('x', '\\d').replace('*', '\\d*')).join('|');
  const never = new RegExp(`^(?:${codes})(?:${patterns})$`);
  return ({ contact }) => (never.test(contact.number) ? block('NUMBER_FORBIDDEN', rule.says) : undefined);
};
