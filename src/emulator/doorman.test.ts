import type { FastifyRequest } from 'fastify';
import { describe, expect, it } from 'vitest';
import { basic } from '../../test/kit/emulator.ts';
import { createVirtualClock } from '../adapters/clock-virtual.ts';
import { type Ms, ms } from '../core/ids.ts';
import { createAccount } from './account.ts';
import { createDoorman } from './doorman.ts';
import { createFaults } from './faults.ts';
import type { Endpoint } from './http/endpoint.ts';
import type { Reading } from './parts.ts';

const GET = { method: 'GET' } as Endpoint;
const CALL = { method: 'POST', limit: 'calls' } as Endpoint;

function begin(rateLimit = 1) {
  const [faults, account, slept, said] = [createFaults(), createAccount(), [] as Ms[], [] as string[]];
  const doorman = createDoorman({
    clock: createVirtualClock(ms(0)),
    credentials: { sid: 'clinic', key: 'k', token: 't' },
    reading: { rateLimit } as Reading,
    say: ({ says }) => said.push(says),
    sleep: async (by) => void slept.push(by),
    faults,
    account,
  });
  return { doorman, faults, account, slept, said };
}

const request = (authorization = basic('k', 't'), account = 'clinic') =>
  ({
    method: 'GET',
    url: `/v1/Accounts/${account}/Numbers/9876543210?x=1`,
    params: { account },
    headers: { authorization },
  }) as unknown as FastifyRequest;

describe('the doorman', () => {
  it('lets in who has the credentials of this account', async () => {
    const { doorman } = begin();
    expect(await doorman.refuses(request(), GET)).toBeUndefined();
    expect(await doorman.refuses(request(basic('k', 'x')), GET)).toMatchObject({ status: 401 });
    expect(await doorman.refuses(request(undefined, 'Clinic'), GET)).toMatchObject({ status: 401 });
  });

  it('does not count, nor spend a fault on, who is not let in', async () => {
    const { doorman, faults } = begin();
    faults.order({ on: 'api', does: 'drop', times: 1 });
    await doorman.refuses(request(basic('k', 'x')), CALL);
    expect(await doorman.refuses(request(), CALL)).toBe('drop');
    expect(await doorman.refuses(request(), CALL)).toBeUndefined();
    expect(await doorman.refuses(request(), CALL)).toMatchObject({ status: 429 });
    doorman.clear();
    expect(await doorman.refuses(request(), CALL)).toBeUndefined();
  });

  it('lets wait, and refuses with any status, as ordered', async () => {
    const { doorman, faults, slept } = begin();
    faults.order({ on: 'api', does: 'slow', by: ms(70), times: 1 });
    faults.order({ on: 'api', does: 'status', times: 1 });
    faults.order({ on: 'api', does: 'status', status: 402, times: 1 });
    faults.order({ on: 'api', does: 'status', status: 499, times: 1 });
    expect(await doorman.refuses(request(), GET)).toBeUndefined();
    expect(slept).toEqual([70]);
    expect(await doorman.refuses(request(), GET)).toMatchObject({
      status: 500,
      body: { RestException: { Message: 'Internal Server Error' } },
    });
    expect(await doorman.refuses(request(), GET)).toMatchObject({
      status: 402,
      body: { RestException: { Message: 'Payment Required' } },
    });
    expect(await doorman.refuses(request(), GET)).toMatchObject({ status: 499, body: { RestException: { Message: 'Error' } } });
  });

  it('stops what changes something when the account is not active, and lets look on', async () => {
    const { doorman, account } = begin(0);
    account.standing = 'no-credit';
    expect(await doorman.refuses(request(), CALL)).toMatchObject({ status: 402 });
    expect(await doorman.refuses(request(), { ...CALL, limit: 'sms' })).toMatchObject({ status: 403 });
    expect(await doorman.refuses(request(), GET)).toBeUndefined();
  });

  it('writes down who came, without numbers and query', () => {
    const { doorman, said } = begin();
    doorman.heard(request(), 200, 1.6);
    expect(said).toEqual(['GET /v1/Accounts/clinic/Numbers/98xxxxx210 200 2 ms']);
  });
});
