import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { app, closeAll, flowFolder, HELLO } from '../../test/kit/emulator.ts';
import type { Server } from '../../test/kit/server.ts';
import { createSystemIds } from '../adapters/ids.ts';
import { createMemoryStore, type Store } from '../adapters/store.ts';
import { openFlowFolder } from '../commands/emulator-flows.ts';
import { NO_SEED } from '../commands/emulator-seed.ts';
import { type EmulatorWorld, openEmulatorWorld } from '../commands/emulator-world.ts';
import { DEFAULT_POLICY } from '../compliance/policy.ts';
import { WHITELIST_SWITCHES } from '../compliance/whitelist-switches.ts';
import { callId, ms } from '../core/ids.ts';
import type { Post } from '../core/ports.ts';
import type { PostRecord } from '../core/post-record.ts';
import { createEmulator, type Emulator } from './emulator.ts';
import type { Reading } from './parts.ts';

const FAR = ms(Number.MAX_SAFE_INTEGER);
let store: Store;
let world: EmulatorWorld;
let emulator: Emulator;
let server: Server;
let down: boolean;

beforeEach(async () => {
  down = false;
  server = await app((_request, response) => response.writeHead(down ? 503 : 200).end());
  const flows = openFlowFolder(process.cwd(), flowFolder({ hello: HELLO }), () => {});
  await flows.open();
  store = createMemoryStore({ ids: createSystemIds(1), now: () => ms(0) });
  world = await openEmulatorWorld({
    cwd: process.cwd(),
    flows,
    store,
    recordsPath: 'memory:',
    clock: { kind: 'virtual', at: ms(0) },
    seed: NO_SEED,
    policy: DEFAULT_POLICY,
    switches: WHITELIST_SWITCHES,
    enforce: false,
    company: 'Clinic 24',
    credentials: { sid: 's', key: 'k', token: 't' },
    country: 'IN',
    reading: { callbackRetries: [], callbackTimeout: ms(15_000), smsStep: ms(1000), rateLimit: 0 } as unknown as Reading,
    say: () => {},
  });
  emulator = createEmulator(world.parts, { version: '1', allowHosts: [], hosts: () => [] });
});

afterEach(async () => {
  await emulator.close();
  await store.close();
  await closeAll();
});

const webhook = (): Post => ({
  id: 'opt-out-1',
  what: 'webhook',
  url: server.url,
  contentType: 'application/json',
  body: '{"number":"+919876543210"}',
  call: callId('5cbf7eb1f3fdbd0b7b4e2f4fa5d219co'),
});
const kept = (state: PostRecord['state']): PostRecord => ({
  ...webhook(),
  at: ms(0),
  state,
  attempts: [{ at: ms(0), took: ms(0), result: 503, ok: false }],
});
const run = async () => {
  await world.parts.mover?.run();
  await emulator.idle();
};

describe('an opt-out’s webhook that an earlier process left', () => {
  beforeEach(() => store.outbox.add([webhook()]));

  it('is delivered, and struck off the list of the store', async () => {
    expect(await emulator.takeUp()).toEqual({ posts: 1, calls: 0, messages: 0 });
    await run();
    expect(server.requests.map(({ body }) => body)).toEqual(['{"number":"+919876543210"}']);
    expect(await store.outbox.due(FAR, 9)).toEqual([]);
  });

  it('waits in the store for the next start when the server is still down', async () => {
    down = true;
    await emulator.takeUp();
    await run();
    expect(server.requests).toHaveLength(4);
    expect(await store.outbox.due(FAR, 9)).toHaveLength(1);
  });

  it('is forgotten with everything else, also when it was given up, and does not come back at the next start', async () => {
    down = true;
    await emulator.takeUp();
    await run();
    await emulator.reset();
    expect(await store.outbox.due(FAR, 9)).toEqual([]);
    expect(await emulator.takeUp()).toMatchObject({ posts: 0 });
  });

  it('is tried again although it was given up', async () => {
    await world.parts.records.posts.add([kept('given-up')]);
    expect((await emulator.takeUp()).posts).toBe(0);
    await run();
    expect(server.requests).toHaveLength(1);
    expect(await store.outbox.due(FAR, 9)).toEqual([]);
  });

  it('is only struck off when it had been delivered', async () => {
    await world.parts.records.posts.add([kept('delivered')]);
    await emulator.takeUp();
    await run();
    expect(server.requests).toEqual([]);
    expect(await store.outbox.due(FAR, 9)).toEqual([]);
  });
});

it('without a port it answers who asks it directly', async () => {
  const answer = await emulator.app.inject({
    url: '/v1/Accounts/s/Calls.json',
    headers: { host: 'localhost', authorization: `Basic ${btoa('k:t')}` },
  });
  expect([answer.statusCode, answer.json<{ Calls: unknown }>().Calls]).toEqual([200, []]);
});
