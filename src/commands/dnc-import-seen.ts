/** Numbers that may have been met before: never misses one, and now and then takes a new one for known. Its size is fixed. */
export type Seen = { add(key: number): void; may(key: number): boolean };

const BITS = 25;
/** Bits that a number sets. */
const EACH = 3;

export function createSeen(): Seen {
  const words = new Uint32Array(2 ** (BITS - 5));
  /** The first of a number's bits, and the way to the next. */
  let at = 0;
  let step = 0;

  function aim(key: number): void {
    let hash = Math.imul(key >>> 0, 0x9e3779b1) ^ Math.imul(Math.floor(Math.abs(key) / 2 ** 32) + 1, 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
    at = hash >>> (32 - BITS);
    step = Math.imul(hash ^ (hash >>> 12), 0x297a2d39) | 1;
  }

  function next(): void {
    at = (at + step) & (2 ** BITS - 1);
  }

  return {
    add(key) {
      aim(key);
      for (let i = 0; i < EACH; i++, next()) words[at >>> 5] = (words[at >>> 5] ?? 0) | (1 << (at & 31));
    },
    may(key) {
      aim(key);
      for (let i = 0; i < EACH; i++, next()) if (((words[at >>> 5] ?? 0) & (1 << (at & 31))) === 0) return false;
      return true;
    },
  };
}
