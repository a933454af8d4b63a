import { expect, it } from 'vitest';
import { shownPath } from './shown-path.ts';

it.each([
  ['/v1/Accounts/clinic/Calls/connect.json?From=09876543210', '/v1/Accounts/clinic/Calls/connect.json'],
  [
    '/v1/Accounts/clinic/Calls/5cbf7eb1f3fdbd0b7b4e2f4fa5d219co.json',
    '/v1/Accounts/clinic/Calls/5cbf7eb1f3fdbd0b7b4e2f4fa5d219co.json',
  ],
  ['/v1/Accounts/clinic/Numbers/09876543210.json', '/v1/Accounts/clinic/Numbers/098xxxxx210.json'],
  ['/v1/Accounts/clinic/Numbers/98765-43210', '/v1/Accounts/clinic/Numbers/98xxxxx210'],
  ['/v1/Accounts/clinic/Numbers/%2B91%2098765%2043210', '/v1/Accounts/clinic/Numbers/91xxxxxxx210'],
  ['/9876543210x', '/98xxxxx210x'],
  ['/%E0%A4/%', '/%E0%A4/%'],
  [`/${'a'.repeat(500)}`, `/${'a'.repeat(199)}`],
])('shows %s as %s', (url, shown) => {
  expect(shownPath(url)).toBe(shown);
});
