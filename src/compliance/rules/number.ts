import { block, warn } from '../situation.ts';
import type { MakeJudge } from './rule.ts';

const WHOLE = /^\+[1-9]\d{6,14}$/;
const INDIAN = /^\+91\d{10}$/;
/** Indian numbers that are no mobile ones begin with 1 to 5 after the country code. */
const LANDLINE = /^\+91[1-5]/;
const ONE_DIGIT = /(\d)\1{9}$/;

export const number: MakeJudge<'number'> = () => {
  return ({ contact }) => {
    const { number: callee, channel, exophone } = contact;
    const invalid = (why: string) => block('NUMBER_INVALID', why);
    if (!WHOLE.test(callee)) return invalid('it is no whole phone number with its country code');
    if (callee.startsWith('+91') && !INDIAN.test(callee)) return invalid('an Indian number has ten digits after +91');
    if (channel === 'sms' && LANDLINE.test(callee)) return invalid('it is a landline, which takes no SMS');
    if (callee === exophone) return invalid('it is the number that calls');
    return callee.at(-1) === callee.at(-2) && ONE_DIGIT.test(callee)
      ? warn('NUMBER_ODD', 'it is one digit ten times, which is rarely a real number')
      : undefined;
  };
};
