import { beforeEach, describe, expect, it } from 'vitest';
import { ok, openPostOffice, type PostOffice, post, SECOND, status } from '../../test/kit/post-office.ts';
import type { Delivery } from '../core/event.ts';
import { ms } from '../core/ids.ts';

let office: PostOffice;

beforeEach(async () => {
  office = await openPostOffice();
});

describe('what somebody ordered to go wrong', () => {
  const order = (does: 'delay' | 'drop' | 'duplicate' | 'reorder', by?: number) =>
    office.faults.order({ on: 'callbacks', does, times: 1, ...(by !== undefined && { by: ms(by) }) });

  it('drop: nothing goes out, and the call hears nothing', async () => {
    order('drop');
    const deliveries: Delivery[] = [];
    for (const n of [1, 2]) office.postman.send(post(n), (delivery) => deliveries.push(delivery));
    await office.clock.run();
    expect(office.bodies()).toEqual(['{"n":2}']);
    expect(deliveries.map(({ id }) => id)).toEqual(['post-2']);
    expect(await office.records.posts.find('post-1')).toMatchObject({
      state: 'given-up',
      attempts: [{ result: 'dropped', ok: false, says: 'dropped, as ordered' }],
    });
  });

  it('delay: it goes out later, and others overtake it', async () => {
    order('delay', 30 * SECOND);
    for (const n of [1, 2]) office.postman.send(post(n), () => {});
    await office.clock.run();
    expect(office.asked.map(({ at, request }) => [at / SECOND, request.body])).toEqual([
      [0, '{"n":2}'],
      [30, '{"n":1}'],
    ]);
  });

  it('duplicate: it goes out twice', async () => {
    order('duplicate');
    for (const n of [1, 2]) office.postman.send(post(n), () => {});
    await office.clock.run();
    expect(office.bodies().toSorted()).toEqual(['{"n":1}', '{"n":1}', '{"n":2}']);
    expect(await office.records.posts.find('post-1')).toMatchObject({
      state: 'delivered',
      attempts: [{ ok: true }, { ok: true }],
    });
  });

  it('duplicate, while the server fails: it is tried on schedule once, not twice', async () => {
    order('duplicate');
    office.answers.push(status(500));
    office.postman.send(post(1), () => {});
    await office.clock.run();
    expect(office.times()).toEqual([0, 0, 5, 20]);
    expect((await office.records.posts.find('post-1'))?.state).toBe('given-up');
  });

  it('duplicate, of which the first is accepted and the second is not: it is delivered', async () => {
    order('duplicate');
    office.answers.push(ok, status(500));
    office.postman.send(post(1), () => {});
    await office.clock.run();
    expect(office.times()).toEqual([0, 0]);
    expect((await office.records.posts.find('post-1'))?.state).toBe('delivered');
  });

  it('reorder: the next one goes out first', async () => {
    order('reorder');
    for (const n of [1, 2, 3]) office.postman.send(post(n), () => {});
    await office.clock.run();
    expect(office.bodies()).toEqual(['{"n":2}', '{"n":1}', '{"n":3}']);
  });

  it('reorder: it goes out after a minute when nothing follows', async () => {
    order('reorder');
    office.postman.send(post(1), () => {});
    await office.clock.run();
    expect(office.times()).toEqual([60]);
  });
});

describe('later', () => {
  it('a callback is delivered by hand, by the same way and with the same body', async () => {
    office.postman.send(post(1), () => {});
    await office.clock.run();
    const redelivered = office.postman.redeliver('post-1');
    await office.clock.run();
    expect((await redelivered)?.attempts).toHaveLength(2);
    expect(office.bodies()).toEqual(['{"n":1}', '{"n":1}']);
    const nobody = office.postman.redeliver('nobody');
    await office.clock.run();
    expect(await nobody).toBeUndefined();
  });

  it('by hand, what was delivered stays delivered, and is not tried again, though the server fails now', async () => {
    office.answers.push(ok, status(500));
    office.postman.send(post(1), () => {});
    await office.clock.run();
    const redelivered = office.postman.redeliver('post-1');
    await office.clock.run();
    expect(await redelivered).toMatchObject({ state: 'delivered', attempts: [{ ok: true }, { ok: false }] });
    expect(await office.records.posts.find('post-1')).toMatchObject({ state: 'delivered' });
    expect(office.times()).toEqual([0, 0]);
  });

  it('by hand, what waits for another attempt does not go out once more after it was accepted', async () => {
    office.answers.push(status(500), ok);
    office.postman.send(post(1), () => {});
    await office.clock.run(ms(SECOND));
    const redelivered = office.postman.redeliver('post-1');
    await office.clock.run();
    expect((await redelivered)?.state).toBe('delivered');
    expect(office.times()).toEqual([0, 1]);
  });

  it('what an earlier process left is tried once more, each call in order, with what is left of its schedule', async () => {
    const attempts = [{ at: ms(0), took: ms(0), result: 500, ok: false }];
    await office.records.posts.add([
      { ...post(1), at: ms(0), state: 'waiting', attempts },
      { ...post(2), at: ms(1), state: 'waiting', attempts: [] },
      { ...post(3), at: ms(2), state: 'delivered', attempts: [] },
    ]);
    office.answers.push(status(500), ok);
    expect(await office.postman.resume()).toBe(2);
    await office.clock.run();
    expect(office.asked.map(({ at, request }) => [at / SECOND, request.body])).toEqual([
      [0, '{"n":1}'],
      [0, '{"n":2}'],
      [15, '{"n":1}'],
    ]);
  });

  it('an id that is known already keeps what was kept of it', async () => {
    office.postman.send(post(1), () => {});
    await office.clock.run();
    office.postman.send(post(1, { body: 'another' }), () => {});
    await office.clock.run();
    expect(await office.records.posts.list({ limit: 9 })).toMatchObject([{ id: 'post-1', body: '{"n":1}', state: 'delivered' }]);
  });

  it('after everything was forgotten, nothing goes out any more', async () => {
    office.faults.order({ on: 'callbacks', does: 'reorder', times: 1 });
    office.answers.push(status(500));
    for (const n of [1, 2]) office.postman.send(post(n), () => {});
    await office.clock.run(ms(SECOND));
    const before = office.asked.length;
    office.postman.clear();
    await office.records.clear();
    await office.clock.run();
    expect(office.asked).toHaveLength(before);
    expect(await office.records.posts.list({ limit: 9 })).toEqual([]);
  });

  it('it is idle when nothing is on its way', async () => {
    let idle = false;
    await office.postman.idle();
    office.postman.send(post(1), () => {});
    const waited = office.postman.idle().then(() => {
      idle = true;
    });
    await Promise.resolve();
    expect(idle).toBe(false);
    await office.clock.run();
    await waited;
    expect(office.asked).toHaveLength(1);
  });
});
