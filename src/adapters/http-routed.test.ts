import { describe, expect, it } from 'vitest';
import { ms } from '../core/ids.ts';
import type { FetchClient } from './http-fetch.ts';
import { routed } from './http-routed.ts';

/** Where a request to an address goes. */
function goneTo(url: string, routes: Readonly<Record<string, string>>): string | undefined {
  const asked: string[] = [];
  const client: FetchClient = { send: ({ url: to }) => void asked.push(to), close: () => {} };
  routed(client, new Map(Object.entries(routes))).send({ method: 'GET', url, headers: [], timeout: ms(1) }, () => {});
  return asked[0];
}

describe('a request to a server with a route', () => {
  it.each([
    ['https://clinic.example/slots?day=1', 'http://localhost:3000', 'http://localhost:3000/slots?day=1'],
    ['https://clinic.example/slots', 'https://127.0.0.1:8443', 'https://127.0.0.1:8443/slots'],
    ['https://key:se%40cret@clinic.example/a%2Fb#c', 'http://localhost:3000', 'http://key:se%40cret@localhost:3000/a%2Fb#c'],
    ['HTTPS://Clinic.Example:443/', 'http://localhost', 'http://localhost/'],
    ['https://clinic.example/', 'http://[::1]:3000', 'http://[::1]:3000/'],
  ])('%s by %s goes to %s', (url, to, there) => {
    expect(goneTo(url, { 'https://clinic.example': to })).toBe(there);
  });

  it.each([
    'http://clinic.example/slots',
    'https://clinic.example:8443/slots',
    'https://clinic.example.evil/slots',
    'https://elsewhere.example/https://clinic.example',
    'no address',
  ])('%s goes where it says: that is another server', (url) => {
    expect(goneTo(url, { 'https://clinic.example': 'http://localhost:3000' })).toBe(url);
  });
});
