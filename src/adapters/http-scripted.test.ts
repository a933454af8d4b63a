import { describe, expect, it } from 'vitest';
import { httpContract } from '../../test/contracts/http.ts';
import { ms } from '../core/ids.ts';
import type { HttpAnswer, HttpClient } from '../core/ports.ts';
import { type AnswerRule, parseAnswerRule } from './answer-rule.ts';
import { createVirtualClock } from './clock-virtual.ts';
import { createScriptedClient } from './http-scripted.ts';

function rules(...texts: string[]): AnswerRule[] {
  return texts.map((text) => {
    const parsed = parseAnswerRule(text);
    if (!parsed.ok) throw new Error(parsed.problem);
    return parsed.rule;
  });
}

async function ask(texts: string[], url: string, method: 'GET' | 'HEAD' | 'POST' = 'GET', fallback?: HttpClient) {
  const clock = createVirtualClock(ms(0));
  const heard: { at: number; answer: HttpAnswer }[] = [];
  const client = createScriptedClient(clock, rules(...texts), fallback);
  client.send({ method, url, headers: [], timeout: ms(5000) }, (answer) => heard.push({ at: clock.now(), answer }));
  await clock.run();
  expect(heard).toHaveLength(1);
  return heard[0] as { at: number; answer: HttpAnswer };
}

describe('scripted web servers', () => {
  httpContract(async () => {
    const clock = createVirtualClock(ms(0));
    const client = createScriptedClient(
      clock,
      rules(
        'GET https://clinic.example/hello => 200 hello',
        'GET https://clinic.example/menu => 200 {"select":"gold"}',
        '* */moved => 302',
        'GET */broken => 500 oops',
        'POST /posts => 200 thanks',
        '* */silent => timeout',
        '* http://closed.example/* => refused',
      ),
    );
    return { clock, client, base: 'https://clinic.example', closed: 'http://closed.example' };
  });

  it('answers with the first rule that fits', async () => {
    const { answer } = await ask(['GET *gold* => 200 gold', 'GET * => 404', 'GET *silver => 200'], 'https://x.example/silver');
    expect(answer).toMatchObject({ status: 404 });
  });

  it('looks at the query only when the pattern has one', async () => {
    const url = 'https://x.example/m?CallSid=1&digits=%221%22';
    expect((await ask(['GET https://x.example/m => 200'], url)).answer).toMatchObject({ status: 200 });
    expect((await ask(['GET *?*digits=%221%22* => 201', 'GET * => 200'], url)).answer).toMatchObject({ status: 201 });
    expect((await ask(['GET *?*digits=%222%22* => 201', 'GET * => 200'], url)).answer).toMatchObject({ status: 200 });
  });

  it('reads letters as they are, and dots as dots', async () => {
    expect((await ask(['GET https://x.example/A => 200', 'GET * => 404'], 'https://x.example/a')).answer).toMatchObject({
      status: 404,
    });
    expect((await ask(['GET https://x.example/a => 200', 'GET * => 404'], 'https://xyexample/a')).answer).toMatchObject({
      status: 404,
    });
  });

  it('does not let the ends of a pattern overlap', async () => {
    const { answer } = await ask(['GET https://x.example/aa*aa => 200', 'GET * => 404'], 'https://x.example/aaa');
    expect(answer).toMatchObject({ status: 404 });
  });

  it('fits a path on every server', async () => {
    expect((await ask(['GET /slots/* => 200'], 'http://127.0.0.1:9/slots/1?x=/')).answer).toMatchObject({ status: 200 });
  });

  it('answers when the clock says so, and a wait past the time-out is a time-out', async () => {
    expect(await ask(['GET * => 200 after 4s late'], 'http://x.example/')).toEqual({
      at: 4000,
      answer: { ok: true, status: 200, contentType: 'text/plain', body: 'late' },
    });
    expect(await ask(['GET * => 200 after 9s late'], 'http://x.example/')).toMatchObject({
      at: 5000,
      answer: { ok: false, why: 'timeout', says: 'x.example did not answer within 5s' },
    });
  });

  it('does not answer a GET with a HEAD rule, nor a POST with a GET rule', async () => {
    expect((await ask(['HEAD * => 200', 'GET * => 404'], 'http://x.example/')).answer).toMatchObject({ status: 404 });
    expect((await ask(['GET * => 200', '* * => 404'], 'http://x.example/', 'POST')).answer).toMatchObject({ status: 404 });
  });

  it('refuses what no rule fits, naming the closest, without the number in the query', async () => {
    const { answer } = await ask(
      ['GET https://crm.example/x => 200', 'GET https://clinic.example/slots => 200'],
      'https://clinic.example/slot?From=09876543210',
    );
    expect(answer).toEqual({
      ok: false,
      why: 'refused',
      says: 'no rule answers GET https://clinic.example/slot; the closest is "GET https://clinic.example/slots"',
    });
  });

  it('hands what no rule fits to the fallback', async () => {
    const asked: string[] = [];
    const fallback: HttpClient = {
      send({ url }, done) {
        asked.push(url);
        done({ ok: true, status: 204, contentType: '', body: '' });
      },
    };
    await ask(['GET https://a.example/ => 200'], 'https://b.example/', 'GET', fallback);
    expect(asked).toEqual(['https://b.example/']);
  });
});

describe('a rule as it is typed', () => {
  const parsed = (text: string) => {
    const result = parseAnswerRule(text);
    return result.ok ? result.rule : result.problem;
  };

  it('keeps the body as it is, and knows JSON when it sees it', () => {
    const gives = (text: string) => rules(text)[0]?.gives;
    expect(gives('get /a => 200 Your balance  is 500\n')).toMatchObject({
      body: 'Your balance  is 500\n',
      contentType: 'text/plain',
    });
    expect(gives('GET /a => 200 [1]')).toMatchObject({ contentType: 'application/json' });
    expect(gives('GET /a => 200 {not json}')).toMatchObject({ contentType: 'text/plain' });
    expect(gives('GET /a => 200 42')).toMatchObject({ contentType: 'text/plain', body: '42' });
    expect(gives('GET /a => 200 after tomorrow')).toMatchObject({ body: 'after tomorrow', after: 0 });
    expect(gives('GET /a=>302')).toMatchObject({ status: 302, body: '' });
    expect(gives('GET /a => 200 Content-Type:text/plain after 500ms {"select":"x"}')).toEqual({
      type: 'answer',
      status: 200,
      contentType: 'text/plain',
      after: 500,
      body: '{"select":"x"}',
    });
  });

  it.each([
    ['', 'METHOD URL => STATUS BODY'],
    ['GET https://x.example 200 hello', 'METHOD URL => STATUS BODY'],
    ['FETCH * => 200', '"FETCH" is not GET, HEAD, POST or *'],
    ['GET clinic.example/a => 200', 'for example *clinic.example/a'],
    ['GET * => ok', 'comes a status from 200 to 599, timeout or refused, not "ok"'],
    ['GET * => 99', 'not "99"'],
    ['GET * => ', 'not ""'],
    ['GET * => 200 after 5 hello', '"after 5" wants a duration with its unit'],
    ['GET * => 200 content-type: text/html', 'wants a type right behind it'],
  ])('says what is wrong with %j', (text, says) => {
    expect(parsed(text)).toContain(says);
  });
});
