import { beforeEach, describe, expect, it } from 'vitest';
import { ok, openPostOffice, type PostOffice, post, refused, SECOND, status, timeout } from '../../test/kit/post-office.ts';
import type { Delivery } from '../core/event.ts';
import { callId, ms } from '../core/ids.ts';
import type { HttpAnswer, HttpClient } from '../core/ports.ts';
import type { PostRecord } from '../core/post-record.ts';
import { tellPost } from './postman.ts';

let office: PostOffice;

beforeEach(async () => {
  office = await openPostOffice();
});

describe('a callback', () => {
  it('is posted as it is, kept with its answer, and told to the call', async () => {
    const deliveries: Delivery[] = [];
    office.postman.send(post(1), (delivery) => deliveries.push(delivery));
    await office.clock.run();
    expect(office.asked[0]?.request).toEqual({
      method: 'POST',
      url: 'http://app.example/status',
      headers: [['Content-Type', 'application/json']],
      body: '{"n":1}',
      timeout: 2 * SECOND,
    });
    expect(await office.records.posts.find('post-1')).toMatchObject({
      state: 'delivered',
      attempts: [{ at: 0, took: 0, result: 200, ok: true, says: 'thanks' }],
    });
    expect(deliveries).toEqual([
      { type: 'delivery', what: 'callback', id: 'post-1', url: 'http://app.example/status', attempt: 1, result: 200, ok: true },
    ]);
  });

  it('is kept before it is tried', async () => {
    const kept: string[] = [];
    const posts = {
      ...office.records.posts,
      add: async (some: readonly PostRecord[]) => {
        await office.records.posts.add(some);
        kept.push(`kept, ${office.asked.length} tried`);
      },
    };
    office.begin({ posts }).send(post(1), () => {});
    await office.clock.run();
    expect([kept, office.asked.length]).toEqual([['kept, 0 tried'], 1]);
  });

  it('goes out although it cannot be kept, and that is trouble', async () => {
    const posts = { ...office.records.posts, add: async () => Promise.reject(new Error('the disk is full')) };
    office.begin({ posts }).send(post(1), () => {});
    await office.clock.run();
    expect(office.asked).toHaveLength(1);
    expect(office.troubles).toContain('a callback cannot be kept: the disk is full');
  });

  it.each([
    ['every 2xx', status(204), true],
    ['a redirect, which is not followed', status(302), false],
    ['a mistake of the application', status(500), false],
    ['nobody there', refused, false],
  ])('is accepted or not: %s', async (_what, answer, accepted) => {
    office.answers.push(answer);
    office.begin({ schedule: { callback: [], webhook: [] } }).send(post(1), () => {});
    await office.clock.run();
    expect((await office.records.posts.find('post-1'))?.state).toBe(accepted ? 'delivered' : 'given-up');
  });

  it('is tried again on schedule, and given up after that', async () => {
    office.answers.push(status(500), timeout, refused);
    office.postman.send(post(1), () => {});
    await office.clock.run();
    expect(office.times()).toEqual([0, 5, 22]);
    expect(await office.records.posts.find('post-1')).toMatchObject({
      state: 'given-up',
      attempts: [{ result: 500 }, { result: 'timeout', took: 2 * SECOND, says: 'it did not answer' }, { result: 'refused' }],
    });
    expect(office.told.map(({ state }) => state)).toEqual(['waiting', 'waiting', 'given-up']);
  });

  it('is not tried again once it was accepted', async () => {
    office.answers.push(status(500), ok);
    office.postman.send(post(1), () => {});
    await office.clock.run();
    expect(office.times()).toEqual([0, 5]);
    expect((await office.records.posts.find('post-1'))?.state).toBe('delivered');
  });

  it('has its own schedule when it is a webhook', async () => {
    office.answers.push(status(500));
    office.postman.send(post(1, { what: 'webhook' }), () => {});
    await office.clock.run();
    expect(office.times()).toEqual([0, 1]);
  });

  it('keeps no more of an answer than its beginning', async () => {
    office.answers.push({ ok: true, status: 200, contentType: 'text/plain', body: 'x'.repeat(10_000) });
    office.postman.send(post(1), () => {});
    await office.clock.run();
    expect((await office.records.posts.find('post-1'))?.attempts[0]?.says).toHaveLength(500);
  });
});

describe('the callbacks of a call', () => {
  it('go out in order, each after the answer to the one before', async () => {
    office.answers.push(timeout, ok);
    for (const n of [1, 2, 3]) office.postman.send(post(n), () => {});
    await office.clock.run(ms(3 * SECOND));
    expect(office.bodies()).toEqual(['{"n":1}', '{"n":2}', '{"n":3}']);
    expect(office.times()).toEqual([0, 2, 2]);
  });

  it('do not wait for those of another call', async () => {
    office.postman.send(post(1, { url: 'http://slow.example/' }), () => {});
    office.postman.send(post(2, { call: callId('0'.repeat(32)) }), () => {});
    await office.clock.run(ms(SECOND));
    expect(office.times()).toEqual([0, 0]);
  });

  it('do not wait for further attempts of the one before', async () => {
    office.answers.push(status(500), ok);
    for (const n of [1, 2]) office.postman.send(post(n), () => {});
    await office.clock.run();
    expect(office.bodies()).toEqual(['{"n":1}', '{"n":2}', '{"n":1}']);
  });
});

it.each([
  [
    { state: 'delivered', attempts: [{ result: 200 }] },
    'status callback of 5cbf7eb1f3fdbd0b7b4e2f4fa5d219co to http://app.example/status: 200',
  ],
  [{ state: 'waiting', attempts: [] }, /: not tried yet, is tried again$/],
  [{ state: 'given-up', attempts: [{ result: 'timeout' }], what: 'webhook' }, /^opt-out webhook of .*: timeout, given up$/],
] as const)('is told in the log as people say it', (more, line) => {
  const record = { ...post(1, { url: 'http://u:p@app.example/status' }), at: ms(0), ...more } as unknown as PostRecord;
  expect(tellPost(record)).toEqual(typeof line === 'string' ? line : expect.stringMatching(line));
});

/** A server that answers when it is told to. */
function slowServer() {
  const waiting: ((answer: HttpAnswer) => void)[] = [];
  const http: HttpClient = { send: (_request, done) => void waiting.push(done) };
  return { http, waiting, answer: (n: number, answer: HttpAnswer) => waiting[n]?.(answer) };
}

const soon = () => new Promise((done) => setImmediate(done));

/** A callback that is posted, and once more by hand before the first is answered. */
async function twiceOnItsWay() {
  const server = slowServer();
  const postman = office.begin({ http: server.http });
  postman.send(post(1), () => {});
  await office.clock.run();
  const again = postman.redeliver('post-1');
  await office.clock.run();
  return { server, postman, again };
}

describe('while a server takes its time', () => {
  it('everything may be forgotten: what was on its way is over, and the next callback of the call goes out', async () => {
    const { server, postman, again } = await twiceOnItsWay();
    expect(server.waiting).toHaveLength(2);
    postman.clear();
    await office.records.clear();
    postman.send(post(2), () => {});
    await office.clock.run();
    server.answer(0, ok);
    server.answer(1, ok);
    expect(await again).toBeUndefined();
    expect(office.told).toEqual([]);
    server.answer(2, ok);
    await postman.idle();
    expect(office.told.map(({ id, state }) => `${id} ${state}`)).toEqual(['post-2 delivered']);
  });

  it('a callback that is accepted by hand is not tried again because an attempt before that fails late', async () => {
    const { server, again } = await twiceOnItsWay();
    server.answer(1, ok);
    await again;
    server.answer(0, status(500));
    await soon();
    await office.clock.run();
    expect(server.waiting).toHaveLength(2);
    expect(await office.records.posts.find('post-1')).toMatchObject({
      state: 'delivered',
      attempts: [{ ok: true }, { ok: false }],
    });
  });
});
