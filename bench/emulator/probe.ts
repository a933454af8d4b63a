import { Agent, request } from 'node:http';
import { HEADERS } from './requests.ts';

export type Probe = { method: 'GET' | 'POST'; path: string; body?: string };

/** One connection that is kept, as an application has it. */
export function createProber(url: string) {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  const { hostname, port } = new URL(url);

  /** Milliseconds until the whole answer is there. @throws Error when it is not 200. */
  function ask({ method, path, body = '' }: Probe): Promise<number> {
    const begun = performance.now();
    const headers = { ...HEADERS, 'content-length': Buffer.byteLength(body) };
    return new Promise((done, fail) => {
      const sent = request({ agent, hostname, port, method, path, headers }, (response) => {
        response.on('end', () => {
          if (response.statusCode === 200) done(performance.now() - begun);
          else fail(new Error(`${method} ${path} was answered with ${response.statusCode}`));
        });
        response.resume();
      });
      sent.on('error', fail);
      sent.end(body);
    });
  }

  return { ask, close: () => agent.destroy() };
}

/** The value below which so many of a hundred are. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((sorted.length * percent) / 100) - 1)] ?? Number.NaN;
}
