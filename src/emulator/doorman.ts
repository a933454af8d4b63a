import { STATUS_CODES } from 'node:http';
import type { FastifyRequest } from 'fastify';
import type { Ms } from '../core/ids.ts';
import { restException, tooManyRequests, unauthorized } from '../exotel/rest-exception.ts';
import type { Account } from './account.ts';
import { refused } from './api/refusal.ts';
import type { Doorman } from './api/routes.ts';
import type { Faults } from './faults.ts';
import { createAuthorise } from './http/authorise.ts';
import type { Answer, Endpoint } from './http/endpoint.ts';
import { createRateLimit } from './http/rate-limit.ts';
import type { Parts } from './parts.ts';
import { shownPath } from './shown-path.ts';

type DoormanParts = Pick<Parts, 'clock' | 'credentials' | 'reading' | 'say' | 'sleep'> & { faults: Faults; account: Account };

/** Who is let in: with the right name and token, not too often, and if nobody ordered otherwise. */
export function createDoorman({
  clock,
  credentials,
  reading,
  say,
  sleep,
  faults,
  account,
}: DoormanParts): Doorman & { clear(): void } {
  const authorised = createAuthorise(credentials);
  const limits = { calls: createRateLimit(reading.rateLimit), sms: createRateLimit(reading.rateLimit) };

  async function faulty(path: string): Promise<Answer | 'drop' | undefined> {
    const fault = faults.forRequest(path);
    if (fault === undefined) return undefined;
    if (fault.does === 'drop') return 'drop';
    if (fault.does === 'slow') {
      await sleep(fault.by as Ms);
      return undefined;
    }
    const { status = 500 } = fault;
    return refused(restException(status, STATUS_CODES[status] ?? 'Error'));
  }

  function strangeIn({ params, headers }: FastifyRequest): string | undefined {
    if ((params as { account?: string }).account !== credentials.sid) return `the account here is ${credentials.sid}`;
    if (headers.authorization === undefined) return 'it has no credentials';
    return authorised(headers.authorization) ? undefined : "its key or token is not the account's";
  }

  return {
    async refuses(request: FastifyRequest, { limit, method }: Endpoint) {
      const strange = strangeIn(request);
      if (strange !== undefined) return { ...refused(unauthorized), says: strange };
      const fault = await faulty(pathOf(request));
      if (fault) return fault;
      if (limit !== undefined && !limits[limit].take(clock.now())) return refused(tooManyRequests);
      const stopped = method === 'POST' ? account.refusal(limit) : undefined;
      return stopped && refused(stopped);
    },
    heard(request, status, took, because) {
      const why = because === undefined ? '' : `: ${because}`;
      say({ about: 'request', says: `${request.method} ${shownPath(request.url)} ${status} ${Math.round(took)} ms${why}` });
    },
    clear() {
      limits.calls.clear();
      limits.sms.clear();
    },
  };
}

const pathOf = ({ url }: FastifyRequest): string => {
  const end = url.indexOf('?');
  return end < 0 ? url : url.slice(0, end);
};
