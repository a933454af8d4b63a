import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ms } from '../core/ids.ts';
import { parseInstant } from '../core/time.ts';
import { createSystemIds } from './ids.ts';
import { createSeededRandom, createSystemRandom } from './random.ts';

const at = (day: string) => parseInstant(day) ?? ms(0);

describe('ids', () => {
  it('end a CallSid with the Indian day, as Exotel does', () => {
    const ids = createSystemIds();
    expect(ids.call(at('2025-12-24'))).toMatch(/^[0-9a-f]{28}19co$/);
    expect(ids.call(at('2025-11-12T23:59:59'))).toMatch(/^[0-9a-f]{28}19bc$/);
    expect(ids.call(at('2022-02-21T00:00:00'))).toMatch(/^[0-9a-f]{28}162l$/);
  });

  it('make a CallSid of 32 characters in any year', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 7_000_000_000_000 }), (instant) => {
        expect(createSystemIds(1).call(ms(instant))).toMatch(/^[0-9a-z]{32}$/);
      }),
    );
  });

  it('are the same again with the same seed, others with another', () => {
    const draw = (seed?: number) => {
      const ids = createSystemIds(seed);
      return [ids.call(at('2026-11-22')), ids.next(), ids.next()];
    };
    expect(draw(7)).toEqual(draw(7));
    expect(draw(7)).not.toEqual(draw(8));
    expect(draw()).not.toEqual(draw());
  });

  it('do not repeat', () => {
    for (const ids of [createSystemIds(), createSystemIds(3)]) {
      expect(new Set(Array.from({ length: 5000 }, () => ids.next())).size).toBe(5000);
    }
  });
});

describe('chance', () => {
  it('follows the published mulberry32 sequence', () => {
    const random = createSeededRandom(1);
    expect([random.next(), random.next(), random.next()]).toEqual([0.6270739405881613, 0.002735721180215478, 0.5274470399599522]);
  });

  it('stays from 0 up to 1', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        for (const random of [createSeededRandom(seed), createSystemRandom()]) {
          const n = random.next();
          expect(n >= 0 && n < 1).toBe(true);
        }
      }),
    );
  });
});
