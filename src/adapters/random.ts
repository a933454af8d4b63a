import { randomBytes } from 'node:crypto';
import type { Random } from '../core/ports.ts';

const TWO_TO_32 = 4_294_967_296;

/** mulberry32 (Tommy Ettinger): the same seed gives the same numbers on every machine. For simulations, never for secrets. */
export function createSeededRandom(seed: number): Random {
  let state = seed >>> 0;
  return {
    next() {
      state = (state + 0x6d2b79f5) >>> 0;
      let t = state;
      t = Math.imul(t ^ (t >>> 15), t | 1);
      t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
      return ((t ^ (t >>> 14)) >>> 0) / TWO_TO_32;
    },
  };
}

/** Unpredictable. */
export const createSystemRandom = (): Random => ({ next: () => randomBytes(4).readUInt32BE() / TWO_TO_32 });
