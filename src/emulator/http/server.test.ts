import { afterEach, describe, expect, it } from 'vitest';
import { overSocket } from '../../../test/kit/emulator.ts';
import { createHostRule } from './hosts.ts';
import { createServer, type ServerOptions } from './server.ts';

const QUICK = { head: 60, whole: 120, idle: 60, look: 10 };
let close: (() => Promise<void>) | undefined;

afterEach(async () => {
  await close?.();
  close = undefined;
});

/** A server with one page that answers what it was sent. */
async function start(options: Partial<ServerOptions> = {}): Promise<{ url: string; troubles: string[] }> {
  const troubles: string[] = [];
  const { app } = createServer({
    hosts: createHostRule([], false),
    refuse: (_request, reply, { status, says }) => reply.code(status).type('text/plain').send(says),
    trouble: (says) => troubles.push(says),
    ...options,
  });
  app.post('/echo', async (request, reply) => reply.type('text/plain').send(request.body ?? 'nothing'));
  app.get('/broken/:number', async () => {
    throw new Error('no such table: calls of 09876543210');
  });
  close = async () => app.close();
  return { url: await app.listen({ port: 0, host: '127.0.0.1' }), troubles };
}

const request = (head: string, body = '') => `${head}\r\nHost: localhost\r\nConnection: close\r\n\r\n${body}`;

describe('whoever is slow is cut off', () => {
  it('when the head of a request never ends', async () => {
    const { url } = await start({ timeouts: QUICK });
    expect(await overSocket(url, 'POST /echo HTTP/1.1\r\nHost: localhost\r\nX-Slow: ')).toMatch(
      /^HTTP\/1.1 408 Request Timeout\r\nContent-Length: 0\r\nConnection: close\r\n\r\n$/,
    );
  });

  it('when its body never ends', async () => {
    const { url } = await start({ timeouts: QUICK });
    const answer = await overSocket(url, 'POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nFrom=');
    expect(answer).toMatch(/^(?:HTTP\/1.1 408 |$)/);
  });

  it('when nothing is said at all', async () => {
    const { url } = await start({ timeouts: QUICK });
    expect(await overSocket(url, '')).toMatch(/^(?:HTTP\/1.1 408 |$)/);
  });
});

describe('what is no proper HTTP', () => {
  it.each([
    ['a greeting of another protocol', 'EHLO clinic.example\r\n\r\n', '400 Bad Request'],
    ['TLS', '\u0016\u0003\u0001\u0002\u0000\u0001\u0000\r\n\r\n', '400 Bad Request'],
    [
      'a head that is too large',
      `GET / HTTP/1.1\r\nHost: localhost\r\nX-Large: ${'x'.repeat(20_000)}\r\n\r\n`,
      '431 Request Header Fields Too Large',
    ],
    [
      'two lengths of a body',
      'POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab',
      '400 Bad Request',
    ],
    [
      'a length and chunks',
      'POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      '400 Bad Request',
    ],
  ])('is shown the door: %s', async (_what, bytes, status) => {
    const { url } = await start();
    expect(await overSocket(url, bytes)).toBe(`HTTP/1.1 ${status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`);
  });
});

describe('a body', () => {
  it.each(['json', 'a;b', '/', ''])('comes through whatever it calls itself: "%s"', async (type) => {
    const { url } = await start();
    const answer = await overSocket(url, request(`POST /echo HTTP/1.1\r\nContent-Length: 3\r\nContent-Type: ${type}`, 'a=1'));
    expect(answer).toMatch(/^HTTP\/1.1 200 OK.*a=1$/s);
  });

  it('that is too large is refused', async () => {
    const { url } = await start();
    const answer = await overSocket(url, request('POST /echo HTTP/1.1\r\nContent-Length: 1048577'));
    expect(answer).toMatch(/^HTTP\/1.1 413 .*Request Entity Too Large$/s);
  });
});

it('a mistake of ours is told in the log without the numbers in it, and not to whoever asked', async () => {
  const { url, troubles } = await start();
  const answer = await overSocket(url, request('GET /broken/98765-43210?key=secret HTTP/1.1'));
  expect(answer).toMatch(/^HTTP\/1.1 500 .*\r\n\r\nInternal Server Error$/s);
  expect(troubles).toEqual([expect.stringMatching(/^GET \/broken\/98xxxxx210: Error: no such table: calls of 098xxxxx210\n/)]);
});

describe('a page of a stranger', () => {
  const asked = (host: string, origin = '') =>
    `GET /nothing HTTP/1.1\r\nHost: ${host}\r\n${origin && `Origin: ${origin}\r\n`}Connection: close\r\n\r\n`;

  it.each(['evil.example', 'evil.example:4010', '127.0.0.1.evil.example', '10.0.0.1', '0.0.0.0', ''])(
    'that calls us %s is not answered',
    async (host) => {
      const { url } = await start();
      expect(await overSocket(url, asked(host))).toMatch(/^HTTP\/1.1 421 .*does not answer for the host/s);
    },
  );

  it.each(['http://evil.example', 'http://localhost:1', 'null', 'chrome-extension://abc'])(
    'from %s is not answered',
    async (origin) => {
      const { url } = await start();
      expect(await overSocket(url, asked('localhost', origin))).toMatch(/^HTTP\/1.1 403 /);
    },
  );

  it.each([
    'localhost:4010',
    '127.0.0.1',
    '127.8.8.8:80',
    '[::1]:4010',
    'api.exotel.com',
    'API.in.exotel.com:443',
    'press9.localhost',
  ])('is none by the name %s', async (host) => {
    const { url } = await start();
    expect(await overSocket(url, asked(host))).toMatch(/^HTTP\/1.1 404 /);
    expect(await overSocket(url, asked(host, `http://${host}`))).toMatch(/^HTTP\/1.1 404 /);
  });
});
