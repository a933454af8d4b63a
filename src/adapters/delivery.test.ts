import { describe, expect, it } from 'vitest';
import type { Delivery } from '../core/event.ts';
import { callId, ms } from '../core/ids.ts';
import type { Clock, HttpClient, Outbox, Post } from '../core/ports.ts';
import { parseAnswerRule } from './answer-rule.ts';
import { createSystemClock } from './clock-system.ts';
import { createVirtualClock } from './clock-virtual.ts';
import { createDelivery } from './delivery.ts';
import { createScriptedClient } from './http-scripted.ts';
import { createMemoryOutbox } from './outbox-memory.ts';

const post = (what: Post['what'], id = 'p1'): Post => ({
  id,
  what,
  url: 'https://clinic.example/hook',
  contentType: 'application/json',
  body: '{"Status":"completed"}',
  call: callId('c1'),
});

/** A server that gives these answers in turn, and the last one for ever. */
function server(clock: Clock, ...answers: string[]): HttpClient {
  const clients = answers.map((answer) => {
    const parsed = parseAnswerRule(`POST * => ${answer}`);
    if (!parsed.ok) throw new Error(parsed.problem);
    return createScriptedClient(clock, [parsed.rule]);
  });
  let n = 0;
  return { send: (request, done) => clients[Math.min(n++, clients.length - 1)]?.send(request, done) };
}

const MACHINE = ms(Date.UTC(2026, 10, 22));

function deliverer(...answers: string[]) {
  const clock = createVirtualClock(ms(0));
  const outbox = createMemoryOutbox();
  const delivery = createDelivery({ http: server(clock, ...answers), outbox, clock, machineNow: () => MACHINE });
  const tried: { at: number; delivery: Delivery }[] = [];
  const send = async (wanted: Post) => {
    delivery.send(wanted, (it) => tried.push({ at: clock.now(), delivery: it }));
    await clock.run();
  };
  const waiting = (at: number) => outbox.due(ms(at), 10);
  return { clock, outbox, delivery, tried, send, waiting };
}

describe('delivering within a run', () => {
  it('hands a callback over once, says so, and keeps nothing back', async () => {
    const { tried, send, waiting } = deliverer('204');
    await send(post('callback'));
    expect(tried).toEqual([
      {
        at: 0,
        delivery: {
          type: 'delivery',
          what: 'callback',
          id: 'p1',
          url: 'https://clinic.example/hook',
          attempt: 1,
          result: 204,
          ok: true,
        },
      },
    ]);
    expect(await waiting(Number.MAX_SAFE_INTEGER)).toEqual([]);
  });

  it('keeps a post before it tries it', async () => {
    const { clock, delivery, waiting } = deliverer('timeout');
    delivery.send(post('callback'), () => {});
    await clock.run(ms(9999));
    expect(await waiting(MACHINE)).toEqual([{ ...post('callback'), attempts: 0 }]);
  });

  it('tries a webhook four times, each wait longer, each attempt told', async () => {
    const { tried, send } = deliverer('500', 'timeout', 'refused', '200');
    await send(post('webhook'));
    expect(tried.map(({ at, delivery }) => [at, delivery.attempt, delivery.result, delivery.ok])).toEqual([
      [0, 1, 500, false],
      [11_000, 2, 'timeout', false],
      [16_000, 3, 'refused', false],
      [46_000, 4, 200, true],
    ]);
  });

  it.each(['301', '302', '400', '503'])('takes %s for no acceptance', async (status) => {
    const { tried, send, waiting } = deliverer(status);
    await send(post('callback'));
    expect(tried[0]?.delivery).toMatchObject({ result: Number(status), ok: false });
    expect(await waiting(MACHINE + 60_000)).toHaveLength(1);
  });

  it('leaves what nobody took for a later run, due on the time of the machine', async () => {
    const { send, waiting, tried } = deliverer('refused');
    await send(post('webhook'));
    expect(tried).toHaveLength(4);
    expect(await waiting(MACHINE + 8 * 60_000 - 1)).toEqual([]);
    expect(await waiting(MACHINE + 8 * 60_000)).toEqual([{ ...post('webhook'), attempts: 4 }]);
  });

  it('delivers all the same when the outbox is broken', async () => {
    const clock = createVirtualClock(ms(0));
    const broken: Outbox = {
      add: () => Promise.reject(new Error('disk full')),
      due: () => Promise.reject(new Error('disk full')),
      settle() {
        throw new Error('disk full');
      },
    };
    const delivery = createDelivery({ http: server(clock, '200'), outbox: broken, clock });
    const tried: Delivery[] = [];
    delivery.send(post('webhook'), (it) => tried.push(it));
    await clock.run();
    expect(tried).toMatchObject([{ ok: true }]);
    await delivery.idle();
  });

  it('tells when it has nothing more to try', async () => {
    const { clock, delivery } = deliverer('500', '200');
    await delivery.idle();
    let idle = false;
    delivery.send(post('webhook'), () => {});
    const over = delivery.idle().then(() => {
      idle = true;
    });
    await clock.run(ms(500));
    expect(idle).toBe(false);
    await clock.run();
    await over;
    expect(idle).toBe(true);
  });
});

describe('delivering what an earlier run left', () => {
  it('tries once what is due, and waits twice as long for the rest', async () => {
    let machine = MACHINE as number;
    const clock = createSystemClock();
    const outbox = createMemoryOutbox();
    await outbox.add([post('webhook', 'a'), post('callback', 'b')]);
    const delivery = createDelivery({
      http: server(clock, '200', '500', '500', '200'),
      outbox,
      clock,
      machineNow: () => ms(machine),
    });
    expect(await delivery.flush()).toEqual({ delivered: 1, failed: 1 });
    expect(await delivery.flush()).toEqual({ delivered: 0, failed: 0 });
    machine += 60_000;
    expect(await delivery.flush()).toEqual({ delivered: 0, failed: 1 });
    machine += 119_999;
    expect(await delivery.flush()).toEqual({ delivered: 0, failed: 0 });
    machine += 1;
    expect(await delivery.flush()).toEqual({ delivered: 1, failed: 0 });
  });

  it('never waits longer than six hours', async () => {
    const clock = createSystemClock();
    const outbox = createMemoryOutbox();
    await outbox.add([post('webhook')]);
    for (let n = 0; n < 40; n++) await outbox.settle('p1', { delivered: false, retryAt: ms(0) });
    const delivery = createDelivery({ http: server(clock, '500'), outbox, clock, machineNow: () => MACHINE });
    await delivery.flush();
    expect(await outbox.due(ms(MACHINE + 6 * 3_600_000 - 1), 10)).toEqual([]);
    expect(await outbox.due(ms(MACHINE + 6 * 3_600_000), 10)).toHaveLength(1);
  });

  it('tries no more than it is told to', async () => {
    const clock = createSystemClock();
    const outbox = createMemoryOutbox();
    await outbox.add([post('webhook', 'a'), post('webhook', 'b'), post('webhook', 'c')]);
    const delivery = createDelivery({ http: server(clock, '200'), outbox, clock, machineNow: () => MACHINE });
    expect(await delivery.flush(2)).toEqual({ delivered: 2, failed: 0 });
    expect((await outbox.due(MACHINE, 10)).map(({ id }) => id)).toEqual(['c']);
  });
});
