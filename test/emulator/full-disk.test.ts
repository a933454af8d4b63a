import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createSystemIds } from '../../src/adapters/ids.ts';
import { openRecords } from '../../src/adapters/records.ts';
import { createMemoryStore } from '../../src/adapters/store.ts';
import { openFlowFolder } from '../../src/commands/emulator-flows.ts';
import { NO_SEED } from '../../src/commands/emulator-seed.ts';
import { openEmulatorWorld } from '../../src/commands/emulator-world.ts';
import { DEFAULT_POLICY } from '../../src/compliance/policy.ts';
import { WHITELIST_SWITCHES } from '../../src/compliance/whitelist-switches.ts';
import { ms } from '../../src/core/ids.ts';
import { parseInstant } from '../../src/core/time.ts';
import { createEmulator } from '../../src/emulator/emulator.ts';
import { basic, closeAll, flowFolder, HELLO } from '../kit/emulator.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'press9-full-'));
});
afterEach(async () => {
  await closeAll();
  rmSync(folder, { recursive: true });
});

const READING = {
  lateBy: ms(0),
  rateLimit: 0,
  pricePerMinute: 0.6,
  smsStep: ms(1000),
  dndSms: 'promotional',
  missedSecond: 'as-second-leg',
  recordUnlessTold: false,
  callbackProfile: 'automated-calls',
  callbackRetries: [],
  callbackTimeout: ms(1000),
} as const;

/** An emulator whose calls have room in so many pages. */
async function emulatorOn(path: string, maxPages: number) {
  const trouble: string[] = [];
  const flows = openFlowFolder(folder, flowFolder({ hello: HELLO }), () => {});
  await flows.open();
  const ids = createSystemIds(1);
  const at = parseInstant('2026-01-05T10:00') ?? ms(0);
  const { parts, stop } = await openEmulatorWorld({
    cwd: folder,
    flows,
    store: createMemoryStore({ ids, now: () => at }),
    recordsPath: path,
    maxPages,
    clock: { kind: 'virtual', at },
    seed: NO_SEED,
    policy: DEFAULT_POLICY,
    switches: WHITELIST_SWITCHES,
    enforce: false,
    company: 'Clinic',
    credentials: { sid: 'press9', key: 'key', token: 'token' },
    country: 'IN',
    reading: READING,
    say: ({ about, says }) => void (about === 'trouble' && trouble.push(says)),
  });
  const emulator = createEmulator(parts, { version: '0', allowHosts: [], hosts: () => [] });
  const send = async (method: 'GET' | 'POST', what: string, body?: URLSearchParams) => {
    const headers = {
      host: 'localhost',
      authorization: basic('key', 'token'),
      ...(body && { 'content-type': 'application/x-www-form-urlencoded' }),
    };
    const url = `/v1/Accounts/press9/${what}`;
    const answer = await emulator.app.inject({ method, url, headers, ...(body && { payload: body.toString() }) });
    return { status: answer.statusCode, call: answer.json<{ Call?: { Sid: string; Status: string } }>().Call };
  };
  const connect = (i: number) => {
    const From = `09${String(800_000_000 + i)}`;
    return send(
      'POST',
      'Calls/connect.json',
      new URLSearchParams({ From, CallerId: '08047112233', Url: 'http://my.exotel.com/press9/exoml/start_voice/hello' }),
    );
  };
  const close = async () => {
    stop();
    await emulator.close();
  };
  return {
    connect,
    statusOf: async (sid: string) => (await send('GET', `Calls/${sid}.json`)).call?.Status,
    mover: parts.mover,
    trouble,
    close,
  };
}

it('on a full disk a call that cannot be kept is refused, and none that was acknowledged is forgotten', async () => {
  const path = join(folder, 'emulator.db');
  const emulator = await emulatorOn(path, 80);
  const acknowledged: string[] = [];
  let refusals = 0;
  for (let i = 0; refusals < 3; i++) {
    const { status, call } = await emulator.connect(i);
    if (call) acknowledged.push(call.Sid);
    else refusals++;
    expect([200, 500]).toContain(status);
  }
  expect(acknowledged.length).toBeGreaterThan(20);
  expect(emulator.trouble.join('\n')).toContain('the disk is full');
  await emulator.mover?.run();
  for (const sid of acknowledged) expect(await emulator.statusOf(sid)).toBe('completed');
  await emulator.close();

  const records = await openRecords({ path });
  const { total, records: kept } = await records.calls.page({ order: 'asc', limit: 10_000 });
  await records.close();
  expect(kept.map(({ sid }) => sid as string)).toEqual(acknowledged);
  expect(total).toBe(acknowledged.length);
});
