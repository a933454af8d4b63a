import type { CallView } from '../call/view.ts';
import type { CallFacts } from '../core/event.ts';
import { maskNumber } from '../core/phone.ts';

/** So many digits of a number are the same however it is written. */
const NATIONAL = 10;

/** Masks the numbers of this call in a text, with and without their country, and leaves all other digits as they are. */
export function hideNumbers(text: string, { facts, view }: { facts: CallFacts; view: Pick<CallView, 'legs'> }): string {
  const numbers = [facts.customer, facts.exophone, ...view.legs.map(({ number }) => number)];
  const endings = numbers.map((number) => number.replace(/\D/g, '').slice(-NATIONAL)).filter(Boolean);
  return text.replace(new RegExp(`\\+?\\d{0,3}(?:${endings.join('|')})(?!\\d)`, 'g'), maskNumber);
}
