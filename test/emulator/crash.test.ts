import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { CallRecord, CallStatus } from '../../src/core/call-record.ts';
import type { PostRecord } from '../../src/core/post-record.ts';
import { crashCall, crashOptions, type Listeners, openListeners, PEOPLE } from '../kit/crash-stage.ts';
import { killAll, type ServeProcess, serveProcess, until } from '../kit/serve-process.ts';
import type { Request } from '../kit/server.ts';

const CALLS = 500;
const TOGETHER = 50;
const ANYWHERE = 'limit=10000';
const UNDER_WAY: readonly CallStatus[] = ['queued', 'ringing', 'in-progress'];

let folder: string;
let listeners: Listeners;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'press9-crash-'));
  listeners = await openListeners();
});
afterEach(async () => {
  await killAll();
  await listeners.close();
  rmSync(folder, { recursive: true });
});

/** Resolves to the CallSid; to nothing where the server was gone before it answered. */
async function askForCall({ url }: ServeProcess, i: number): Promise<string | undefined> {
  const headers = { authorization: `Basic ${Buffer.from('press9key:press9token').toString('base64')}` };
  const there = `${url}/v1/Accounts/press9/Calls/connect.json`;
  try {
    const response = await fetch(there, { method: 'POST', headers, body: crashCall(i, listeners) });
    expect(response.status).toBe(200);
    return ((await response.json()) as { Call: { Sid: string } }).Call.Sid;
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

/** Some at a time, in order. */
async function askForCalls(server: ServeProcess): Promise<readonly string[]> {
  const sids: string[] = [];
  let next = 0;
  const one = async () => {
    while (next < CALLS) {
      const sid = await askForCall(server, next++);
      if (sid !== undefined) sids.push(sid);
    }
  };
  await Promise.all(Array.from({ length: TOGETHER }, one));
  return sids;
}

const callsOf = async (server: ServeProcess) =>
  ((await server.control(`calls?${ANYWHERE}`)) as { calls: readonly CallRecord[] }).calls;
const postsOf = async (server: ServeProcess) =>
  ((await server.control(`callbacks?${ANYWHERE}`)) as { callbacks: readonly PostRecord[] }).callbacks;

const pathOf = ({ url }: PostRecord) => `${new URL(url).host}${new URL(url).pathname}${new URL(url).search}`;
const seenAt = ({ headers, path, query }: Request) => `${headers.host}${path}${query.size > 0 ? `?${query}` : ''}`;
const outOf = (requests: readonly Request[], path: string) => requests.filter((one) => one.path === path);

/**
 * A fifth of the calls rings, and all others were answered or declined; some talk, some are over. Each server has had
 * callbacks, and some of those and of the opt-outs are pending.
 */
async function isInAllStages(server: ServeProcess): Promise<boolean> {
  const served = Object.values(listeners.of);
  if (served.some(({ requests }) => outOf(requests, '/callbacks').length < 20)) return false;
  if (outOf(listeners.all(), '/opt-outs').length < 40) return false;
  const statuses = (await callsOf(server)).map(({ status }) => status);
  const count = (status: CallStatus) => statuses.filter((one) => one === status).length;
  const others = (['in-progress', 'completed', 'busy'] as const).every((status) => count(status) > 0);
  return others && count('queued') === 0 && count('ringing') === CALLS / PEOPLE.length;
}

it('500 calls, kill -9 in all stages, and a restart: every call ends, and every callback arrives with one body', async () => {
  const options = crashOptions(folder, listeners);
  const first = await serveProcess(options);
  const sids = await askForCalls(first);
  expect(new Set(sids).size).toBe(CALLS);
  await until(() => isInAllStages(first));
  // Some are asked for while it is killed: whoever is answered may rely on it.
  const late = Array.from({ length: TOGETHER }, (_, i) => askForCall(first, CALLS + i));
  await Promise.race(late);
  expect((await first.kill('SIGKILL')).signal).toBe('SIGKILL');
  const acknowledged = [...sids, ...(await Promise.all(late)).filter((sid) => sid !== undefined)];
  const before = listeners.all().length;

  listeners.heal();
  const second = await serveProcess(options);
  await until(async () => {
    const [calls, posts] = [await callsOf(second), await postsOf(second)];
    return calls.every(({ status }) => !UNDER_WAY.includes(status)) && posts.every(({ state }) => state !== 'waiting');
  });
  const [calls, posts] = [await callsOf(second), await postsOf(second)];
  const arrived = listeners.all();

  const known = new Map(calls.map((call) => [call.sid as string, call]));
  expect(acknowledged.filter((sid) => !known.has(sid))).toEqual([]);
  expect(new Set(calls.map(({ status }) => status))).toEqual(new Set(['completed', 'busy', 'failed']));
  expect(posts.filter(({ state }) => state !== 'delivered')).toEqual([]);

  const perCall = (which: string) => posts.filter(({ id }) => id.endsWith(which)).length;
  expect(perCall('-callback-end')).toBe(calls.length);
  // Of five people three answer, and had answered before the kill.
  const answered = posts.filter(({ what, id }) => what === 'callback' && !id.endsWith('-end'));
  expect(answered.length).toBeGreaterThanOrEqual((3 * CALLS) / PEOPLE.length);
  const webhooks = posts.filter(({ what }) => what === 'webhook');
  expect(webhooks.length).toBeGreaterThanOrEqual(40);

  const bodies = new Map<string, Set<string>>();
  for (const one of arrived) bodies.set(seenAt(one), (bodies.get(seenAt(one)) ?? new Set()).add(one.body));
  expect(posts.filter((post) => !bodies.get(pathOf(post))?.has(post.body))).toEqual([]);
  // Nothing arrived that is not kept: no id ever had another body.
  const kept = new Set(posts.map((post) => `${pathOf(post)} ${post.body}`));
  expect(arrived.filter((one) => !kept.has(`${seenAt(one)} ${one.body}`))).toEqual([]);
  expect(kept.size).toBe(posts.length);
  expect(arrived.length - before).toBeGreaterThan(CALLS / 2);
  expect((await second.kill('SIGINT')).code).toBe(0);
}, 300_000);
