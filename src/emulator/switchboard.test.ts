import { afterEach, describe, expect, it } from 'vitest';
import { callRecord, sidOf } from '../../test/kit/call-records.ts';
import { flowOf, HELLO, MENU } from '../../test/kit/emulator.ts';
import { createVirtualClock } from '../adapters/clock-virtual.ts';
import { createSystemIds } from '../adapters/ids.ts';
import { createExchangeLine } from '../adapters/line-exchange.ts';
import type { PhoneScript } from '../adapters/phone-script.ts';
import { openRecords } from '../adapters/records.ts';
import { ms } from '../core/ids.ts';
import type { Post } from '../core/ports.ts';
import { loadFlow } from '../flow/load.ts';
import { driveKeys, parseKeys } from '../scenario/keys.ts';
import { createHub, type News } from './hub.ts';
import { onePerNumber } from './one-per-number.ts';
import type { KeyScript, Reading } from './parts.ts';
import { createPeople } from './people.ts';
import type { Postman } from './postman.ts';
import { createSwitchboard, type SwitchboardParts } from './switchboard.ts';
import type { Wanted } from './wanted.ts';

const ASHA = '+919876543210';
let close = async () => {};

afterEach(() => close());

async function begin(more: Partial<SwitchboardParts> = {}) {
  const clock = createVirtualClock(ms(0));
  const records = await openRecords({ path: 'memory:' });
  close = () => records.close();
  const [posts, said, news, people, hub] = [[] as Post[], [] as string[], [] as News[], createPeople(), createHub()];
  hub.watch((one) => news.push(one));
  const switchboard = createSwitchboard({
    clock,
    records,
    ids: createSystemIds(1),
    http: { send: (_request, done) => done({ ok: false, why: 'refused', says: '' }) },
    optOuts: { record: async () => ({ ok: true, fact: 'fact-1' }) },
    makeLine: (phoneOf) =>
      createExchangeLine(clock, { phoneOf: (leg, number) => phoneOf(leg, number) as PhoneScript | undefined }),
    drive: (call, { text }) => {
      const read = parseKeys(text);
      return driveKeys(call, read.ok ? read.items : [], clock);
    },
    reading: { pricePerMinute: 0.6, missedSecond: 'as-second-leg', callbackProfile: 'documented' } as Reading,
    say: ({ says }) => said.push(says),
    gate: { ask: async () => ({ verdict: 'allow', ground: { code: 'OK', says: '', facts: [] }, warnings: [] }) },
    sms: { send: (_sms, done) => done({ ok: true, sid: 'sms-1' }) },
    postman: { send: (post: Post) => posts.push(post) } as unknown as Postman,
    people,
    hub,
    inTurn: onePerNumber(async () => {}),
    ...more,
  });
  return { clock, records, posts, said, news, people, switchboard };
}

async function wanted(applets = HELLO, more: Partial<Wanted> = {}): Promise<Wanted> {
  const bytes = new TextEncoder().encode(flowOf('flow', applets));
  const loaded = await loadFlow('flow.xml', { read: async () => bytes });
  if (!loaded.ok) throw new Error(loaded.problems.map(({ says }) => says).join());
  const wish = { url: 'http://app.example/', events: ['terminal', 'answered'], encoding: 'application/json' } as const;
  return {
    direction: 'outbound',
    from: ASHA,
    exophone: '+918047112345' as Wanted['exophone'],
    set: loaded.set,
    path: 'flow.xml',
    wish,
    ...more,
  };
}

describe('a call', () => {
  it('stands until it is over, is kept at each change of its status, and its log can be read afterwards', async () => {
    const { switchboard, clock, records, said, news } = await begin();
    const placed = await switchboard.place(await wanted());
    const sid = placed.placed ? placed.record.sid : '';
    expect(switchboard.underWay()).toHaveLength(1);
    const kept = [(await records.calls.find(sid))?.status];
    for (const second of [2, 2]) {
      await clock.advance(ms(second * 1000));
      kept.push((await records.calls.find(sid))?.status);
    }
    expect(kept).toEqual(['queued', 'ringing', 'completed']);
    expect([switchboard.underWay(), switchboard.standing(sid)]).toEqual([[], undefined]);
    expect(switchboard.log(sid)?.at(-1)?.e.type).toBe('ended');
    expect(said).toEqual([`${sid} to +91 98xxxxx210: completed`]);
    expect(new Set(news.map(({ type }) => type))).toEqual(new Set(['call', 'event']));
  });

  it('has a callback for each event that was wished for, each with an id of its own', async () => {
    const { switchboard, clock, posts } = await begin();
    const placed = await switchboard.place(await wanted());
    const sid = placed.placed ? placed.record.sid : '';
    await clock.run();
    expect(posts.map(({ body }) => JSON.parse(body)['EventType'])).toEqual(['answered', 'terminal']);
    expect(posts[1]?.id).toBe(`${sid}-callback-end`);
    expect(posts[0]?.id).toMatch(new RegExp(`^${sid}-callback-\\d+$`));
  });

  it('from a customer has no callback, and is pressed in by who calls', async () => {
    const { switchboard, clock, posts, people, records } = await begin();
    people.put({ number: ASHA, keys: { text: '1' } as KeyScript });
    await switchboard.place(await wanted(MENU, { direction: 'inbound' }));
    await clock.run();
    expect(posts).toEqual([]);
    expect((await records.calls.page({ order: 'desc', limit: 1 })).records).toMatchObject([{ status: 'completed', digits: '1' }]);
  });

  it('that may not go out leaves nothing behind', async () => {
    const gate: SwitchboardParts['gate'] = { ask: async () => ({ verdict: 'block', reasons: [], warnings: [] }) };
    const { switchboard, records } = await begin({ gate });
    expect(await switchboard.place(await wanted())).toMatchObject({ placed: false, number: ASHA });
    expect(await switchboard.place(await wanted(HELLO, { to: '+919876500001' }))).toMatchObject({
      placed: false,
      number: '+919876500001',
    });
    expect([switchboard.underWay(), (await records.calls.page({ order: 'desc', limit: 9 })).total]).toEqual([[], 0]);
  });

  it('that cannot be kept is none: whoever asked is told, and nobody hears of it', async () => {
    const memory = await openRecords({ path: 'memory:' });
    const calls = { ...memory.calls, save: async () => Promise.reject(new Error('the disk is full')) };
    const { switchboard, clock, said, posts } = await begin({ records: { ...memory, calls } });
    expect(await switchboard.place(await wanted())).toMatchObject({ placed: false, number: ASHA });
    await clock.run();
    expect(said[0]).toMatch(/^call \w{32} cannot be kept: the disk is full$/);
    expect([posts, switchboard.underWay()]).toEqual([[], []]);
  });
});

describe('calls of an earlier process', () => {
  it('have failed, and say so', async () => {
    const { switchboard, records, posts } = await begin();
    const wish = { url: 'http://app.example/', events: [], encoding: 'application/json' } as const;
    await records.calls.save(callRecord(1, { wish }));
    await records.calls.save(callRecord(2));
    expect(await switchboard.endLeftovers()).toBe(2);
    expect(await records.calls.find(sidOf(1))).toMatchObject({ status: 'failed', price: 0, endedAt: 1000 });
    expect(posts).toMatchObject([{ id: `${sidOf(1)}-callback-end`, call: sidOf(1) }]);
    expect(JSON.parse(posts[0]?.body ?? '')).toMatchObject({ CallSid: sidOf(1), Status: 'failed' });
  });

  it('have no phone that is still on, and were on no longer than is known', async () => {
    const { switchboard, records, clock } = await begin();
    const [customer, agent] = [
      { leg: 1, number: '+919876543210', state: 'answered', dialledAt: ms(1000), answeredAt: ms(3000) },
      { leg: 2, number: '+919123456789', state: 'ringing', dialledAt: ms(4000) },
    ] as const;
    await records.calls.save(callRecord(1, { legs: [customer, agent], recorded: true, updatedAt: ms(5000) }));
    await clock.advance(ms(7_200_000));
    await switchboard.endLeftovers();
    expect(await records.calls.find(sidOf(1))).toMatchObject({
      endedAt: 5000,
      updatedAt: 7_200_000,
      recorded: false,
      legs: [
        { state: 'completed', endedAt: 5000 },
        { state: 'canceled', endedAt: 5000 },
      ],
    });
  });

  it('are told from those that were asked for meanwhile', async () => {
    const { switchboard, clock, records } = await begin();
    await records.calls.save(callRecord(1));
    await switchboard.place(await wanted());
    expect(await switchboard.endLeftovers()).toBe(1);
    await clock.run();
    expect((await records.calls.page({ order: 'asc', limit: 9 })).records.map(({ status }) => status).toSorted()).toEqual([
      'completed',
      'failed',
    ]);
  });
});

it('after everything was forgotten nothing is heard of the calls that were under way', async () => {
  const { switchboard, clock, records, posts, news } = await begin();
  await switchboard.place(await wanted());
  await clock.advance(ms(1000));
  switchboard.clear();
  await records.clear();
  const before = news.length;
  await clock.run();
  expect([posts, news.length, (await records.calls.page({ order: 'desc', limit: 9 })).total]).toEqual([[], before, 0]);
});
