import { createVirtualClock, type VirtualClock } from '../../src/adapters/clock-virtual.ts';
import { openRecords } from '../../src/adapters/records.ts';
import { callId, type Ms, ms } from '../../src/core/ids.ts';
import type { HttpAnswer, HttpRequest, Post } from '../../src/core/ports.ts';
import type { PostRecord } from '../../src/core/post-record.ts';
import type { Records } from '../../src/core/records.ts';
import { createFaults, type Faults } from '../../src/emulator/faults.ts';
import { createPostman, type Postman, type PostmanOptions } from '../../src/emulator/postman.ts';

export const SECOND = 1000;
export const STATUS_URL = 'http://app.example/status';
export const ok = { ok: true, status: 200, contentType: 'text/plain', body: 'thanks' } as const satisfies HttpAnswer;
export const status = (code: number): HttpAnswer => ({ ...ok, status: code, body: '' });
export const timeout: HttpAnswer = { ok: false, why: 'timeout', says: 'it did not answer' };
export const refused: HttpAnswer = { ok: false, why: 'refused', says: 'nobody listens' };

export const post = (n: number, more: Partial<Post> = {}): Post => ({
  id: `post-${n}`,
  what: 'callback',
  url: STATUS_URL,
  contentType: 'application/json',
  body: `{"n":${n}}`,
  call: callId('5cbf7eb1f3fdbd0b7b4e2f4fa5d219co'),
  ...more,
});

/** A postman on virtual time, with a server that answers as it is told. */
export type PostOffice = {
  clock: VirtualClock;
  records: Records;
  faults: Faults;
  postman: Postman;
  begin(more?: Partial<PostmanOptions>): Postman;
  asked: { at: Ms; request: HttpRequest }[];
  /** Of the status address, one after the other; the last one again and again. */
  answers: HttpAnswer[];
  troubles: string[];
  told: PostRecord[];
  bodies(): readonly (string | Uint8Array | undefined)[];
  /** In seconds. */
  times(): readonly number[];
};

/** Retries after 5 and 15 seconds, webhooks after one; an attempt may take 2 seconds. */
export async function openPostOffice(): Promise<PostOffice> {
  const clock = createVirtualClock(ms(0));
  const records = await openRecords({ path: 'memory:' });
  const faults = createFaults();
  const asked: PostOffice['asked'] = [];
  const answers: HttpAnswer[] = [];
  const troubles: string[] = [];
  const told: PostRecord[] = [];
  const answerTo = ({ url }: HttpRequest): HttpAnswer => {
    if (url !== STATUS_URL) return url.includes('slow') ? timeout : ok;
    return (answers.length > 1 ? answers.shift() : answers[0]) ?? ok;
  };
  /** An answer costs no virtual time, a time-out its limit, as with real requests. */
  const http: PostmanOptions['http'] = {
    send(request, done) {
      asked.push({ at: clock.now(), request });
      const answer = answerTo(request);
      const release = clock.hold();
      queueMicrotask(() => release(ms(!answer.ok && answer.why === 'timeout' ? request.timeout : 0), () => done(answer)));
    },
  };
  const begin = (more: Partial<PostmanOptions> = {}) =>
    createPostman({
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
  return {
    clock,
    records,
    faults,
    postman: begin(),
    begin,
    asked,
    answers,
    troubles,
    told,
    bodies: () => asked.map(({ request }) => request.body),
    times: () => asked.map(({ at }) => at / SECOND),
  };
}
