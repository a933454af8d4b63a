import { describe, expect, it } from 'vitest';
import { ms } from '../core/ids.ts';
import { createFaults } from './faults.ts';

describe('faults', () => {
  it('are used up one after the other, as often as they were ordered', () => {
    const faults = createFaults();
    faults.order({ on: 'api', does: 'status', status: 429, times: 2 });
    faults.order({ on: 'api', does: 'drop', times: 1 });
    expect([1, 2, 3, 4].map(() => faults.forRequest('/v1/x')?.does)).toEqual(['status', 'status', 'drop', undefined]);
    expect(faults.list()).toEqual([]);
  });

  it('are of requests or of callbacks', () => {
    const faults = createFaults();
    faults.order({ on: 'callbacks', does: 'drop', times: 1 });
    expect(faults.forRequest('/')).toBeUndefined();
    expect(faults.forPost('http://app.example/')?.does).toBe('drop');
  });

  it('fit paths in any case, and addresses as they are', () => {
    const faults = createFaults();
    faults.order({ on: 'api', does: 'drop', path: '/V1/*/calls*', times: 1 });
    faults.order({ on: 'callbacks', does: 'delay', by: ms(7), url: 'http://app.example/*', times: 1 });
    expect(faults.forRequest('/v1/Accounts/x/Sms/send')).toBeUndefined();
    expect(faults.forPost('http://other.example/')).toBeUndefined();
    expect(faults.list()).toHaveLength(2);
    expect(faults.forRequest('/v1/Accounts/x/Calls/connect')?.does).toBe('drop');
    expect(faults.forPost('http://app.example/status')).toMatchObject({ does: 'delay', by: 7 });
  });

  it('take five seconds where nobody says how long', () => {
    const faults = createFaults();
    faults.order({ on: 'api', does: 'slow', times: 1 });
    expect(faults.forRequest('/')?.by).toBe(5000);
  });

  it('are forgotten', () => {
    const faults = createFaults();
    faults.order({ on: 'api', does: 'drop', times: 9 });
    faults.clear();
    expect(faults.forRequest('/')).toBeUndefined();
  });
});
