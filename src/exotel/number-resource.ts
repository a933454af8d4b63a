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

/** Area codes of two digits after the country code: the largest cities. */
const AREAS: Readonly<Record<string, Circle>> = {
  11: 'DL',
  20: 'MH',
  22: 'MU',
  33: 'KO',
  40: 'AP',
  44: 'TN',
  79: 'GJ',
  80: 'KA',
};

/** Where a landline is; undefined for mobiles, which keep their number wherever they go, and for smaller places. */
export function circleOf(number: string): Circle | undefined {
  const read = normalise(number);
  return read.ok && read.kind === 'landline' ? AREAS[read.number.slice(3, 5)] : undefined;
}

/** What the seed of the emulator says of a number; the rest is the vendor's own sample. */
export type NumberFacts = { registered: boolean; circle?: Circle; operator?: Operator };

/** The answer to `GET …/Numbers/<number>`. @param number E.164. */
export function numberResource(number: string, { registered, circle, operator = 'R' }: NumberFacts): Resource {
  const where = circle ?? circleOf(number) ?? 'GJ';
  const read = normalise(number);
  return {
    Numbers: {
      PhoneNumber: national(number),
      Circle: where,
      CircleName: CIRCLES[where],
      Type: read.ok && read.kind === 'landline' ? 'Landline' : 'Mobile',
      Operator: operator,
      OperatorName: OPERATORS[operator],
      DND: registered ? 'Yes' : 'No',
    },
  };
}
