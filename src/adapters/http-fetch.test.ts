import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { httpContract } from '../../test/contracts/http.ts';
import { ms } from '../core/ids.ts';
import type { HttpAnswer, HttpRequest } from '../core/ports.ts';
import { createSystemClock } from './clock-system.ts';
import { createVirtualClock } from './clock-virtual.ts';
import { createFetchClient } from './http-fetch.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  let open = true;
  const close = () =>
    new Promise<void>((done) => {
      if (!open) return done();
      open = false;
      server.close(() => done());
      server.closeAllConnections();
    });
  closing.push(close);
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** An address where somebody has just stopped listening. */
async function deserted(): Promise<string> {
  const base = await serve(() => {});
  await closing.pop()?.();
  return base;
}

async function ask(url: string, more: Partial<HttpRequest> = {}, bodyLimit?: number): Promise<HttpAnswer> {
  const clock = createVirtualClock(ms(0));
  const client = createFetchClient(clock, bodyLimit === undefined ? {} : { bodyLimit });
  const heard: HttpAnswer[] = [];
  client.send({ method: 'GET', url, headers: [], timeout: ms(5000), ...more }, (answer) => heard.push(answer));
  await clock.run();
  expect(heard).toHaveLength(1);
  return heard[0] as HttpAnswer;
}

describe('real HTTP', () => {
  httpContract(async () => {
    const base = await serve((request, response) => {
      const path = request.url?.replace(/\?.*/, '');
      if (path === '/hello') response.setHeader('content-type', 'text/plain').end('hello');
      if (path === '/menu') response.setHeader('content-type', 'application/json').end('{"select":"gold"}');
      if (path === '/moved') response.writeHead(302, { location: '/hello' }).end();
      if (path === '/broken') response.writeHead(500).end('oops');
      if (path === '/posts' && request.method === 'POST') response.end('thanks');
    });
    const clock = createVirtualClock(ms(0));
    return { clock, client: createFetchClient(clock), base, closed: await deserted() };
  });

  it('sends keys of the address as Basic authorization, and never in the address', async () => {
    const seen: IncomingMessage[] = [];
    const base = await serve((request, response) => {
      seen.push(request);
      response.end();
    });
    await ask(base.replace('http://', 'http://my%20key:t%40ken@'));
    expect(seen[0]?.headers.authorization).toBe(`Basic ${Buffer.from('my key:t@ken').toString('base64')}`);
    await ask(base.replace('http://', 'http://key:token@'), { headers: [['Authorization', 'Bearer mine']] });
    expect(seen[1]?.headers.authorization).toBe('Bearer mine');
  });

  it('sends the headers and the body it is given', async () => {
    const seen: string[] = [];
    const base = await serve(async (request, response) => {
      const pieces: Buffer[] = [];
      for await (const piece of request) pieces.push(piece);
      seen.push(`${request.headers['exotel-version']} ${request.headers['content-type']} ${Buffer.concat(pieces)}`);
      response.end();
    });
    const headers = [
      ['Exotel-Version', '1.0'],
      ['Content-Type', 'application/json'],
    ] as const;
    await ask(base, { method: 'POST', headers, body: '{"नमस्ते":1}' });
    expect(seen).toEqual(['1.0 application/json {"नमस्ते":1}']);
  });

  it('stops at a body past the limit instead of reading it, also when it was packed small', async () => {
    let sent = 0;
    const endless = await serve((_request, response) => {
      const more = () => {
        while (sent < 200_000_000 && response.write('x'.repeat(65_536))) sent += 65_536;
      };
      response.on('drain', more);
      more();
    });
    expect(await ask(endless)).toMatchObject({ ok: false, why: 'too-large' });
    expect(sent).toBeLessThan(50_000_000);
    const bomb = await serve((_request, response) => {
      response.setHeader('content-encoding', 'gzip').end(gzipSync(Buffer.alloc(20_000_000)));
    });
    expect(await ask(bomb)).toMatchObject({ ok: false, why: 'too-large' });
  });

  it('takes a body of exactly the limit, and not one byte more', async () => {
    const base = await serve((request, response) => void response.end('x'.repeat(Number(request.url?.slice(1)))));
    expect(await ask(`${base}/100`, {}, 100)).toMatchObject({ ok: true, body: 'x'.repeat(100) });
    expect(await ask(`${base}/101`, {}, 100)).toMatchObject({ ok: false, why: 'too-large' });
  });

  it('does not mind how long the answer to a POST is', async () => {
    const base = await serve((_request, response) => void response.end('x'.repeat(5000)));
    expect(await ask(base, { method: 'POST', body: '' }, 100)).toMatchObject({ ok: true, status: 200 });
  });

  it('counts a body that never ends as a time-out', async () => {
    const base = await serve((_request, response) => void response.write('and then'));
    expect(await ask(base, { timeout: ms(60) })).toMatchObject({ ok: false, why: 'timeout' });
  });

  it('reads other charsets, and the header of a recording byte by byte', async () => {
    const base = await serve((request, response) => {
      if (request.url === '/wav') response.end(Buffer.from([0x52, 0xff, 0x00, 0x80, 0x01]));
      else response.setHeader('content-type', 'text/plain; charset=ISO-8859-1').end(Buffer.from([0x63, 0x61, 0x66, 0xe9]));
    });
    expect(await ask(base)).toMatchObject({ body: 'café', contentType: 'text/plain; charset=ISO-8859-1' });
    expect(await ask(`${base}/wav`, { firstBytes: 4 })).toMatchObject({ body: 'R\u00ff\u0000\u0080' });
  });

  it.each([
    ['ftp://x.example/a', 'not ftp:'],
    ['javascript:alert(1)', 'not javascript:'],
    ['', 'not a web address'],
    ['/slots', 'not a web address'],
    ['http://', 'not a web address'],
  ])('calls %j a bad address', async (url, says) => {
    expect(await ask(url)).toMatchObject({ ok: false, why: 'bad-url', says: expect.stringContaining(says) });
  });

  it('explains a server that hangs up, or speaks something else', async () => {
    const rude = await serve((request) => void request.socket.destroy());
    expect(await ask(rude)).toMatchObject({ why: 'refused', says: expect.stringContaining('closed the connection') });
    const garbled = await serve((request) => void request.socket.end('hello there\r\n\r\n'));
    expect(await ask(garbled)).toMatchObject({ why: 'refused', says: expect.stringContaining('not HTTP') });
    const https = (await serve(() => {})).replace('http:', 'https:');
    expect(await ask(https)).toMatchObject({ why: 'refused', says: expect.stringContaining('does not speak https here') });
  });

  it('never shows a number of the query, nor a stack', async () => {
    const answer = await ask(`${await deserted()}/a?From=09876543210`);
    expect(JSON.stringify(answer)).not.toMatch(/9876543210|\n| at /);
  });

  it('works on the wall clock, never answering before send returns', async () => {
    let returned = false;
    const answer = await new Promise<HttpAnswer>((done) => {
      createFetchClient(createSystemClock()).send({ method: 'GET', url: 'nonsense', headers: [], timeout: ms(100) }, (it) => {
        expect(returned).toBe(true);
        done(it);
      });
      returned = true;
    });
    expect(answer).toMatchObject({ why: 'bad-url' });
  });
});

describe('a client that is closed', () => {
  it('breaks off what is open and what waits for its turn, and nobody hears of it', async () => {
    let asked = 0;
    let gone = () => {};
    const left = new Promise<void>((done) => {
      gone = done;
    });
    const url = await serve((request) => {
      asked++;
      request.on('close', gone);
      client.close();
    });
    const clock = createSystemClock();
    const client = createFetchClient(clock, { atOnce: { each: 1, all: 1 } });
    const heard: HttpAnswer[] = [];
    const send = () => client.send({ method: 'POST', url, headers: [], timeout: ms(3_600_000) }, (answer) => heard.push(answer));
    send();
    send();
    await left;
    send();
    await new Promise((next) => setImmediate(next));
    expect({ asked, heard }).toEqual({ asked: 1, heard: [] });
  });
});
