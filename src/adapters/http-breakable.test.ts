import { describe, expect, it } from 'vitest';
import { httpContract } from '../../test/contracts/http.ts';
import type { Gives } from '../core/gives.ts';
import { ms } from '../core/ids.ts';
import type { HttpRequest } from '../core/ports.ts';
import { parseAnswerRule } from './answer-rule.ts';
import { createVirtualClock } from './clock-virtual.ts';
import { createBreakableClient } from './http-breakable.ts';
import { createScriptedClient } from './http-scripted.ts';

const rules = (texts: readonly string[]) =>
  texts.map((text) => {
    const parsed = parseAnswerRule(text);
    if (!parsed.ok) throw new Error(parsed.problem);
    return parsed.rule;
  });

describe('a client that nobody breaks', () => {
  httpContract(async () => {
    const clock = createVirtualClock(ms(0));
    const scripted = createScriptedClient(
      clock,
      rules([
        'GET http://closed.example/* => refused',
        'GET /hello => 200 hello',
        'GET /menu => 200 {"select":"gold"}',
        'GET /moved => 302',
        'GET /broken => 500 oops',
        'POST /posts => 200 thanks',
        'GET /silent => timeout',
      ]),
    );
    const client = createBreakableClient(clock, scripted);
    return { clock, client, base: 'http://open.example', closed: 'http://closed.example' };
  });
});

const BROKEN: Gives = { type: 'answer', status: 500, contentType: 'text/plain', after: ms(1500), body: 'oops' };

function breakable() {
  const clock = createVirtualClock(ms(0));
  const reached: string[] = [];
  const client = createBreakableClient(clock, {
    send(request, done) {
      reached.push(`${request.method} ${request.url}`);
      clock.alarm(clock.now(), () => done({ ok: true, status: 200, contentType: 'text/plain', body: 'as usual' }));
    },
  });
  async function ask(method: HttpRequest['method'], url: string) {
    const heard: unknown[] = [];
    const asked = clock.now();
    client.send({ method, url, headers: [], timeout: ms(5000) }, (answer) =>
      heard.push({ ...answer, cost: clock.now() - asked }),
    );
    await clock.run();
    return heard[0];
  }
  return { client, reached, ask };
}

describe('a request that is broken', () => {
  it('gets what was said after the time that was said, and never reaches its server; the one after it does', async () => {
    const { client, reached, ask } = breakable();
    client.next(BROKEN);
    expect(client.pending()).toEqual(BROKEN);
    expect(await ask('GET', 'https://s.example/a')).toMatchObject({ status: 500, body: 'oops', cost: 1500 });
    expect(client.pending()).toBeUndefined();
    expect(reached).toEqual([]);
    expect(await ask('GET', 'https://s.example/a')).toMatchObject({ body: 'as usual' });
  });

  it('may be refused, or too late', async () => {
    const { client, ask } = breakable();
    client.next({ type: 'refused' });
    expect(await ask('GET', 'https://s.example/')).toMatchObject({ why: 'refused', cost: 0 });
    client.next({ type: 'timeout' });
    expect(await ask('GET', 'https://s.example/')).toMatchObject({ why: 'timeout', cost: 5000 });
  });

  it('may be a HEAD: then the GET that follows it at that address is broken too', async () => {
    const { client, reached, ask } = breakable();
    client.next(BROKEN);
    expect(await ask('HEAD', 'https://s.example/a?CurrentTime=1')).toMatchObject({ status: 500, body: '' });
    expect(client.pending()).toBeUndefined();
    expect(await ask('GET', 'https://s.example/a?CurrentTime=2')).toMatchObject({ status: 500, body: 'oops' });
    expect(await ask('GET', 'https://s.example/a?CurrentTime=3')).toMatchObject({ status: 200 });
    expect(reached).toHaveLength(1);
  });

  it('is not another one, when the GET that a broken HEAD was for never comes', async () => {
    const { client, ask } = breakable();
    client.next(BROKEN);
    await ask('HEAD', 'https://s.example/a');
    expect(await ask('GET', 'https://s.example/other')).toMatchObject({ status: 200 });
    expect(await ask('GET', 'https://s.example/a')).toMatchObject({ status: 200 });
  });

  it('is never something that is posted, and none at all once it was called off', async () => {
    const { client, reached, ask } = breakable();
    client.next(BROKEN);
    expect(await ask('POST', 'https://s.example/hook')).toMatchObject({ status: 200 });
    expect(client.pending()).toEqual(BROKEN);
    client.next(undefined);
    expect(await ask('GET', 'https://s.example/a')).toMatchObject({ status: 200 });
    expect(reached).toEqual(['POST https://s.example/hook', 'GET https://s.example/a']);
  });
});
