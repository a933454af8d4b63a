import { describe, expect, it } from 'vitest';
import { applets, factsOf, flowOf, play, START, setOf } from '../../test/kit/play.ts';
import { ms } from '../core/ids.ts';
import { newCall } from './state.ts';
import { step } from './step.ts';

const hello = applets('<Greeting id="hello" next="bye"><Say>Hello there.</Say></Greeting><Hangup id="bye"/>');

describe('a step', () => {
  it('is pure: the same arguments give the same result, and the state given is left alone', async () => {
    const { plan } = await play(hello);
    const facts = factsOf(hello);
    const before = newCall(plan, facts, START);
    const copy = structuredClone({ ...before, flow: undefined });
    const first = step(plan, before, { type: 'start' }, START);
    const second = step(plan, before, { type: 'start' }, START);
    expect(second.events).toEqual(first.events);
    expect(second.state).toEqual(first.state);
    expect({ ...before, flow: undefined }).toEqual(copy);
  });

  it('ignores what comes too late: a timer that is off, a prompt that is over, a key after the end', async () => {
    const { plan, call } = await play(hello);
    expect(call.state.phase).toBe('ended');
    for (const stimulus of [
      { type: 'timer.fired', timer: 'waiting' },
      { type: 'prompt.finished' },
      { type: 'digit', digit: '1' },
      { type: 'caller.hungUp' },
      { type: 'leg.changed', leg: 1, to: 'completed' },
    ] as const) {
      expect(step(plan, call.state, stimulus, START).events).toEqual([]);
    }
  });
});

describe('before the answer', () => {
  it.each([
    ['busy', 'busy'],
    ['no-answer', 'no-answer'],
    ['failed', 'failed'],
  ])('a callee who is %s ends the call as %s', async (callee, status) => {
    const { view, path } = await play(hello, { callee });
    expect(view.status).toBe(status);
    expect(view.ended).toEqual({ by: 'unanswered', outcome: status });
    expect(view.answeredAt).toBeUndefined();
    expect(path).toEqual([]);
  });

  it('rings as long as it was told to', async () => {
    const { endedAt } = await play(hello, { callee: 'no-answer', facts: { ringFor: ms(17_000) } });
    expect(endedAt).toBe('0:17');
  });

  it('goes from queued over ringing to in-progress and completed', async () => {
    const statuses: string[] = [];
    await play(hello, {
      before: (call) => {
        statuses.push(call.state.phase);
        call.subscribe(() => statuses.push(call.state.phase));
      },
    });
    expect([...new Set(statuses)]).toEqual(['dialling', 'talking', 'ended']);
  });

  it('is canceled when the caller side gives up while it rings', async () => {
    const { view, events } = await play(hello, {
      before: (call, clock) => void clock.alarm(ms(START + 1000), () => call.hangUp()),
    });
    expect(view.status).toBe('canceled');
    expect(events).toContainEqual({ type: 'command', command: { type: 'hangUpLeg', leg: 1 } });
  });

  it('sends the text of Unanswered, for the outcomes it names', async () => {
    const flow = applets('<Hangup id="bye"/><Unanswered on="busy no-answer" sms="We tried to reach you, {{name}}."/>');
    const busy = await play(flow, { callee: 'busy', facts: { contact: { name: 'Asha' } } });
    expect(busy.view.sms).toMatchObject([
      { to: '+919876543210', text: 'We tried to reach you, Asha.', result: { sid: expect.any(String) } },
    ]);
    const failed = await play(flow, { callee: 'failed' });
    expect(failed.view.sms).toEqual([]);
  });
});

describe('an inbound call', () => {
  it('is answered at once and runs the flow', async () => {
    const { view, endedAt } = await play(hello, { facts: { direction: 'inbound' } });
    expect(view.status).toBe('completed');
    expect(view.answeredAt).toBe(START);
    expect(endedAt).toBe('0:01');
  });
});

describe('the end of a call', () => {
  const menu = applets(
    '<IvrMenu id="menu" tries="10" timeout="10s" noInput="menu" invalid="menu"><Say>Press 1.</Say><Key digit="1" next="menu"/></IvrMenu>',
    'timeLimit="1m"',
  );

  it('comes at the time limit, counted from the answer', async () => {
    const { view, endedAt } = await play(menu);
    expect(view.ended).toEqual({ by: 'time-limit' });
    expect(endedAt).toBe('1:03');
  });

  it('comes when the caller hangs up, at any instant', async () => {
    for (let wait = 0; wait < 30_000; wait += 777) {
      const { view, events } = await play(menu, { callee: `answer:1s,hangup:${wait}ms` });
      expect(view.ended).toEqual({ by: 'caller' });
      expect(events.filter(({ type }) => type === 'ended')).toHaveLength(1);
    }
  });

  it('names the exit that leads nowhere', async () => {
    const { view } = await play(applets('<Greeting id="hello"><Say>Hi.</Say></Greeting>'));
    expect(view.ended).toEqual({ by: 'unwired', node: 'hello', exit: 'next' });
  });

  it('stops applets that go round without a sound, and names them', async () => {
    const flow = applets('<SwitchCase id="a"><Else next="b"/></SwitchCase><Sms id="b" next="a">Hi</Sms>');
    const { view, endedAt } = await play(flow);
    expect(view.ended).toMatchObject({ by: 'loop', nodes: expect.arrayContaining(['a', 'b']) });
    expect(endedAt).toBe('0:03');
  });

  it('stops a loop over a server that answers at once', async () => {
    const flow = applets('<Passthru id="a" url="https://a.example/"><On status="200" next="a"/></Passthru>');
    const { view } = await play(flow, { answers: ['GET https://a.example/ => 200'] });
    expect(view.ended).toMatchObject({ by: 'loop', nodes: ['a'] });
  });

  it('stops flows that call each other for ever', async () => {
    const flow = applets('<Subflow id="again" flow="self.xml" next="bye"/><Hangup id="bye"/>');
    const { view } = await play(setOf(flow, [], { 'self.xml': 'test' }));
    expect(view.ended).toMatchObject({ by: 'loop' });
  });
});

describe('variables', () => {
  it('are looked up in what was saved, then the Passthru answer, the call, the contact', async () => {
    const flow =
      flowOf(`<Flow name="v" start="ask" class="T"><Passthru id="ask" url="https://a.example/{{name}}" save="body"><On status="200" next="say"/></Passthru>
      <Greeting id="say" next="bye"><Say>{{name}} {{balance}} {{passthru.balance}} {{CustomField}} {{plan}} {{nothing}}!</Say></Greeting><Hangup id="bye"/></Flow>`);
    const { view, events } = await play(flow, {
      answers: ['GET https://a.example/* => 200 {"balance": 12.5}'],
      facts: { customField: 'cf', contact: { name: 'A & B', plan: 'gold' }, variables: { plan: 'silver' } },
    });
    expect(view.requests[0]?.url).toMatch(/^https:\/\/a\.example\/A%20%26%20B\?CallSid=/);
    expect(view.speeches[0]?.sounds).toMatchObject([{ text: 'A & B 12.5 12.5 cf silver !' }]);
    expect(events.filter(({ type }) => type === 'warned')).toHaveLength(1);
  });
});
