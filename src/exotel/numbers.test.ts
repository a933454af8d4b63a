import { expect, it } from 'vitest';
import { national } from './numbers.ts';

it.each([
  ['+919876543210', '09876543210'],
  ['+918047112233', '08047112233'],
  ['+15551234567', '+15551234567'],
  ['+9198765432', '+9198765432'],
  ['sip:maya', 'sip:maya'],
  ['09876543210', '09876543210'],
  ['', ''],
])('%j is written %j', (number, written) => {
  expect(national(number)).toBe(written);
});
