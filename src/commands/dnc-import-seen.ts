/** Numbers that may have been met before: never misses one, and now and then takes a new one for known. Its size is fixed. */
export type Seen = { add(key: number): void; may(key: number): boolean };

const BITS = 25;
const WORDS = 2 ** (BITS - 5);

export function createSeen(): Seen {
  const bits = new Uint32Array(WORDS);
  const hash = (key: number, seed: number): number => {
    const low = Math.imul((key >>> 0) ^ seed, 0x9e3779b1);
    const high = Math.imul(Math.floor(Math.abs(key) / 2 ** 32) ^ (low >>> 15) ^ seed, 0x85ebca6b);
    return (high ^ (high >>> 13) ^ low) >>> (32 - BITS);
  };
  const SEEDS = [0x1b873593, 0x2545f491, 0x6c62272e] as const;
  const isSet = (at: number): boolean => ((bits[at >>> 5] ?? 0) & (1 << (at & 31))) !== 0;
  return {
    add(key) {
      for (const seed of SEEDS) {
        const at = hash(key, seed);
        bits[at >>> 5] = (bits[at >>> 5] ?? 0) | (1 << (at & 31));
      }
    },
    may: (key) => SEEDS.every((seed) => isSet(hash(key, seed))),
  };
}
