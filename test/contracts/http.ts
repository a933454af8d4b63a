import { describe, expect, it } from 'vitest';
import type { VirtualClock } from '../../src/adapters/clock-virtual.ts';
import { ms } from '../../src/core/ids.ts';
import type { HttpAnswer, HttpClient, HttpRequest } from '../../src/core/ports.ts';

/**
 * A client on a virtual clock, and a server at `base` that answers
 * `/hello` 200 text/plain `hello`, `/menu` 200 application/json `{"select":"gold"}`, `/moved` 302 without a body,
 * `/broken` 500 `oops`, `/posts` 200 `thanks` to a POST, and never anything to `/silent`. Nobody listens at `closed`.
 */
export type HttpUnderTest = { clock: VirtualClock; client: HttpClient; base: string; closed: string };

/** What every HTTP client promises. */
export function httpContract(make: () => Promise<HttpUnderTest>): void {
  const request = (url: string, more: Partial<HttpRequest> = {}): HttpRequest => {
    return { method: 'GET', url, headers: [], timeout: ms(5000), ...more };
  };

  /** The answer, and what it cost in virtual time. */
  async function ask({ clock, client }: HttpUnderTest, wanted: HttpRequest): Promise<{ answer: HttpAnswer; cost: number }> {
    const asked = clock.now();
    const heard: { answer: HttpAnswer; cost: number }[] = [];
    client.send(wanted, (answer) => heard.push({ answer, cost: clock.now() - asked }));
    expect(heard).toEqual([]);
    await clock.run();
    expect(heard).toHaveLength(1);
    return heard[0] as { answer: HttpAnswer; cost: number };
  }

  describe('as every HTTP client', () => {
    it('brings status, body and content type, and an answer costs no time', async () => {
      const tested = await make();
      const { answer, cost } = await ask(tested, request(`${tested.base}/hello?CallSid=x`));
      expect(answer).toEqual({ ok: true, status: 200, contentType: 'text/plain', body: 'hello' });
      expect(cost).toBe(0);
      const json = await ask(tested, request(`${tested.base}/menu`));
      expect(json.answer).toEqual({ ok: true, status: 200, contentType: 'application/json', body: '{"select":"gold"}' });
    });

    it('takes a redirect and an error for answers', async () => {
      const tested = await make();
      expect((await ask(tested, request(`${tested.base}/moved`))).answer).toMatchObject({ ok: true, status: 302, body: '' });
      expect((await ask(tested, request(`${tested.base}/broken`))).answer).toMatchObject({ ok: true, status: 500, body: 'oops' });
    });

    it('asks for the headers alone with HEAD', async () => {
      const tested = await make();
      const { answer } = await ask(tested, request(`${tested.base}/hello`, { method: 'HEAD' }));
      expect(answer).toEqual({ ok: true, status: 200, contentType: 'text/plain', body: '' });
    });

    it('posts', async () => {
      const tested = await make();
      const { answer } = await ask(tested, request(`${tested.base}/posts`, { method: 'POST', body: 'Status=completed' }));
      expect(answer).toMatchObject({ ok: true, status: 200, body: 'thanks' });
    });

    it('gives up after exactly the time-out of the request', async () => {
      const tested = await make();
      const { answer, cost } = await ask(tested, request(`${tested.base}/silent`, { timeout: ms(40) }));
      expect(answer).toMatchObject({ ok: false, why: 'timeout' });
      expect(cost).toBe(40);
    });

    it('says in a sentence that nobody listens', async () => {
      const tested = await make();
      const { answer } = await ask(tested, request(`${tested.closed}/hello`));
      expect(answer).toMatchObject({ ok: false, why: 'refused', says: expect.stringMatching(/^\S+ refused the connection/) });
    });

    it('gives only the first bytes when no more are wanted', async () => {
      const tested = await make();
      const { answer } = await ask(tested, request(`${tested.base}/hello`, { firstBytes: 4 }));
      expect(answer).toMatchObject({ ok: true, body: 'hell' });
    });
  });
}
