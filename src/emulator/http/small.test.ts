import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { basic } from '../../../test/kit/emulator.ts';
import { ms } from '../../core/ids.ts';
import { createAuthorise, isSame } from './authorise.ts';
import { createHostRule, hostName, VENDOR_HOSTS } from './hosts.ts';
import { createRateLimit } from './rate-limit.ts';

describe('the limit of requests', () => {
  it('is so many in any minute, not in each minute of the clock', () => {
    const limit = createRateLimit(2);
    expect([0, 50_000, 59_999, 60_000, 60_001, 109_999, 110_000].map((at) => limit.take(ms(at)))).toEqual([
      true,
      true,
      false,
      true,
      false,
      false,
      true,
    ]);
  });

  it('counts nothing that was refused', () => {
    const limit = createRateLimit(1);
    expect([0, 30_000, 59_000, 60_000].map((at) => limit.take(ms(at)))).toEqual([true, false, false, true]);
  });

  it('may be none, and is forgotten', () => {
    const [none, one] = [createRateLimit(0), createRateLimit(1)];
    expect(Array.from({ length: 1000 }, () => none.take(ms(0))).every(Boolean)).toBe(true);
    expect([one.take(ms(0)), one.take(ms(0))]).toEqual([true, false]);
    one.clear();
    expect(one.take(ms(0))).toBe(true);
  });

  it('never lets more through in any minute than it says', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5 }), fc.array(fc.nat({ max: 40_000 }), { maxLength: 60 }), (most, waits) => {
        const limit = createRateLimit(most);
        let now = 0;
        const taken = waits.map((wait) => (now += wait)).filter((at) => limit.take(ms(at)));
        for (const at of taken) expect(taken.filter((one) => one > at - 60_000 && one <= at).length).toBeLessThanOrEqual(most);
      }),
    );
  });
});

describe('who is let in', () => {
  const allows = createAuthorise({ sid: 'clinic', key: 'k:ey', token: 't:oken' });

  it.each([
    [basic('clinic', 't:oken'), true],
    [basic('clinic', 't:oken').replace('Basic', 'basic '), true],
    [basic('clinic', 'token'), false],
    [basic('Clinic', 't:oken'), false],
    [basic('', ''), false],
    ['Basic', false],
    ['Basic \u00fc', false],
    ['Bearer t:oken', false],
    ['', false],
    [undefined, false],
  ])('by the header %s', (header, allowed) => {
    expect(allows(header)).toBe(allowed);
  });

  it('is whoever has the key, or the sid, and the token, and nobody else', () => {
    const texts = fc.string({ minLength: 1, maxLength: 12 }).filter((text) => !text.includes(':'));
    fc.assert(
      fc.property(texts, texts, fc.string({ minLength: 1 }), fc.string(), (sid, key, token, other) => {
        const rule = createAuthorise({ sid, key, token });
        const header = (user: string, password: string) => `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
        expect([rule(header(sid, token)), rule(header(key, token)), rule(header(key, other))]).toEqual([
          true,
          true,
          other === token,
        ]);
      }),
    );
  });

  it('is compared as a whole', () => {
    expect([isSame('a', 'a'), isSame('a', 'ab'), isSame('', 'a')]).toEqual([true, false, false]);
  });
});

describe('the names we answer for', () => {
  it('are loopback, the vendor’s and those that were allowed', () => {
    const rule = createHostRule(['press9.test:4010'], false);
    for (const host of [
      ...VENDOR_HOSTS,
      'localhost',
      'LOCALHOST:80',
      'a.localhost',
      '127.0.0.1:1',
      '127.1.2.3',
      '[::1]:4010',
      'press9.test',
    ])
      expect([host, rule.allows(host)]).toEqual([host, true]);
    for (const host of [
      '',
      'exotel.com',
      'api.exotel.com.evil.example',
      '127.0.0.1.nip.io',
      '1270.0.1',
      '[::2]',
      '192.168.0.1',
      'localhost.evil',
    ])
      expect([host, rule.allows(host)]).toEqual([host, false]);
  });

  it('are any where everybody needs a token', () => {
    expect(createHostRule([], true).allows('evil.example')).toBe(true);
  });

  it.each([
    ['http://[::1]:80', '::1'],
    ['https://API.exotel.com', 'api.exotel.com'],
    ['localhost:', 'localhost'],
  ])('are without scheme and port: %s', (header, name) => {
    expect(hostName(header)).toBe(name);
  });
});
