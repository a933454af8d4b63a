import { describe, expect, it } from 'vitest';
import type { Logged } from '../core/event.ts';
import type { Gives } from '../core/gives.ts';
import { callId, ms } from '../core/ids.ts';
import type { WorldInput } from '../core/input.ts';
import { createVirtualClock } from './clock-virtual.ts';
import { createRecordedClient, type Recording } from './http-recorded.ts';

const SLOTS = 'https://clinic.example/slots';

/** A log of nothing but requests and their answers. */
function logOf(...events: readonly [at: number, e: Logged['e']][]): Logged[] {
  return events.map(([at, e], i) => ({ call: callId('c'), seq: i + 1, at: ms(at), e }));
}
const ask = (at: number, id: number, url = SLOTS, method: 'GET' | 'HEAD' = 'GET'): [number, Logged['e']] => [
  at,
  {
    type: 'command',
    command: { type: 'fetch', id, method, url: `${url}?CurrentTime=${at}`, headers: [], timeout: ms(5000), async: false },
  },
];
const got = (at: number, id: number, body: string): [number, Logged['e']] => [
  at,
  { type: 'input', input: { type: 'fetch.answered', id, method: 'GET', status: 200, contentType: 'text/plain', body } },
];
const failed = (at: number, id: number, why: Extract<WorldInput, { type: 'fetch.failed' }>['why']): [number, Logged['e']] => [
  at,
  { type: 'input', input: { type: 'fetch.failed', id, why, says: `it was ${why}` } },
];

/** Servers of a record at an instant, and what they say: `body after`, `why after`, or `somebody else`. */
function servers(at: number, recording: Omit<Recording, 'pattern'>) {
  const clock = createVirtualClock(ms(at));
  const client = createRecordedClient(
    clock,
    { ...recording, pattern: (url) => url.replace(/[?].*/, '') },
    { send: (_, done) => void clock.alarm(clock.now(), () => done({ ok: false, why: 'refused', says: 'somebody else' })) },
  );
  return async (
    url = SLOTS,
    { method = 'GET', query = '', timeout = 5000 }: { method?: 'GET' | 'HEAD'; query?: string; timeout?: number } = {},
  ) => {
    const asked = clock.now();
    const heard: string[] = [];
    client.send({ method, url: `${url}?CurrentTime=${query}`, headers: [], timeout: ms(timeout) }, (answer) =>
      heard.push(`${answer.ok ? answer.body : answer.says} ${clock.now() - asked}`),
    );
    await clock.run();
    return heard.join();
  };
}

const LOG = logOf(
  ask(0, 1),
  got(700, 1, 'Monday'),
  ask(1000, 2),
  failed(6000, 2, 'timeout'),
  ask(7000, 3),
  got(7100, 3, 'Tuesday'),
);

describe('recorded servers', () => {
  it('say what they said, in its order, after the time it took, and the last for good', async () => {
    const say = servers(0, { log: LOG, before: [] });
    expect([await say(), await say(), await say(), await say()]).toEqual([
      'Monday 700',
      'it was timeout 5000',
      'Tuesday 100',
      'Tuesday 100',
    ]);
  });

  it('begin with what was not used yet', async () => {
    const say = servers(6500, { log: LOG, before: LOG.slice(0, 4) });
    expect([await say(), await say()]).toEqual(['Tuesday 100', 'Tuesday 100']);
    expect(await servers(8000, { log: LOG, before: LOG })()).toBe('Tuesday 100');
  });

  it('answer a request that was under way when they did, to the very request', async () => {
    const say = servers(200, { log: LOG, before: LOG.slice(0, 1) });
    expect(await say(SLOTS, { query: '0', timeout: 4800 })).toBe('Monday 500');
    expect(await say()).toBe('it was timeout 5000');
  });

  it('know methods and addresses apart, and leave to others what nobody ever asked, or was never answered', async () => {
    const log = logOf(ask(0, 1, SLOTS, 'HEAD'), got(100, 1, ''), ask(100, 2, 'https://crm.example/'));
    const say = servers(0, { log, before: [] });
    expect(await say(SLOTS, { method: 'HEAD' })).toBe(' 100');
    expect(await say(SLOTS)).toBe('somebody else 0');
    expect(await say('https://crm.example/')).toBe('somebody else 0');
  });

  it('say something else where the record was edited: now, if the request is under way for so long already', async () => {
    const gives = (after: number): Gives => ({
      type: 'answer',
      status: 200,
      contentType: 'text/plain',
      after: ms(after),
      body: 'Friday',
    });
    const before = LOG.slice(0, 1);
    const edited = (after: number) => servers(200, { log: LOG, before, edited: { id: 1, gives: gives(after) } });
    expect(await edited(0)(SLOTS, { query: '0' })).toBe('Friday 0');
    expect(await edited(900)(SLOTS, { query: '0' })).toBe('Friday 700');
    const later = servers(0, { log: LOG, before: [], edited: { id: 2, gives: gives(50) } });
    expect([await later(), await later(), await later()]).toEqual(['Monday 700', 'Friday 50', 'Tuesday 100']);
  });

  it('are too late for a request that waits less long than the recorded one', async () => {
    const say = servers(0, { log: LOG, before: [] });
    expect(await say(SLOTS, { timeout: 600 })).toBe('clinic.example did not answer within 600ms 600');
  });
});
