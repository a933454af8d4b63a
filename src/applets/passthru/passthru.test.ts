import { describe, expect, it } from 'vitest';
import { applets, play } from '../../../test/kit/play.ts';
import { commandsOf, hangUpsIn, queryOf, said, stayed } from '../../../test/kit/stories.ts';

const URL = 'https://crm.example/call';
const passthru = (attributes = '', children = '<On status="200" next="yes"/><On status="302" next="no"/><Else next="else"/>') =>
  applets(`<Passthru id="tell" url="${URL}" ${attributes}>${children}</Passthru>
    <Hangup id="yes"/><Hangup id="no"/><Hangup id="else"/>`);
const endOf = async (rule: string, children?: string) => {
  const { view } = await play(passthru('', children), { answers: [`GET ${URL} => ${rule}`] });
  return view.ended?.by === 'flow' ? view.ended.node : view.ended?.by;
};

describe('a Passthru', () => {
  it.each([
    ['200', 'yes'],
    ['302', 'no'],
    ['500', 'else'],
    ['404', 'else'],
    ['201', 'else'],
    ['301', 'else'],
    ['timeout', 'else'],
    ['refused', 'else'],
  ])('%s leads to %s', async (rule, target) => {
    expect(await endOf(rule)).toBe(target);
  });

  it('takes On 302 for everything else where there is no Else', async () => {
    const two = '<On status="200" next="yes"/><On status="302" next="no"/>';
    expect([await endOf('200', two), await endOf('302', two), await endOf('500', two), await endOf('timeout', two)]).toEqual([
      'yes',
      'no',
      'no',
      'no',
    ]);
  });

  it('takes Else for 302 where that is not wired', async () => {
    expect(await endOf('302', '<On status="200" next="yes"/><Else next="else"/>')).toBe('else');
  });

  it('drops the call where the answer leads nowhere', async () => {
    const only200 = '<On status="200" next="yes"/>';
    const { view } = await play(passthru('', only200), { answers: [`GET ${URL} => 500`] });
    expect(view.ended).toEqual({ by: 'unwired', node: 'tell', exit: 'else' });
    const only302 = await play(passthru('', '<On status="302" next="no"/>'), { answers: [`GET ${URL} => 200`] });
    expect(only302.view.ended).toEqual({ by: 'unwired', node: 'tell', exit: 'on:200' });
  });

  it('waits five seconds for the answer, or as long as it is told', async () => {
    const silent = await play(passthru(), { answers: [`GET ${URL} => timeout`] });
    expect(stayed(silent, 'tell')).toBe(5000);
    const longer = await play(passthru('timeout="15s"'), { answers: [`GET ${URL} => timeout`] });
    expect(stayed(longer, 'tell')).toBe(15_000);
    const justInTime = await play(passthru(), { answers: [`GET ${URL} => 200 after 4999ms`] });
    expect(justInTime.path).toEqual(['tell>on:200']);
    expect(stayed(justInTime, 'tell')).toBe(4999);
  });
});

describe('what a Passthru tells', () => {
  it('is what the vendor tells, after the query of the address', async () => {
    const flow = applets(
      `<Passthru id="tell" url="${URL}?key=a%20b&amp;name={{name}}"><On status="200" next="bye"/></Passthru><Hangup id="bye"/>`,
    );
    const played = await play(flow, {
      answers: [`GET ${URL} => 200`],
      facts: { customField: 'a/b', contact: { name: 'A & B' } },
    });
    const [request] = commandsOf(played, 'fetch');
    expect(request).toMatchObject({ method: 'GET', headers: [], timeout: 5000, async: false });
    expect(request?.url).toMatch(/^https:\/\/crm\.example\/call\?key=a%20b&name=A%20%26%20B&CallSid=/);
    expect(queryOf(request?.url)).toMatchObject({
      CallSid: '0123456789abcdef0123456789abkabm',
      CallFrom: '09876543210',
      CallTo: '08047112345',
      From: '09876543210',
      To: '08047112345',
      Direction: 'outbound-dial',
      CallType: 'call-attempt',
      StartTime: '2026-11-22 10:00:00',
      CurrentTime: '2026-11-22 10:00:03',
      EndTime: '1970-01-01 05:30:00',
      DialCallDuration: '0',
      DialWhomNumber: '',
      CustomField: 'a/b',
    });
  });

  it('goes to an address that begins with a variable, taken as it is; variables further on are encoded', async () => {
    const flow = applets(
      `<Passthru id="tell" url="{{base}}/{{name}}"><On status="200" next="bye"/></Passthru><Hangup id="bye"/>`,
    );
    const facts = { variables: { base: 'https://crm.example/v2', name: 'a/b c' } };
    const { view, path } = await play(flow, { answers: ['GET https://crm.example/v2/a%2Fb%20c => 200'], facts });
    expect(view.requests[0]?.url).toMatch(/^https:\/\/crm\.example\/v2\/a%2Fb%20c\?CallSid=/);
    expect(path).toEqual(['tell>on:200']);
  });

  it('of an incoming call has another direction and no CustomField', async () => {
    const played = await play(passthru(), { answers: [`GET ${URL} => 200`], facts: { direction: 'inbound', customField: 'x' } });
    const query = queryOf(commandsOf(played, 'fetch')[0]?.url);
    expect(query).toMatchObject({ Direction: 'incoming', From: '09876543210', To: '08047112345' });
    expect(query).not.toHaveProperty('CustomField');
  });

  it('has the digits of the last menu or Gather in literal double quotes', async () => {
    const flow = applets(`<Gather id="ask" digits="2" next="menu" noInput="bye"/>
      <IvrMenu id="menu" noInput="tell" invalid="tell" tries="1"><Say>Press 5.</Say><Key digit="5" next="tell"/></IvrMenu>
      <Passthru id="tell" url="${URL}"><On status="200" next="bye"/></Passthru><Hangup id="bye"/>`);
    const gathered = await play(flow, { answers: [`GET ${URL} => 200`], keys: '89' });
    expect(gathered.view.requests[0]?.url).toContain('&digits=%2289%22');
    const chosen = await play(flow, { answers: [`GET ${URL} => 200`], keys: '89, 5' });
    expect(queryOf(chosen.view.requests[0]?.url)).toMatchObject({ digits: '"5"' });
  });

  it('tells how a Connect went', async () => {
    const flow = applets(`<Connect id="desk" to="+918011111111" answered="tell" noAnswer="tell"/>
      <Passthru id="tell" url="${URL}"><On status="200" next="bye"/></Passthru><Hangup id="bye"/>`);
    const played = await play(flow, { answers: [`GET ${URL} => 200`], agents: ['answer:17s'] });
    expect(queryOf(played.view.requests[0]?.url)).toMatchObject({
      DialCallStatus: 'completed',
      CallType: 'completed',
      DialCallDuration: '20',
      DialWhomNumber: '08011111111',
      'Legs[0][OnCallDuration]': '17',
    });
  });
});

describe('what a Passthru keeps', () => {
  const balance = (attributes = '') =>
    applets(`<Passthru id="tell" url="${URL}" ${attributes}><On status="200" next="say"/><Else next="say"/></Passthru>
      <Greeting id="say" next="bye"><Say>{{passthru.status}} {{passthru.body}}</Say></Greeting><Hangup id="bye"/>`);

  it('is the answer, for the texts that follow', async () => {
    const played = await play(balance(), { answers: [`GET ${URL} => 200 Your balance is 500`] });
    expect(said(played)).toEqual(['200 Your balance is 500']);
    const refused = await play(balance(), { answers: [`GET ${URL} => 403 no such customer`] });
    expect(said(refused)).toEqual(['403 no such customer']);
  });

  it('is nothing when nobody answered, not the answer before', async () => {
    const flow = applets(`<Passthru id="first" url="${URL}"><On status="200" next="second"/></Passthru>
      <Passthru id="second" url="https://down.example/"><Else next="say"/></Passthru>
      <Greeting id="say" next="bye"><Say>Body:{{passthru.body}}.</Say></Greeting><Hangup id="bye"/>`);
    const played = await play(flow, { answers: [`GET ${URL} => 200 old`, 'GET https://down.example/ => timeout'] });
    expect(said(played)).toEqual(['Body:.']);
  });

  it('is saved under the name it is told, whatever the status', async () => {
    const played = await play(balance('save="reply"'), { answers: [`GET ${URL} => 500 broken\n`] });
    expect(played.view.saved).toEqual({ reply: 'broken' });
    const silent = await play(balance('save="reply"'), { answers: [`GET ${URL} => timeout`] });
    expect(silent.view.saved).toEqual({});
  });
});

describe('an async Passthru', () => {
  const async = applets(`<Passthru id="tell" url="${URL}" async="true" next="say"/>
    <Greeting id="say" next="bye"><Pause for="3s"/></Greeting><Hangup id="bye"/>`);

  it('does not make the caller wait', async () => {
    const played = await play(async, { answers: [`GET ${URL} => 200 after 2s`] });
    expect(stayed(played, 'tell')).toBe(0);
    expect(commandsOf(played, 'fetch')).toMatchObject([{ async: true, timeout: 5000 }]);
    expect(stayed(played, 'say')).toBe(3000);
    expect(played.view.requests[0]?.answer).toMatchObject({ status: 200 });
  });

  it('hears a late answer without doing anything about it', async () => {
    const late = await play(async, { answers: [`GET ${URL} => 302 after 4s`] });
    expect(late.path).toEqual(['tell>next', 'say>next']);
    expect(late.events.at(-1)).toMatchObject({ type: 'input', input: { type: 'fetch.answered', status: 302 } });
    expect(late.endedAt).toBe('0:06');
  });

  it('does not get its answer mixed up with that of the next request', async () => {
    const flow = applets(`<Passthru id="tell" url="${URL}" async="true" next="ask"/>
      <Passthru id="ask" url="https://b.example/"><On status="200" next="say"/><On status="302" next="bye"/></Passthru>
      <Greeting id="say" next="bye"><Say>{{passthru.body}}</Say></Greeting><Hangup id="bye"/>`);
    const played = await play(flow, {
      answers: [`GET ${URL} => 302 after 1s first`, 'GET https://b.example/ => 200 after 2s second'],
    });
    expect(stayed(played, 'ask')).toBe(2000);
    expect(said(played)).toEqual(['second']);
  });

  it('keeps no answer for anyone', async () => {
    const flow = applets(`<Passthru id="tell" url="${URL}" async="true" next="wait"/>
      <Greeting id="wait" next="say"><Pause for="2s"/></Greeting>
      <Greeting id="say" next="bye"><Say>Body:{{passthru.body}}.</Say></Greeting><Hangup id="bye"/>`);
    const played = await play(flow, { answers: [`GET ${URL} => 200 hello`] });
    expect(said(played).at(-1)).toBe('Body:.');
  });
});

describe('a caller who hangs up in a Passthru', () => {
  it('ends the call while it waits for the answer, which is still written down', async () => {
    const answers = [`GET ${URL} => 200 after 3s late`];
    expect(await hangUpsIn(passthru('save="reply"'), 'tell', { answers })).toEqual(['asking']);
    const { events, view, path } = await play(passthru('save="reply"'), { answers, keys: 'hangup 1s' });
    expect(view.ended).toEqual({ by: 'caller' });
    expect(path).toEqual([]);
    expect(view.saved).toEqual({});
    expect(events.at(-1)).toMatchObject({ type: 'input', input: { type: 'fetch.answered', body: 'late' } });
  });
});
