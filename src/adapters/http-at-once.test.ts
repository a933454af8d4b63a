import type { ServerResponse } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Server, serve } from '../../test/kit/server.ts';
import { ms } from '../core/ids.ts';
import type { HttpAnswer } from '../core/ports.ts';
import { createVirtualClock } from './clock-virtual.ts';
import { createFetchClient } from './http-fetch.ts';

/** A server that keeps its callers waiting until they are let go. */
type Slow = Server & { waiting: ServerResponse[]; most(): number; letGo(): void };

async function slowServer(): Promise<Slow> {
  const waiting: ServerResponse[] = [];
  let most = 0;
  const server = await serve((request, response) => {
    if (request.path === '/silent') return;
    waiting.push(response);
    most = Math.max(most, waiting.length);
    // As soon as nothing more has come for a turn or two: all who are allowed to are here.
    setImmediate(() => setImmediate(() => request.path === '/soon' && letGo()));
  });
  const letGo = () => {
    for (const response of waiting.splice(0)) response.end('ok');
  };
  return { ...server, waiting, most: () => most, letGo };
}

describe('a client that opens so many requests at once', () => {
  let slow: Slow;
  let other: Slow;
  beforeEach(async () => {
    [slow, other] = await Promise.all([slowServer(), slowServer()]);
  });
  afterEach(() => Promise.all([slow.close(), other.close()]));

  function client(each: number, all: number) {
    const clock = createVirtualClock(ms(0));
    const http = createFetchClient(clock, { atOnce: { each, all } });
    const answers: { url: string; at: number; answer: HttpAnswer }[] = [];
    const send = (url: string, timeout = 10_000) =>
      http.send({ method: 'POST', url, headers: [], body: 'Status=completed', timeout: ms(timeout) }, (answer) =>
        answers.push({ url, at: clock.now(), answer }),
      );
    return { clock, send, answers };
  }

  it('brings hundreds to their end without opening more, and time stands still for those that wait', async () => {
    const { clock, send, answers } = client(8, 12);
    for (let i = 0; i < 150; i++) {
      send(`${slow.url}/soon?n=${i}`);
      send(`${other.url}/soon?n=${i}`);
    }
    clock.alarm(ms(60_000), () => answers.push({ url: 'alarm', at: 60_000, answer: { ok: false, why: 'timeout', says: '' } }));
    await clock.run();
    expect(answers).toHaveLength(301);
    expect(answers.at(-1)?.url).toBe('alarm');
    expect(answers.slice(0, -1).every(({ at, answer }) => at === 0 && answer.ok)).toBe(true);
    expect(new Set(answers.map(({ url }) => url)).size).toBe(301);
    for (const server of [slow, other]) {
      expect(server.requests).toHaveLength(150);
      expect(server.most()).toBeLessThanOrEqual(8);
    }
  });

  it('lets the time-out begin when a request is really sent', async () => {
    const { clock, send, answers } = client(1, 9);
    for (let i = 0; i < 3; i++) send(`${slow.url}/silent?n=${i}`, 300);
    send(`${slow.url}/soon`);
    await clock.run();
    expect(answers.map(({ answer }) => (answer.ok ? answer.status : answer.why)).toSorted()).toEqual([
      200,
      'timeout',
      'timeout',
      'timeout',
    ]);
    expect(slow.requests.map(({ path }) => path)).toEqual(['/silent', '/silent', '/silent', '/soon']);
  });

  it('does not let a server that is silent keep another waiting', async () => {
    const { clock, send, answers } = client(2, 4);
    for (let i = 0; i < 20; i++) send(`${slow.url}/silent?n=${i}`, 50);
    send(`${other.url}/soon`);
    await clock.run();
    expect(answers).toHaveLength(21);
    const first = answers.find(({ answer }) => answer.ok);
    expect(first?.url).toBe(`${other.url}/soon`);
    // On a busy machine a request may be given up before it arrives.
    expect(answers.filter(({ answer }) => !answer.ok && answer.why === 'timeout')).toHaveLength(20);
  });
});
