import { normalise } from '../core/phone.ts';
import { national } from './numbers.ts';
import type { Resource } from './resource.ts';

/** Telecom circles, as the vendor writes them. */
export const CIRCLES = {
  AP: 'Andhra Pradesh',
  AS: 'Assam',
  BR: 'Bihar',
  DL: 'Delhi',
  GJ: 'Gujarat',
  HP: 'Himachal Pradesh',
  HR: 'Haryana',
  JK: 'Jammu and Kashmir',
  KA: 'Karnataka',
  KL: 'Kerala',
  KO: 'Kolkata',
  MH: 'Maharashtra',
  MP: 'Madhya Pradesh',
  MU: 'Mumbai',
  NE: 'North East',
  OR: 'Orissa',
  PB: 'Punjab',
  RJ: 'Rajasthan',
  TN: 'Tamil Nadu',
  UE: 'Uttar Pradesh East',
  UW: 'Uttar Pradesh West',
  WB: 'West Bengal',
} as const;
export type Circle = keyof typeof CIRCLES;

/** Operators whose letters are known. */
export const OPERATORS = {
  A: 'Airtel',
  AC: 'Aircel',
  AL: 'Allianz',
  B: 'BSNL',
  D: 'Dishnet',
  E: 'Etisalat',
  H: 'HFCL',
  I: 'Idea',
  LO: 'Loop',
  MT: 'MTNL',
  P: 'Ping',
  R: 'Reliance',
} as const;
export type Operator = keyof typeof OPERATORS;

/** Area codes after the country code: the largest cities. Those of two share their first digits with mobiles. */
const AREAS: readonly (readonly [begins: RegExp, circle: Circle])[] = [
  [/^\+9111/, 'DL'],
  [/^\+9120/, 'MH'],
  [/^\+9122/, 'MU'],
  [/^\+9133/, 'KO'],
  [/^\+9140/, 'AP'],
  [/^\+9144/, 'TN'],
  [/^\+9179[2-46]/, 'GJ'],
  [/^\+9180[2-46]/, 'KA'],
];

/** Where a landline is; undefined for mobiles, which keep their number wherever they go, and for smaller places. */
export const circleOf = (number: string): Circle | undefined => AREAS.find(([begins]) => begins.test(number))?.[1];

/** What the seed of the emulator says of a number; the rest is the vendor's own sample. */
export type NumberFacts = { registered: boolean; circle?: Circle; operator?: Operator };

/**
 * The answer to `GET …/Numbers/<number>`.
 * @param number E.164, as of {@link circleOf}.
 */
export function numberResource(number: string, { registered, circle, operator = 'R' }: NumberFacts): Resource {
  const city = circleOf(number);
  const where = circle ?? city ?? 'GJ';
  const read = normalise(number);
  const landline = city !== undefined || (read.ok && read.kind === 'landline');
  return {
    Numbers: {
      PhoneNumber: national(number),
      Circle: where,
      CircleName: CIRCLES[where],
      Type: landline ? 'Landline' : 'Mobile',
      Operator: operator,
      OperatorName: OPERATORS[operator],
      DND: registered ? 'Yes' : 'No',
    },
  };
}
