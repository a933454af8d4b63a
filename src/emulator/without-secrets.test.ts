import { expect, it } from 'vitest';
import { hideLogins, withoutSecrets } from './without-secrets.ts';

it.each([
  ['https://app.example/status', 'https://app.example/status'],
  ['https://key:secret@app.example:8080/status?token=secret#x', 'https://app.example:8080/status?…'],
  ['nothing', 'no address'],
])('an address is shown without what only its owner should know: %s', (url, shown) => {
  expect(withoutSecrets(url)).toBe(shown);
});

it('texts of an answer lose the logins in their addresses, and nothing else', () => {
  const told = { a: ['http://u:p@h/x', 'see HTTPS://u:p"@x@h?y or mail a@b.example'], b: 'http://h/@p', c: 5, d: null };
  expect(JSON.parse(JSON.stringify(told, hideLogins))).toEqual({
    a: ['http://h/x', 'see HTTPS://h?y or mail a@b.example'],
    b: 'http://h/@p',
    c: 5,
    d: null,
  });
});
