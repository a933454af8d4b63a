import { beforeEach, describe, expect, it } from 'vitest';
import { createVirtualClock, type VirtualClock } from '../adapters/clock-virtual.ts';
import { openRecords } from '../adapters/records-sqlite.ts';
import type { Delivery } from '../core/event.ts';
import { callId, type Ms, ms } from '../core/ids.ts';
import type { HttpAnswer, HttpRequest, Post } from '../core/ports.ts';
import type { PostRecord } from '../core/post-record.ts';
import type { Records } from '../core/records.ts';
import { createFaults, type Faults } from './faults.ts';
import { createPostman, type Postman, type PostmanOptions, tellPost } from './postman.ts';

const SECOND = 1000;
const ok: HttpAnswer = { ok: true, status: 200, contentType: 'text/plain', body: 'thanks' };
const status = (code: number): HttpAnswer => ({ ...ok, status: code, body: '' });
const timeout: HttpAnswer = { ok: false, why: 'timeout', says: 'it did not answer' };
const refused: HttpAnswer = { ok: false, why: 'refused', says: 'nobody listens' };

let clock: VirtualClock;
let records: Records;
let faults: Faults;
let asked: { at: Ms; request: HttpRequest }[];
/** By address; the last one again and again. */
let answers: Record<string, HttpAnswer[]>;
let troubles: string[];
let told: PostRecord[];
let postman: Postman;

const post = (n: number, more: Partial<Post> = {}): Post => ({
  id: `post-${n}`,
  what: 'callback',
  url: 'http://app.example/status',
  contentType: 'application/json',
  body: `{"n":${n}}`,
  call: callId('5cbf7eb1f3fdbd0b7b4e2f4fa5d219co'),
  ...more,
});

/** An answer costs the time that its request is said to take, as a real one does on the wall's clock. */
const http: PostmanOptions['http'] = {
  send(request, done) {
    asked.push({ at: clock.now(), request });
    const known = answers[request.url] ?? [ok];
    const answer = known.length > 1 ? (known.shift() ?? ok) : (known[0] ?? ok);
    const release = clock.hold();
    queueMicrotask(() => release(ms(!answer.ok && answer.why === 'timeout' ? request.timeout : 0), () => done(answer)));
  },
};

function begin(more: Partial<PostmanOptions> = {}): Postman {
  return createPostman({
    clock,
    http,
    posts: records.posts,
    faults,
    schedule: { callback: [ms(5 * SECOND), ms(15 * SECOND)], webhook: [ms(SECOND)] },
    timeout: ms(2 * SECOND),
    tried: (one) => told.push(one),
    trouble: (says) => troubles.push(says),
    ...more,
  });
}

beforeEach(async () => {
  clock = createVirtualClock(ms(0));
  records = await openRecords({ path: 'memory:' });
  faults = createFaults();
  [asked, answers, troubles, told] = [[], {}, [], []];
  postman = begin();
});

const bodies = () => asked.map(({ request }) => request.body);
const times = () => asked.map(({ at }) => at / SECOND);

describe('a callback', () => {
  it('is posted as it is, kept with its answer, and told to the call', async () => {
    const deliveries: Delivery[] = [];
    postman.send(post(1), (delivery) => deliveries.push(delivery));
    await clock.run();
    expect(asked[0]?.request).toEqual({
      method: 'POST',
      url: 'http://app.example/status',
      headers: [['Content-Type', 'application/json']],
      body: '{"n":1}',
      timeout: 2 * SECOND,
    });
    expect(await records.posts.find('post-1')).toMatchObject({
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
      ...records.posts,
      add: async (some: readonly PostRecord[]) => {
        await records.posts.add(some);
        kept.push(`kept, ${asked.length} tried`);
      },
    };
    begin({ posts }).send(post(1), () => {});
    await clock.run();
    expect([kept, asked.length]).toEqual([['kept, 0 tried'], 1]);
  });

  it('goes out although it cannot be kept, and that is trouble', async () => {
    const posts = { ...records.posts, add: async () => Promise.reject(new Error('the disk is full')) };
    begin({ posts }).send(post(1), () => {});
    await clock.run();
    expect(asked).toHaveLength(1);
    expect(troubles).toContain('a callback cannot be kept: the disk is full');
  });

  it.each([
    ['every 2xx', status(204), true],
    ['a redirect, which is not followed', status(302), false],
    ['a mistake of the application', status(500), false],
    ['nobody there', refused, false],
  ])('is accepted or not: %s', async (_what, answer, accepted) => {
    answers['http://app.example/status'] = [answer];
    begin({ schedule: { callback: [], webhook: [] } }).send(post(1), () => {});
    await clock.run();
    expect((await records.posts.find('post-1'))?.state).toBe(accepted ? 'delivered' : 'given-up');
  });

  it('is tried again on schedule, and given up after that', async () => {
    answers['http://app.example/status'] = [status(500), timeout, refused];
    postman.send(post(1), () => {});
    await clock.run();
    expect(times()).toEqual([0, 5, 22]);
    expect(await records.posts.find('post-1')).toMatchObject({
      state: 'given-up',
      attempts: [{ result: 500 }, { result: 'timeout', took: 2 * SECOND, says: 'it did not answer' }, { result: 'refused' }],
    });
    expect(told.map(({ state }) => state)).toEqual(['waiting', 'waiting', 'given-up']);
  });

  it('is not tried again once it was accepted', async () => {
    answers['http://app.example/status'] = [status(500), ok];
    postman.send(post(1), () => {});
    await clock.run();
    expect(times()).toEqual([0, 5]);
    expect((await records.posts.find('post-1'))?.state).toBe('delivered');
  });

  it('has its own schedule when it is a webhook', async () => {
    answers['http://app.example/status'] = [status(500)];
    postman.send(post(1, { what: 'webhook' }), () => {});
    await clock.run();
    expect(times()).toEqual([0, 1]);
  });

  it('keeps no more of an answer than its beginning', async () => {
    answers['http://app.example/status'] = [{ ...ok, body: 'x'.repeat(10_000) }];
    postman.send(post(1), () => {});
    await clock.run();
    expect((await records.posts.find('post-1'))?.attempts[0]?.says).toHaveLength(500);
  });
});

describe('the callbacks of a call', () => {
  it('go out in order, each after the answer to the one before', async () => {
    answers['http://app.example/status'] = [timeout, ok];
    for (const n of [1, 2, 3]) postman.send(post(n), () => {});
    await clock.run(ms(3 * SECOND));
    expect(bodies()).toEqual(['{"n":1}', '{"n":2}', '{"n":3}']);
    expect(times()).toEqual([0, 2, 2]);
  });

  it('do not wait for those of another call', async () => {
    answers['http://slow.example/'] = [timeout];
    postman.send(post(1, { url: 'http://slow.example/' }), () => {});
    postman.send(post(2, { call: callId('0'.repeat(32)) }), () => {});
    await clock.run(ms(SECOND));
    expect(times()).toEqual([0, 0]);
  });

  it('do not wait for further attempts of the one before', async () => {
    answers['http://app.example/status'] = [status(500), ok];
    for (const n of [1, 2]) postman.send(post(n), () => {});
    await clock.run();
    expect(bodies()).toEqual(['{"n":1}', '{"n":2}', '{"n":1}']);
  });
});

describe('what somebody ordered to go wrong', () => {
  const order = (does: 'delay' | 'drop' | 'duplicate' | 'reorder', by?: number) =>
    faults.order({ on: 'callbacks', does, times: 1, ...(by !== undefined && { by: ms(by) }) });

  it('drop: nothing goes out, and the call hears nothing', async () => {
    order('drop');
    const deliveries: Delivery[] = [];
    for (const n of [1, 2]) postman.send(post(n), (delivery) => deliveries.push(delivery));
    await clock.run();
    expect(bodies()).toEqual(['{"n":2}']);
    expect(deliveries.map(({ id }) => id)).toEqual(['post-2']);
    expect(await records.posts.find('post-1')).toMatchObject({
      state: 'given-up',
      attempts: [{ result: 'dropped', ok: false, says: 'dropped, as ordered' }],
    });
  });

  it('delay: it goes out later, and others overtake it', async () => {
    order('delay', 30 * SECOND);
    for (const n of [1, 2]) postman.send(post(n), () => {});
    await clock.run();
    expect(asked.map(({ at, request }) => [at / SECOND, request.body])).toEqual([
      [0, '{"n":2}'],
      [30, '{"n":1}'],
    ]);
  });

  it('duplicate: it goes out twice', async () => {
    order('duplicate');
    for (const n of [1, 2]) postman.send(post(n), () => {});
    await clock.run();
    expect(bodies().toSorted()).toEqual(['{"n":1}', '{"n":1}', '{"n":2}']);
    expect(await records.posts.find('post-1')).toMatchObject({ state: 'delivered', attempts: [{ ok: true }, { ok: true }] });
  });

  it('duplicate, while the server fails: it is tried on schedule once, not twice', async () => {
    order('duplicate');
    answers['http://app.example/status'] = [status(500)];
    postman.send(post(1), () => {});
    await clock.run();
    expect(times()).toEqual([0, 0, 5, 20]);
    expect((await records.posts.find('post-1'))?.state).toBe('given-up');
  });

  it('duplicate, of which the first is accepted and the second is not: it is delivered', async () => {
    order('duplicate');
    answers['http://app.example/status'] = [ok, status(500)];
    postman.send(post(1), () => {});
    await clock.run();
    expect(times()).toEqual([0, 0]);
    expect((await records.posts.find('post-1'))?.state).toBe('delivered');
  });

  it('reorder: the next one goes out first', async () => {
    order('reorder');
    for (const n of [1, 2, 3]) postman.send(post(n), () => {});
    await clock.run();
    expect(bodies()).toEqual(['{"n":2}', '{"n":1}', '{"n":3}']);
  });

  it('reorder: it goes out after a minute when nothing follows', async () => {
    order('reorder');
    postman.send(post(1), () => {});
    await clock.run();
    expect(times()).toEqual([60]);
  });
});

describe('later', () => {
  it('a callback is delivered by hand, by the same way and with the same body', async () => {
    postman.send(post(1), () => {});
    await clock.run();
    const redelivered = postman.redeliver('post-1');
    await clock.run();
    expect((await redelivered)?.attempts).toHaveLength(2);
    expect(bodies()).toEqual(['{"n":1}', '{"n":1}']);
    const nobody = postman.redeliver('nobody');
    await clock.run();
    expect(await nobody).toBeUndefined();
  });

  it('by hand, what was delivered stays delivered, and is not tried again, though the server fails now', async () => {
    answers['http://app.example/status'] = [ok, status(500)];
    postman.send(post(1), () => {});
    await clock.run();
    const redelivered = postman.redeliver('post-1');
    await clock.run();
    expect(await redelivered).toMatchObject({ state: 'delivered', attempts: [{ ok: true }, { ok: false }] });
    expect(await records.posts.find('post-1')).toMatchObject({ state: 'delivered' });
    expect(times()).toEqual([0, 0]);
  });

  it('by hand, what waits for another attempt does not go out once more after it was accepted', async () => {
    answers['http://app.example/status'] = [status(500), ok];
    postman.send(post(1), () => {});
    await clock.run(ms(SECOND));
    const redelivered = postman.redeliver('post-1');
    await clock.run();
    expect((await redelivered)?.state).toBe('delivered');
    expect(times()).toEqual([0, 1]);
  });

  it('what an earlier process left is tried once more, each call in order, with what is left of its schedule', async () => {
    const attempts = [{ at: ms(0), took: ms(0), result: 500, ok: false }];
    await records.posts.add([
      { ...post(1), at: ms(0), state: 'waiting', attempts },
      { ...post(2), at: ms(1), state: 'waiting', attempts: [] },
      { ...post(3), at: ms(2), state: 'delivered', attempts: [] },
    ]);
    answers['http://app.example/status'] = [status(500), ok];
    expect(await postman.resume()).toBe(2);
    await clock.run();
    expect(asked.map(({ at, request }) => [at / SECOND, request.body])).toEqual([
      [0, '{"n":1}'],
      [0, '{"n":2}'],
      [15, '{"n":1}'],
    ]);
  });

  it('an id that is known already keeps what was kept of it', async () => {
    postman.send(post(1), () => {});
    await clock.run();
    postman.send(post(1, { body: 'another' }), () => {});
    await clock.run();
    expect(await records.posts.list({ limit: 9 })).toMatchObject([{ id: 'post-1', body: '{"n":1}', state: 'delivered' }]);
  });

  it('after everything was forgotten, nothing goes out any more', async () => {
    faults.order({ on: 'callbacks', does: 'reorder', times: 1 });
    answers['http://app.example/status'] = [status(500)];
    for (const n of [1, 2]) postman.send(post(n), () => {});
    await clock.run(ms(SECOND));
    const before = asked.length;
    postman.clear();
    await records.clear();
    await clock.run();
    expect(asked).toHaveLength(before);
    expect(await records.posts.list({ limit: 9 })).toEqual([]);
  });

  it('it is idle when nothing is on its way', async () => {
    let idle = false;
    await postman.idle();
    postman.send(post(1), () => {});
    const waited = postman.idle().then(() => {
      idle = true;
    });
    await Promise.resolve();
    expect(idle).toBe(false);
    await clock.run();
    await waited;
    expect(asked).toHaveLength(1);
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
